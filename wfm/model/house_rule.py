"""A rule of the centre as a whole, as it is stored: which rule, and its values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HouseRule:
    """One rule that ties the people of a centre together.

    ``rule`` is the key of a definition (:data:`wfm.rules.centre.CENTRE_TERMS`); ``numbers`` and
    ``texts`` are its parameters, those that are missing as the definition has them.
    """

    key: str
    rule: str
    numbers: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
