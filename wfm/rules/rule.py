"""What every work rule is: parameters that compile to primitives, and words for a violation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, fields
from datetime import date
from typing import ClassVar

from wfm.messages import Message, message
from wfm.model.rule import Primitive, RuleRef, Violation
from wfm.rules.context import RuleContext


@dataclass(frozen=True)
class Rule(ABC):
    """One work rule; its fields are its parameters.

    A rule with a ``price`` may be broken at that cost per unit (a company's rule only).
    ``severity`` as in :data:`wfm.model.rule.SEVERITIES`; ``statutory`` names the parameters that
    users may only tighten, each with the direction in which tightening goes (-1: lower).
    ``sentence`` says the rule in words; a parameter in braces stands for its number.
    ``balances`` marks a rule that only spreads burdens by small prices: its cost is no breach.
    """

    key: ClassVar[str]
    label: ClassVar[Message]
    sentence: ClassVar[Message]
    statutory: ClassVar[dict[str, int]] = {}
    balances: ClassVar[bool] = False

    severity: str = field(default="company", kw_only=True)
    source: str = field(default="", kw_only=True)
    price: int | None = field(
        default=None,
        kw_only=True,
        metadata={"label": message("Price of breaking it"), "unit": "", "low": 1, "high": 1000},
    )

    @abstractmethod
    def compile(self, context: RuleContext) -> tuple[Primitive, ...]:
        """Return the primitives that say this rule for one agent and horizon."""

    @classmethod
    def words(cls, violation: Violation, days: str | date) -> Message:
        """Return the violation as a sentence; ``days`` are its dates as text."""
        return message("{rule} ({days})", rule=cls.label, days=days)

    @property
    def idle(self) -> bool:
        """Whether the rule lives by numbers of the site alone and has been given none."""
        numbers = [item for item in fields(self) if "low" in item.metadata and item.name != "price"]
        return bool(numbers) and all(
            item.default in (None, 0) and getattr(self, item.name) == item.default
            for item in numbers
        )

    def ref(self, **numbers: int) -> RuleRef:
        """Return the reference that this rule's primitives carry."""
        return RuleRef(self.key, self.severity, numbers)
