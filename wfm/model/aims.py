"""What a centre's rosters are to achieve, as an ordered list of aims instead of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from wfm.errors import WfmError
from wfm.messages import Message, message

AIM_NAMES: dict[str, Message] = {
    "rules": message("Rules of the centre", context="aim"),
    "service": message("Enough staff", context="aim"),
    "wishes": message("Wishes", context="aim"),
    "fairness": message("Fairness", context="aim"),
    "few_changes": message("Few changes", context="aim"),
    "surplus": message("No surplus staff", context="aim"),
}
"""Names of the aims, in the order in which a centre has them if it says nothing."""

AIM_HELP: dict[str, Message] = {
    "rules": message(
        "Minimum staff, seats, pairs, and company rules that may be broken at a price."
    ),
    "service": message("Nobody missing where staff is required; the measure of all other aims."),
    "wishes": message("Days off and hours that people asked for."),
    "fairness": message("Weekends, lates and nights spread evenly."),
    "few_changes": message("What people have been told stays, when a roster is repaired."),
    "surplus": message("Nobody at work beyond what is required."),
}
"""What each aim weighs, in a sentence."""

AIMS = tuple(AIM_NAMES)

STRENGTHS: dict[str, Message] = {
    "light": message("light", context="strength of an aim"),
    "normal": message("normal", context="strength of an aim"),
    "strong": message("strong", context="strength of an aim"),
}
"""Names of the strengths, the weakest first."""

_SHARES = {"light": Fraction(1, 2), "normal": Fraction(1), "strong": Fraction(2)}


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim (a key of :data:`AIM_NAMES`) and how strongly it is pursued."""

    key: str
    strength: str = "normal"

    def __post_init__(self) -> None:
        if self.key not in AIM_NAMES:
            raise WfmError(
                message("There is no aim “{key}”; there are: {keys}.", key=self.key,
                        keys=", ".join(AIMS))
            )  # fmt: skip
        if self.strength not in STRENGTHS:
            raise WfmError(
                message(
                    "An aim is light, normal or strong, not “{strength}”.", strength=self.strength
                )
            )


@dataclass(frozen=True, slots=True)
class Aims:
    """All aims of a centre, the most important first; each exactly once.

    The order and the strengths become prices by :func:`wfm.analysis.aim_prices.with_aims`.
    """

    order: tuple[Aim, ...] = tuple(Aim(key) for key in AIM_NAMES)

    def __post_init__(self) -> None:
        keys = [aim.key for aim in self.order]
        if sorted(keys) != sorted(AIMS):
            raise WfmError(
                message("The order of aims names each of these once: {keys}.", keys=", ".join(AIMS))
            )

    @property
    def keys(self) -> tuple[str, ...]:
        """The aims' keys in order."""
        return tuple(aim.key for aim in self.order)

    def of(self, key: str) -> Aim:
        """Return one aim."""
        return self.order[self.keys.index(key)]

    def moved(self, key: str, place: int) -> Aims:
        """Return the aims with one moved to a place (0: the most important)."""
        rest = [aim for aim in self.order if aim.key != key]
        rest.insert(max(0, min(place, len(rest))), self.of(key))
        return Aims(tuple(rest))

    def with_strength(self, key: str, strength: str) -> Aims:
        """Return the aims with another strength of one."""
        return Aims(tuple(Aim(key, strength) if aim.key == key else aim for aim in self.order))

    def factor(self, key: str) -> Fraction:
        """Return by how much the prices of an aim differ from those of the usual order.

        Missing staff is the measure, so its own factor is 1.  Between any two aims, each place that
        one gains on the other doubles its weight against it, also where it gains because a third
        left the places between; *strong* doubles once more, *light* halves.
        """
        if key == "service":
            return Fraction(1)
        keys = self.keys
        usual = AIMS.index("service") - AIMS.index(key)
        rise = keys.index("service") - keys.index(key) - usual
        strength = _SHARES[self.of(key).strength] / _SHARES[self.of("service").strength]
        return Fraction(2) ** rise * strength
