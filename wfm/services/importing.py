"""Bring files into the centre: all of a file's accepted rows in one operation, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.errors import Problem
from wfm.messages import Message
from wfm.model.change import Operation


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows taken and refused, each refusal with its place and reason."""

    operation: Operation | None
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...] = ()
