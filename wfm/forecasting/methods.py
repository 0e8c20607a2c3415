"""The registry of forecast methods; the first is the default."""

from __future__ import annotations

from wfm.forecasting.last_week import LAST_WEEK
from wfm.forecasting.mean4 import MEAN4
from wfm.forecasting.mean8 import MEAN8
from wfm.forecasting.median6 import MEDIAN6
from wfm.forecasting.same_weekday import Method
from wfm.forecasting.weighted8 import WEIGHTED8

METHODS: tuple[Method, ...] = (WEIGHTED8, LAST_WEEK, MEAN4, MEDIAN6, MEAN8)
