"""The codes of a roster's cells: shifts by legend or shift kind, leave, spans of the day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wfm.imports.people.outcome import ShiftCode
from wfm.imports.people.windows import TURNED_INTO_DATE, folded, parse_span
from wfm.imports.reading import cell_text
from wfm.imports.workbook import Cell
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.people import Agent, Contract
from wfm.model.roster import PlacedBreak

ABSENCES = {
    "day_off": "公 休 公休 休み 休日 非番 法 所 法休 所休 希 希休 希望休 組 施 off × x ✕ / ー - −",
    "paid_leave": "有 有休 有給 年 年休 計有 vac pto",
    "half_leave": "午前 午後 am pm 午前休 午後休 前休 後休 am休 pm休 半 半休 半有 p有",
    "special_leave": "特 特休 慶 弔 忌 慶弔 産 育 産休 育休 介護",
    "compensatory_off": "代 代休",
    "substitute_off": "振 振休 振替",
    "training": "研 研修 training",
    "absence": "欠 欠勤 absent",
}  # fmt: skip
"""Codes of whole-day entries by the name of ``wfm.model.activity.ABSENCE_KINDS``."""
_ABSENCE_OF = {code: kind for kind, codes in ABSENCES.items() for code in codes.split()}
AFTER_NIGHT = frozenset({"明", "明け", "アケ"})
PAID_DAYS = {"paid_leave": 1.0, "half_leave": 0.5, "training": 1.0}
"""Share of the contractual day that an entry counts as paid time."""

BREAK_STEP = 15
UNKNOWN_CODE = message("this code is neither in a legend nor a shift kind nor a kind of leave")


@dataclass(frozen=True, slots=True)
class ShiftMeaning:
    """A shift that a cell stands for: its times, breaks (from its start), kind and letter."""

    start: int
    end: int
    breaks: tuple[PlacedBreak, ...]
    kind: str
    letter: str
    guessed_break: bool = False
    several_starts: bool = False


@dataclass(frozen=True, slots=True)
class CellMeaning:
    """What one cell says: a shift, an absence, the morning after a night, or nothing.

    ``extra`` names an activity beside a shift (早/研) that a duty cannot hold.
    """

    shift: ShiftMeaning | None = None
    absence: str = ""
    after_night: bool = False
    extra: str = ""


class CodeBook:
    """What the codes of one file mean: its legends first, then the centre's shift kinds."""

    def __init__(
        self,
        legend: Iterable[ShiftCode],
        kinds: Sequence[ShiftKind],
        contracts: Sequence[Contract],
    ) -> None:
        self._kinds = kinds
        self._contracts = {contract.key: contract for contract in contracts}
        self._legend: dict[str, ShiftCode] = {}
        for item in legend:
            self._legend.setdefault(item.code.strip(), item)
            self._legend.setdefault(folded(item.code), item)
        self._by_code = {
            folded(text): kind
            for kind in reversed(kinds)
            for text in (kind.key, kind.name, kind.letter)
        }
        self._known: dict[tuple[str, str], CellMeaning | Message] = {}

    def knows(self, text: str) -> bool:
        """Tell whether a text is a code, as the rows of counts below a roster are labelled."""
        word = folded(text)
        return word in self._legend or word in self._by_code or word in _ABSENCE_OF

    def read(self, cell: Cell, agent: Agent) -> CellMeaning | Message:
        """Return what a cell says for an agent, or why it cannot be read."""
        if not isinstance(cell, str | float | int):
            return TURNED_INTO_DATE
        key = (cell_text(cell), agent.contract)
        if key not in self._known:
            self._known[key] = self._parse(key[0], agent)
        return self._known[key]

    def _parse(self, text: str, agent: Agent) -> CellMeaning | Message:
        whole = self._one(text, agent)
        if whole is not None:
            return whole
        parts = [part for part in re.split(r"[/・+＋／\n]", text) if part.strip()]
        if len(parts) < 2:
            return UNKNOWN_CODE
        read = [self._one(part, agent) for part in parts]
        shifts = [item.shift for item in read if item and item.shift]
        absences = [item.absence for item in read if item and item.absence]
        if any(item is None for item in read) or len(shifts) > 1 or len(parts) > 2:
            return UNKNOWN_CODE
        if shifts and absences == ["training"]:
            return CellMeaning(shifts[0], extra="training")
        if "half_leave" in absences:
            return CellMeaning(absence="half_leave", extra="work" if shifts else "")
        return message("these two codes cannot be together on one day")

    def _one(self, text: str, agent: Agent) -> CellMeaning | None:
        """Return what a single code says, or ``None`` when nobody knows it."""
        word = folded(text)
        item = self._legend.get(text.strip()) or self._legend.get(word)
        if item is not None:
            if item.start == item.end:
                return CellMeaning(absence=_ABSENCE_OF.get(word, "day_off"))
            return CellMeaning(self._legend_shift(item))
        if word in self._by_code:
            return CellMeaning(self._kind_shift(self._by_code[word], agent))
        if word in AFTER_NIGHT:
            return CellMeaning(after_night=True)
        if word in _ABSENCE_OF:
            return CellMeaning(absence=_ABSENCE_OF[word])
        span = parse_span(text)
        return None if isinstance(span, Message) else CellMeaning(self._span_shift(span, agent))

    def _legend_shift(self, item: ShiftCode) -> ShiftMeaning:
        """Return the shift of a legend's line, with its break in the middle."""
        letter = unicodedata.normalize("NFKC", item.code).strip()
        kind = self._by_code.get(folded(item.code)) or self._kind_of(item.start, item.end, "")
        if item.break_minutes < 0:
            if kind is not None and self._fits(kind, item.start, item.end):
                return _of_kind(kind, item.start, item.end - item.start)
            return self._plain(item.start, item.end, letter, kind)
        breaks = middle_break(item.start, item.end, item.break_minutes)
        return ShiftMeaning(item.start, item.end, breaks, kind.key if kind else "", letter)

    def _kind_shift(self, kind: ShiftKind, agent: Agent) -> ShiftMeaning:
        """Return the shift of a kind: its first start, the length nearest the contract's day."""
        contract = self._contracts.get(agent.contract)
        unpaid = sum(rule.length for rule in kind.breaks if not rule.paid)
        length = kind.lengths[0]
        if contract is not None:
            length = min(kind.lengths, key=lambda item: abs(item - unpaid - contract.day_minutes))
        several = kind.earliest_start != kind.latest_start or len(kind.lengths) > 1
        return _of_kind(kind, kind.earliest_start, length, several=several)

    def _span_shift(self, span: tuple[int, int], agent: Agent) -> ShiftMeaning:
        """Return the shift of a span: that of a kind with these times, else with a legal break."""
        for item in self._legend.values():
            if (item.start, item.end) == span:
                return self._legend_shift(item)
        kind = self._kind_of(*span, agent.contract)
        if kind is not None:
            return _of_kind(kind, span[0], span[1] - span[0])
        return self._plain(*span, "", None)

    def _plain(self, start: int, end: int, letter: str, kind: ShiftKind | None) -> ShiftMeaning:
        breaks = middle_break(start, end, legal_break(end - start))
        key = kind.key if kind else ""
        return ShiftMeaning(start, end, breaks, key, letter, guessed_break=True)

    def _kind_of(self, start: int, end: int, contract: str) -> ShiftKind | None:
        """Return the kind that has such a shift, first among those of the contract."""
        allowed = self._contracts[contract].shift_kinds if contract in self._contracts else ()
        fitting = [kind for kind in self._kinds if self._fits(kind, start, end)]
        return next((kind for kind in fitting if kind.key in allowed), next(iter(fitting), None))

    @staticmethod
    def _fits(kind: ShiftKind, start: int, end: int) -> bool:
        return start in kind.starts and end - start in kind.lengths


def _of_kind(kind: ShiftKind, start: int, length: int, *, several: bool = False) -> ShiftMeaning:
    """Return a shift of a kind with its breaks in the middle of their windows, in order."""
    placed: list[PlacedBreak] = []
    for rule in sorted(kind.breaks, key=lambda item: item.earliest):
        at = start + (rule.earliest + rule.latest) // 2 // 5 * 5
        at = max(at, start + rule.earliest, placed[-1].end + kind.break_gap if placed else 0)
        placed.append(PlacedBreak(at, rule.length, rule.paid, rule.split))
    return ShiftMeaning(
        start, start + length, tuple(placed), kind.key, kind.letter, several_starts=several
    )


def middle_break(start: int, end: int, minutes: int) -> tuple[PlacedBreak, ...]:
    """Return one unpaid break in the middle of a shift, on the quarter hour."""
    if not 0 < minutes < end - start:
        return ()
    at = (start + end - minutes) // 2 // BREAK_STEP * BREAK_STEP
    return (PlacedBreak(max(at, start + 1), minutes),)


def legal_break(span: int) -> int:
    """Return the least break of a span (労働基準法34条): 45 min above 6 h of work, 60 above 8."""
    if span <= 360:
        return 0
    return 45 if span - 45 <= 480 else 60
