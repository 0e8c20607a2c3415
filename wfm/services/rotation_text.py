"""A contract's rotation as it is typed and shown: 4勤2休, or a sign for each day of the round."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.activity import ShiftKind
from wfm.rules.rotation import ANY_SHIFT, DAY_OFF

MOST_DAYS = 84
OFF_SIGN, ANY_SIGN = "–", "○"
_RUNS = re.compile(r"(?:\d{1,2}\s*(?:勤|on)\s*\d{1,2}\s*(?:休|off)\s*)+", re.IGNORECASE)
_RUN = re.compile(r"(\d{1,2})\s*(?:勤|on)\s*(\d{1,2})\s*(?:休|off)", re.IGNORECASE)
_SIGNS = {
    **dict.fromkeys(("–", "-", "−", "ー", "休", "公", "off"), DAY_OFF),
    **dict.fromkeys(("○", "〇", "◯", "出", "勤", "on"), ANY_SHIFT),
}


def rotation_of(text: str, kinds: Mapping[str, ShiftKind]) -> tuple[str, ...]:
    """Return the round of days that was typed: runs (4勤2休, 4 on 2 off) or signs with blanks.

    A sign is ``○`` for any shift, ``–`` or 休 for a day off, or the letter of a shift kind.  Raises
    :class:`~wfm.errors.WfmError` with the first sign that is none, and for a round without end.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if _RUNS.fullmatch(typed):
        steps = [
            step
            for on, off in _RUN.findall(typed)
            for step in (*[ANY_SHIFT] * int(on), *[DAY_OFF] * int(off))
        ]
    else:
        letters = {unicodedata.normalize("NFKC", kind.letter): key for key, kind in kinds.items()}
        steps = []
        for sign in re.split(r"[\s,、]+", typed) if typed else ():
            step = letters.get(sign) or _SIGNS.get(sign.lower())
            if step is None:
                raise WfmError(
                    message(
                        "“{sign}” is no day of a rotation; type 4勤2休, or for each day ○, – or the"
                        " letter of a shift kind.",
                        sign=sign,
                    )
                )
            steps.append(step)
    if len(steps) > MOST_DAYS:
        raise WfmError(message("A rotation has at most {count} days.", count=MOST_DAYS))
    return tuple(steps)


def rotation_text(steps: Sequence[str], kinds: Mapping[str, ShiftKind]) -> str:
    """Return a round of days as signs, one per day."""
    named = {key: kind.letter for key, kind in kinds.items()}
    signs = {DAY_OFF: OFF_SIGN, ANY_SHIFT: ANY_SIGN, **named}
    return " ".join(signs.get(step, step) for step in steps)
