"""Rules of the centre as a whole: definitions, the centre rules they become, and their checker.

Adding one: a class with its parameters, a line in ``registry.py``, its test and its texts.
"""

from wfm.rules.centre.check import CentreBreach, check_centre, compared
from wfm.rules.centre.context import CentreContext
from wfm.rules.centre.registry import (
    CENTRE_TERMS,
    compile_centre,
    house_rule,
    term_named,
    term_of,
    terms_of,
)
from wfm.rules.centre.term import CentreTerm, Names
from wfm.rules.centre.words import centre_sentence

__all__ = [
    "CENTRE_TERMS",
    "CentreBreach",
    "CentreContext",
    "CentreTerm",
    "Names",
    "centre_sentence",
    "check_centre",
    "compared",
    "compile_centre",
    "house_rule",
    "term_named",
    "term_of",
    "terms_of",
]
