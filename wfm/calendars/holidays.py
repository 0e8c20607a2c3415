"""Public holidays of a country, named in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from wfm.errors import WfmError
from wfm.messages import message


def public_holidays(
    country: str, first: date, last: date, language: str = "en"
) -> Mapping[date, str]:
    """Return the public holidays of ``first … last`` (both included) with their names, in order.

    ``country`` is an ISO 3166-1 code (``JP``), optionally with a subdivision (``DE-BY``).  Names
    are in ``language`` where the table has it, else English, else the country's own language.
    Raises :class:`~wfm.errors.WfmError` for a country without a table.  Source: the tables of the
    ``holidays`` library (Japan: 国民の祝日に関する法律 with its substitute and bridging days).
    """
    found: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= _year(country.strip().upper(), year, language)
    return MappingProxyType(
        {day: name for day, name in sorted(found.items()) if first <= day <= last}
    )


@lru_cache(maxsize=256)
def _year(country: str, year: int, language: str) -> Mapping[date, str]:
    # the library takes 0.1-1 s to import, which a start that needs no holiday should not pay
    import holidays

    code, _, subdivision = country.partition("-")
    try:
        table = holidays.country_holidays(
            code, subdiv=subdivision or None, years=year, language="en_US"
        )
        if language in (table.supported_languages or ()):
            table = holidays.country_holidays(
                code, subdiv=subdivision or None, years=year, language=language
            )
    except NotImplementedError:
        raise WfmError(
            message(
                "There is no table of public holidays for “{country}”. Set the site's country to"
                " an ISO code such as JP or DE.",
                country=country,
            )
        ) from None
    return MappingProxyType({day: str(name) for day, name in table.items() if day.year == year})
