"""Turns gaps, changes since publication and log entries into lines of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from ui.overview.line_list import Line
from ui.translate import Render, format_date, format_list, format_moment, format_number
from wfm.analysis import DutyChange
from wfm.analysis.shortages import Gap
from wfm.messages import Message, message
from wfm.model.change import Operation
from wfm.model.roster import Duty
from wfm.model.time import format_clock
from wfm.services.overview import ChangedWeek

_ISO_DATE = re.compile(r"^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$")


def with_short_dates(text: Message, language: str) -> Message:
    """Return a message whose dates are written short; the log keeps them as ISO texts."""

    def short(value: object) -> object:
        if isinstance(value, Message):
            return with_short_dates(value, language)
        if isinstance(value, str) and _ISO_DATE.match(value):
            with suppress(ValueError):  # a 30th of February is only a text
                value = date.fromisoformat(value)
        return format_date(value, language, short=True) if isinstance(value, date) else value

    values = {name: short(value) for name, value in text.values.items()}
    return Message(text.text, values, text.context, text.plural)


class OverviewLines:
    """Words for the lists of the overview."""

    def __init__(self, render: Render, language: str, zone: str) -> None:
        self._render, self._language, self._zone = render, language, zone

    def gaps(self, gaps: Sequence[Gap], skills: Mapping[str, str]) -> list[Line]:
        """Return a line per gap: when, how many are missing, of what, and who is off."""
        return [self._gap(gap, skills) for gap in gaps]

    def _gap(self, gap: Gap, skills: Mapping[str, str]) -> Line:
        found = gap.shortage
        day = format_date(found.day, self._language, short=True)
        names = format_list((skills.get(key, key) for key in found.skills), self._language)
        hours = message("{hours} agent-hours; {names}", hours=self._number(gap.hours), names=names)
        off = message(
            "{count} person with the skill is off on this day",
            plural="{count} people with the skill are off on this day",
            count=gap.off,
        )
        return Line(
            text=f"{day}  {format_clock(found.start)}–{format_clock(found.end)}",
            side=self._render(message("−{count} people", count=self._number(found.missing))),
            caption=f"{self._render(hours)}\n{self._render(off)}",
            tone="bad",
            leads=True,
        )

    def changed(self, weeks: Sequence[ChangedWeek]) -> list[Line]:
        """Return a line per person whose week differs from what staff were shown."""
        lines = []
        for week in weeks:
            who = ""
            if week.at is not None:
                who = self._render(
                    message(
                        "{who}, {at}",
                        who=week.who,
                        at=format_moment(week.at, self._zone, self._language),
                    )
                )
            words = "\n".join([*(self._change(item) for item in week.changes), who])
            lines.append(Line(week.name, caption=words.strip(), leads=True))
        return lines

    def _change(self, change: DutyChange) -> str:
        day = format_date(change.day, self._language, short=True)
        before, after = self._duty(change.before), self._duty(change.after)
        return self._render(
            message("{day}: {before} → {after}", day=day, before=before, after=after)
        )

    def _duty(self, duty: Duty | None) -> str:
        if duty is None:
            return self._render(message("off", context="roster letter"))
        return f"{duty.letter} {format_clock(duty.start)}–{format_clock(duty.end)}".strip()

    def operations(self, entries: Sequence[Operation]) -> list[Line]:
        """Return a line per entry of the log: what, by whom, when."""
        return [
            Line(
                self._render(with_short_dates(entry.text, self._language)),
                caption=self._render(
                    message(
                        "{who}, {at}",
                        who=entry.who,
                        at=format_moment(entry.at, self._zone, self._language),
                    )
                ),
            )
            for entry in entries
        ]

    def heading(self, text: Message) -> Line:
        """Return a line that names what follows."""
        return Line(self._render(text), heading=True)

    def _number(self, value: float) -> str:
        return format_number(value, self._language, decimals=1)
