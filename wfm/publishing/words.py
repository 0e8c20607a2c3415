"""The words of published rosters in the language of their readers, who need not be the user."""

from __future__ import annotations

from datetime import date

from wfm.errors import WfmError
from wfm.messages import message

LANGUAGES = ("ja", "en")

LABELS: dict[str, tuple[str, str]] = {
    "roster": ("勤務表", "Roster"),
    "times": ("勤務時間", "Times"),
    "date": ("日付", "Date"),
    "weekday": ("曜日", "Weekday"),
    "number": ("従業員番号", "Employee number"),
    "name": ("氏名", "Name"),
    "team": ("班", "Team"),
    "letter": ("記号", "Code"),
    "shift": ("勤務", "Shift"),
    "start": ("開始", "Start"),
    "end": ("終了", "End"),
    "breaks": ("休憩", "Breaks"),
    "paid_breaks": ("小休憩", "Paid breaks"),
    "worked": ("実働", "Worked"),
    "days": ("勤務日数", "Days"),
    "hours": ("勤務時間数", "Hours"),
    "people": ("出勤者数", "People"),
    "legend": ("凡例", "Legend"),
    "starts": ("開始時刻", "Starts"),
    "spans": ("拘束時間", "Spans"),
    "off": ("休", "off"),
    "day_off": ("休み", "Day off"),
    "queue": ("担当窓口", "Queue"),
}
"""Label → Japanese and English."""

ABSENCES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "day_off": (("休", "公休"), ("off", "Day off")),
    "paid_leave": (("有", "年次有給休暇"), ("AL", "Annual leave")),
    "half_leave": (("半", "半日休暇"), ("½", "Half-day leave")),
    "special_leave": (("特", "特別休暇"), ("SL", "Special leave")),
    "compensatory_off": (("代", "代休"), ("CO", "Compensatory day off")),
    "substitute_off": (("振", "振替休日"), ("SO", "Substitute day off")),
    "training": (("研", "研修"), ("T", "Training")),
    "absence": (("欠", "欠勤"), ("A", "Absence")),
}
"""Kind of absence → (letter, name) in Japanese and English; the letters are those imports read."""

WEEKDAYS = (tuple("月火水木金土日"), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))


def place_of(language: str) -> int:
    """Return the position of a language in the tables; raises for another language."""
    if language not in LANGUAGES:
        raise WfmError(
            message(
                "Rosters are published in {languages}, not in “{language}”.",
                languages=", ".join(LANGUAGES),
                language=language,
            )
        )
    return LANGUAGES.index(language)


def label(name: str, language: str) -> str:
    """Return a label in a language."""
    return LABELS[name][place_of(language)]


def weekday(day: date, language: str) -> str:
    """Return the short name of a weekday."""
    return WEEKDAYS[place_of(language)][day.weekday()]


def absence(kind: str, language: str) -> tuple[str, str]:
    """Return letter and name of an absence; an unknown kind is shown as an absence."""
    return ABSENCES.get(kind, ABSENCES["absence"])[place_of(language)]


def hours(minutes: int) -> str:
    """Return ``8:30`` … ``25:00``, as rosters write times."""
    return f"{minutes // 60}:{minutes % 60:02d}"
