"""Dated rule sets: which rules hold, with which numbers, from where."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from wfm.errors import WfmError
from wfm.messages import Message, message
from wfm.model.time import hours_text
from wfm.rules.registry import RULES
from wfm.rules.rule import Rule

FOLDER = Path(__file__).parents[2] / "resources" / "rule_sets"


def rule_set_names() -> tuple[str, ...]:
    """Return the names of the rule sets that come with the program."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def _read(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.toml"
    if name not in rule_set_names():
        raise WfmError(
            message(
                "There is no rule set “{name}”; there are: {names}.",
                name=name,
                names=", ".join(rule_set_names()),
            )
        )
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rule_set(name: str, overrides: Mapping[str, Mapping[str, int]]) -> tuple[Rule, ...]:
    """Return the rules of a set with the site's numbers.

    Raises :class:`~wfm.errors.WfmError` for an unknown rule or parameter, a number outside its
    bounds, and a statutory number that an override would loosen.
    """
    stated = _read(name).get("rules", {})
    known = {rule.key: rule for rule in RULES}
    for key in [*stated, *overrides]:
        if key not in known:
            raise WfmError(message("There is no work rule named “{key}”.", key=key))
    return tuple(
        _make(rule, dict(stated[rule.key]), dict(overrides.get(rule.key, {})))
        for rule in RULES
        if rule.key in stated
    )


def _make(rule: type[Rule], stated: dict[str, Any], override: dict[str, Any]) -> Rule:
    fields = {item.name: item for item in dataclasses.fields(rule)}
    made = rule(**{key: value for key, value in stated.items() if key in fields})
    for key, value in override.items():
        field = fields.get(key)
        if field is None or "low" not in field.metadata:
            raise WfmError(message("Rule “{rule}” has no number “{key}”.", rule=rule.key, key=key))
        if key == "price" and made.severity != "company":
            raise WfmError(
                message(
                    "“{rule}” is no rule of the company, so it cannot be broken at a price.",
                    rule=rule.label,
                )
            )
        low, high = field.metadata["low"], field.metadata["high"]
        if not low <= value <= high:
            raise WfmError(
                message(
                    "{label} of “{rule}” lies between {low} and {high}, not {value}.",
                    label=field.metadata["label"],
                    rule=rule.label,
                    low=_worded(field, low),
                    high=_worded(field, high),
                    value=_worded(field, value),
                )
            )
        # a number that the set itself calls the company's is nobody's law
        direction = 0 if made.severity == "company" else rule.statutory.get(key, 0)
        if direction and (value - getattr(made, key)) * direction < 0:
            raise WfmError(
                message(
                    "{label} of “{rule}” is set by law at {law} and may only be made stricter.",
                    label=field.metadata["label"],
                    rule=rule.label,
                    law=_worded(field, getattr(made, key)),
                )
            )
    return dataclasses.replace(made, **override) if override else made


def _worded(field: dataclasses.Field[Any], number: int) -> Message | int:
    """Return a number as a planner reads it: minutes asked for as hours with their unit."""
    if field.metadata.get("form") != "hours":
        return number
    return message("{hours} h", context="length", hours=hours_text(number))
