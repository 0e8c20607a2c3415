"""History → Forecast: one file per method, quantiles, handling time and back-test.

Adding a method: a file with a :class:`Method`, a line in ``methods.py``, its test and its text.
"""

from wfm.forecasting.accuracy import Accuracy, backtest
from wfm.forecasting.forecast import AUTO, forecast, method_named
from wfm.forecasting.methods import METHODS
from wfm.forecasting.same_weekday import Method

__all__ = ["AUTO", "METHODS", "Accuracy", "Method", "backtest", "forecast", "method_named"]
