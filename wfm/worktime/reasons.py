"""Why minutes of a day are paid as they are: the pieces of the cube as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from wfm.messages import Message, message
from wfm.model.people import Contract
from wfm.model.time import format_clock, format_length
from wfm.worktime.cube import Piece

PREMIUMS = {"overtime": 25, "overtime_over_60h": 50, "statutory_holiday": 35, "night": 25}
"""Least premium in percent on the hourly wage (Labour Standards Act, 37); night comes on top."""


def reasons(pieces: Iterable[Piece], contract: Contract) -> tuple[Message, ...]:
    """Return the sentences about one operating date, in order of time; nothing for plain work.

    First what puts work beyond the contract, then what lies at night.
    """
    ordered = sorted(pieces, key=lambda piece: piece.start)
    bands = [_of_band(piece, contract) for piece in _joined(ordered, _band)]
    nights = [_of_night(piece) for piece in _joined(ordered, _night) if piece.cell.night]
    off = any(piece.cell.day_kind == "company_day_off" for piece in ordered)
    day_off = [message("The day was a company day off: nothing of it is contracted time.")]
    return (*(day_off if off else ()), *(item for item in bands if item is not None), *nights)


def _band(piece: Piece) -> object:
    return piece.cell.band, piece.limit


def _night(piece: Piece) -> object:
    return piece.cell.night


def _joined(pieces: list[Piece], by: Callable[[Piece], object]) -> Iterator[Piece]:
    """Yield runs of pieces that are equal ``by`` a key; breaks between them are passed over."""
    for _, run in groupby(pieces, by):
        found = list(run)
        yield replace(found[0], end=found[-1].end)


def _of_band(piece: Piece, contract: Contract) -> Message | None:
    """Return why a run of minutes is beyond the contract, ``None`` where it is not."""
    start, end = format_clock(piece.start), format_clock(piece.end)
    match piece.limit:
        case "contract" if piece.cell.day_kind == "company_day_off":
            return None
        case "contract":
            return message(
                "{start}–{end} is beyond the contract's {hours} a day, within 8 h and 40 h: no"
                " premium by law.",
                start=start,
                end=end,
                hours=format_length(contract.day_minutes),
            )
        case "day":
            return message(
                "{start}–{end} is beyond 8 h of the day: overtime, at least +{percent} %.",
                start=start,
                end=end,
                percent=PREMIUMS["overtime"],
            )
        case "week":
            return message(
                "{start}–{end} is beyond 40 h of the week: overtime, at least +{percent} %.",
                start=start,
                end=end,
                percent=PREMIUMS["overtime"],
            )
        case "month":
            return message(
                "{start}–{end} is beyond 60 h of overtime in the month: at least +{percent} %.",
                start=start,
                end=end,
                percent=PREMIUMS["overtime_over_60h"],
            )
        case "holiday":
            return message(
                "{start}–{end} is on the statutory day off: at least +{percent} %.",
                start=start,
                end=end,
                percent=PREMIUMS["statutory_holiday"],
            )
    return None


def _of_night(piece: Piece) -> Message:
    return message(
        "{start}–{end} is at night (22:00–5:00): at least +{percent} % on top.",
        start=format_clock(piece.start),
        end=format_clock(piece.end),
        percent=PREMIUMS["night"],
    )
