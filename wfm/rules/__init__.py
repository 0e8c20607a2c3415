"""Work rules: one file each, compiled to primitives, and the checker that reads primitives.

Adding a rule: a file with a :class:`Rule`, a line in ``registry.py``, its test and its texts.
"""

from wfm.rules.breaches import is_breach, is_refused_wish
from wfm.rules.checker import SHAPES, check, check_agent
from wfm.rules.compile import compile_agent
from wfm.rules.context import RuleContext
from wfm.rules.options import break_faults, night_minutes, option_table
from wfm.rules.registry import BALANCING, RULES
from wfm.rules.rule import Rule
from wfm.rules.sets import rule_set, rule_set_names
from wfm.rules.words import sentence

__all__ = [
    "BALANCING",
    "RULES",
    "SHAPES",
    "Rule",
    "RuleContext",
    "break_faults",
    "check",
    "check_agent",
    "compile_agent",
    "is_breach",
    "is_refused_wish",
    "night_minutes",
    "option_table",
    "rule_set",
    "rule_set_names",
    "sentence",
]
