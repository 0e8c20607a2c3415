"""The settings of a centre: what there is, and one operation for each section that is saved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from wfm.calendars import is_time_zone, public_holidays, windows_fault
from wfm.calendars.day_windows import Windows
from wfm.errors import Problem, ProblemsError, WfmError
from wfm.messages import Message, message
from wfm.model.activity import ShiftKind
from wfm.model.change import Outcome
from wfm.model.people import Contract
from wfm.model.site import NO_FIXED_DAY, ExportRecord, Site
from wfm.model.time import DAY_MINUTES, WEEKDAY_NAMES
from wfm.model.workload import SPECIAL_KINDS, Forecast, Queue, SpecialDay
from wfm.persistence import Store
from wfm.rules import rule_set_names
from wfm.services.centre_rules import CentreRulesView, read_centre_rules
from wfm.services.session import Session, site_of
from wfm.services.shift_kinds import new_kind_key
from wfm.services.work_rules import RuleView, rules_of

DAY_NAMES = (*WEEKDAY_NAMES, message("Public holiday"))
"""Names of the keys of ``Queue.opening``."""

_COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,4})?")
_ANY_YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@dataclass(frozen=True, slots=True)
class SettingsView:
    """Everything that the settings screen shows of a centre.

    ``used_kinds`` names the contracts that plan with each shift kind, ``new_kind`` is the key of
    the next one; ``rules`` holds the rules of every set with the site's numbers in them;
    ``centre_rules`` are those of the centre as a whole.
    """

    site: Site
    queues: tuple[Queue, ...]
    shift_kinds: tuple[ShiftKind, ...]
    used_kinds: dict[str, tuple[str, ...]]
    special_days: tuple[SpecialDay, ...]
    rules: dict[str, tuple[RuleView, ...]]
    new_kind: str
    centre_rules: CentreRulesView = field(default_factory=CentreRulesView)


def read_settings(store: Store) -> SettingsView:
    """Read the settings in one transaction."""
    site = site_of(store)
    kinds = store.all(ShiftKind)
    contracts = store.all(Contract)
    return SettingsView(
        site=site,
        queues=store.all(Queue),
        shift_kinds=tuple(sorted(kinds, key=lambda kind: (kind.earliest_start, kind.key))),
        used_kinds={
            kind.key: tuple(
                contract.name or contract.key
                for contract in contracts
                if kind.key in contract.shift_kinds
            )
            for kind in kinds
        },
        special_days=tuple(sorted(store.all(SpecialDay), key=lambda item: (item.day, item.start))),
        rules={name: rules_of(site, name) for name in rule_set_names()},
        new_kind=new_kind_key({kind.key for kind in kinds}),
        centre_rules=read_centre_rules(store),
    )


# --- the centre itself ---------------------------------------------------------------------------


def change_site(session: Session, site: Site, seen: Site) -> Outcome:
    """Write the centre's own settings, checked; work rules have a change of their own.

    What others changed of the rules meanwhile stays; a change of the same settings is a
    :class:`~wfm.errors.Conflict`.  Raises :class:`~wfm.errors.ProblemsError` whose problems carry
    the field in ``column``.
    """
    problems = tuple(site_problems(site))
    if problems:
        raise ProblemsError(message("The settings were not saved:"), problems)
    with session.database.write(session.who, session.clock) as unit:
        stored = site_of(unit)
        notes = tuple(_consequences(unit, seen, site))
        unit.put(_own(site, stored), seen=_own(seen, stored))
        operation = unit.commit(message("Change the settings of {name}", name=site.name))
    return Outcome(operation, notes)


def _own(site: Site, stored: Site) -> Site:
    """Return the site with what this section does not speak of as it is stored."""
    return replace(
        site,
        rule_set=stored.rule_set,
        rules=stored.rules,
        as_of=stored.as_of,
        aims=stored.aims,
    )


def site_problems(site: Site) -> list[Problem]:
    """Return what is wrong with a centre's settings, each with the field's name as column."""
    found = []
    if not site.name.strip():
        found.append(Problem(message("A centre needs a name."), column="name"))
    if not is_time_zone(site.zone):
        reason = message("There is no time zone “{zone}”; write one such as Asia/Tokyo.",
                         zone=site.zone)  # fmt: skip
        found.append(Problem(reason, column="zone"))
    if not _COUNTRY.fullmatch(site.country):
        reason = message("“{country}” is no ISO code such as JP or DE-BY.", country=site.country)
        found.append(Problem(reason, column="country"))
    else:
        try:
            public_holidays(site.country, *_ANY_YEAR)
        except WfmError as error:
            found.append(Problem(error.message, column="country"))
    if not 0 <= site.statutory_day_off <= NO_FIXED_DAY:
        reason = message("The statutory day off is a weekday, or not fixed.")
        found.append(Problem(reason, column="statutory_day_off"))
    if site.over_cost < 0:
        reason = message("A cost is 0 or more, not {value}.", value=site.over_cost)
        found.append(Problem(reason, column="over_cost"))
    return found


def _consequences(store: Store, before: Site, after: Site) -> list[Message]:
    """Return what a change of the settings means for what was computed or exported before."""
    notes = []
    if before.slot_minutes != after.slot_minutes:
        notes.append(
            message(
                "History and rosters stay as they are; they are read in intervals of {minutes}"
                " minutes from now on.",
                minutes=after.slot_minutes,
            )
        )
    old_grid = (before.slot_minutes, before.zone) != (after.slot_minutes, after.zone)
    coming = _coming_forecasts(store, after) if old_grid else 0
    if coming:
        notes.append(
            message(
                "Forecast and required staff of {count} coming week are in the old intervals or"
                " time zone: make them anew.",
                plural="Forecast and required staff of {count} coming weeks are in the old"
                " intervals or time zone: make them anew.",
                count=coming,
            )
        )
    exported = any(record.what == "payroll" for record in store.all(ExportRecord))
    counted = ("closing_day", "statutory_day_off", "week_start")
    if exported and any(getattr(before, name) != getattr(after, name) for name in counted):
        notes.append(
            message(
                "Payroll files that were exported before were counted by the old settings; months"
                " are counted by the new ones from now on, past ones too."
            )
        )
    if before.staggered_breaks and not after.staggered_breaks:
        notes.append(
            message(
                "Toban plans staggered breaks all the same; without an agreement or an exempt"
                " industry everybody's break has to be at one time (Labour Standards Act, 34)."
            )
        )
    return notes


def _coming_forecasts(store: Store, site: Site) -> int:
    """Return for how many weeks a forecast was made that is not over yet."""
    since = None if site.as_of is None else site.as_of - timedelta(days=6)
    return len({item.horizon.start for item in store.where(Forecast, since=since)})


# --- opening hours -------------------------------------------------------------------------------


def opening_problems(opening: dict[int, Windows]) -> tuple[Problem, ...]:
    """Return what is wrong with opening hours; ``column`` is the day's key."""
    found = []
    for key, windows in sorted(opening.items()):
        fault = windows_fault(windows)
        if fault is not None:
            reason = message("{day}: {fault}", day=DAY_NAMES[key], fault=fault)
            found.append(Problem(reason, column=str(key)))
    return tuple(found)


def change_opening(
    session: Session, queue: str, opening: dict[int, Windows], seen: dict[int, Windows]
) -> Outcome:
    """Write a queue's opening hours; a missing holiday (7) means: as on the weekday.

    ``seen`` are the hours that the edit started from.
    """
    problems = opening_problems(opening)
    if problems:
        raise ProblemsError(message("The opening hours were not saved:"), problems)
    with session.database.write(session.who, session.clock) as unit:
        stored = unit.get(Queue, queue)
        if stored is None:
            raise WfmError(message("There is no queue “{queue}” any more.", queue=queue))
        ordered = {key: tuple(sorted(windows)) for key, windows in sorted(opening.items())}
        unit.put(replace(stored, opening=ordered), seen=replace(stored, opening=seen))
        operation = unit.commit(
            message("Change the opening hours of {queue}", queue=stored.name or stored.key)
        )
    note = message(
        "Required staff follows the new hours when it is computed again.", context="opening hours"
    )
    return Outcome(operation, (note,) if operation is not None else ())


# --- special days --------------------------------------------------------------------------------


def change_special_day(session: Session, value: SpecialDay, seen: SpecialDay | None) -> Outcome:
    """Write a special day in the place of ``seen`` (``None``: a new one)."""
    with session.database.write(session.who, session.clock) as unit:
        _check_special_day(unit, value)
        key = special_day_key(value)
        if seen is not None and special_day_key(seen) != key:
            unit.delete(SpecialDay, special_day_key(seen), seen=seen)
            seen = None
        if seen is None and unit.get(SpecialDay, key) is not None:
            raise WfmError(
                message("{day} is such a special day already; change that entry.", day=value.day)
            )
        unit.put(value, seen=seen)
        operation = unit.commit(
            message("Special day {day}: {name}", day=str(value.day), name=special_name(value))
        )
    return Outcome(operation)


def remove_special_day(session: Session, seen: SpecialDay) -> Outcome:
    """Remove a special day."""
    with session.database.write(session.who, session.clock) as unit:
        unit.delete(SpecialDay, special_day_key(seen), seen=seen)
        operation = unit.commit(
            message(
                "Remove the special day {day}: {name}", day=str(seen.day), name=special_name(seen)
            )
        )
    return Outcome(operation)


def special_day_key(value: SpecialDay) -> str:
    """Return the key under which a special day is stored."""
    return f"{value.day}/{value.queue}/{value.kind}/{value.start}"


def special_name(value: SpecialDay) -> Message | str:
    """Return what a special day is called: its own name, or that of its kind."""
    return value.name or SPECIAL_KINDS.get(value.kind, value.kind)


def _check_special_day(store: Store, value: SpecialDay) -> None:
    """Raise with the sentence about the first thing wrong."""
    if value.kind not in SPECIAL_KINDS:
        raise WfmError(message("There is no special day of the kind “{kind}”.", kind=value.kind))
    if value.queue and store.get(Queue, value.queue) is None:
        raise WfmError(message("There is no queue “{queue}” any more.", queue=value.queue))
    if not 0 <= value.start < value.end <= DAY_MINUTES:
        raise WfmError(message("A special day ends after it begins, at 24:00 at the latest."))
    if not 0 < value.factor <= 20:
        raise WfmError(
            message(
                "Expected contacts lie above 0 % and up to 2000 % of a usual day, not {percent} %.",
                percent=round(value.factor * 100),
            )
        )
