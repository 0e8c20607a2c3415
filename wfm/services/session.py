"""What every use case needs: the open database, who acts, and the time."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.clock import Clock
from wfm.errors import WfmError
from wfm.messages import message
from wfm.model.site import Site
from wfm.persistence import Database, Store

SITE_KEY = "site"


@dataclass(frozen=True, slots=True)
class Session:
    """One user at one open centre."""

    database: Database
    who: str
    clock: Clock


def site_of(store: Store) -> Site:
    """Return the settings of the centre; raises :class:`~wfm.errors.WfmError` if it has none."""
    site = store.get(Site, SITE_KEY)
    if site is None:
        raise WfmError(message("This centre has no settings yet; it was not created by Toban."))
    return site
