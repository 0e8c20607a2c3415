"""The incomplete gamma function, from which every Erlang formula follows for any size of queue.

With D(a, y) = y^a e^-y / Γ(a+1): P(a, y) = D Σ_j y^j / ((a+1)…(a+j)) below a, and Q = 1 - P by a
continued fraction above.  D is taken from its saddle point (Loader 2000), because Γ(a+1) and e^-y
of some ten thousand erlang would cancel all digits.  All numbers are real, ``a`` ≥ 0, ``y`` > 0.
"""

from __future__ import annotations

import math

NEGLIGIBLE = 1e-17
_TINY = 1e-300
_HALF_LOG_TWO_PI = 0.5 * math.log(2 * math.pi)


def log_point(a: float, y: float) -> float:
    """Return log D(a, y) = log(y^a e^-y / Γ(a+1)), to the last digits even where it is -10⁴."""
    if a <= 0:
        return -y
    return -_stirling_error(a) - _deviance(a, y) - 0.5 * math.log(a) - _HALF_LOG_TWO_PI


def rising_sum(a: float, y: float) -> float:
    """Return Σ_j y^j / ((a+1)…(a+j)) = 1F1(1; a+1; y), for ``y`` not above ``a + 1`` by much."""
    term = total = 1.0
    while True:
        a += 1.0
        factor = y / a
        term *= factor
        total += term
        if factor < 1.0 and term < NEGLIGIBLE * total:
            return total


def log_lower(a: float, y: float) -> float:
    """Return log P(a, y), the regularised lower incomplete gamma function (a > 0)."""
    if y <= 0:
        return -math.inf
    if y < a + 1.0:
        return log_point(a, y) + math.log(rising_sum(a, y))
    return math.log1p(-math.exp(log_upper(a, y)))


def log_upper(a: float, y: float) -> float:
    """Return log Q(a, y) = log(1 - P(a, y)) (a > 0, y > 0)."""
    if y < a + 1.0:
        return math.log(-math.expm1(log_lower(a, y)))
    return min(0.0, log_point(a, y) + math.log(a * upper_fraction(a, y)))


def digamma_difference(low: float, high: float) -> float:
    """Return ψ(high) - ψ(low) = Σ 1/(low + k) up to ``high`` - 1, for 0 < low ≤ high."""
    shift = 0.0
    while low < 16.0 and low + 1.0 <= high:
        shift += 1.0 / low
        low += 1.0
    return shift + _digamma(high) - _digamma(low)


def upper_fraction(a: float, y: float) -> float:
    """Return Q(a, y) ÷ (a D(a, y)) for y > a + 1, by Legendre's continued fraction."""
    b = y + 1.0 - a
    c = 1.0 / _TINY
    d = 1.0 / b
    fraction = d
    k = 0
    while True:
        k += 1
        numerator = -k * (k - a)
        b += 2.0
        d = numerator * d + b
        d = 1.0 / (d if abs(d) > _TINY else _TINY)
        c = b + numerator / c
        c = c if abs(c) > _TINY else _TINY
        change = c * d
        fraction *= change
        if abs(change - 1.0) < 1e-16:
            return fraction


def _stirling_error(a: float) -> float:
    """Return log Γ(a+1) minus Stirling's formula."""
    if a < 16.0:
        return math.lgamma(a + 1.0) - (a + 0.5) * math.log(a) + a - _HALF_LOG_TWO_PI
    inverse = 1.0 / (a * a)
    series = 1 / 12 - inverse * (
        1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188))
    )
    return series / a


def _deviance(a: float, y: float) -> float:
    """Return a log(a/y) + y - a ≥ 0 without cancellation where a is near y."""
    difference = a - y
    if abs(difference) > 0.1 * (a + y):
        return a * math.log(a / y) - difference
    ratio = difference / (a + y)
    square = ratio * ratio
    total = difference * ratio
    term = 2.0 * a * ratio
    k = 1
    while True:
        term *= square
        following = total + term / (2 * k + 1)
        if following == total:
            return total
        total = following
        k += 1


def _digamma(z: float) -> float:
    """Return ψ(z) by its asymptotic series; exact to double precision from 16 on."""
    if z < 16.0:
        return _digamma(z + 1.0) - 1.0 / z
    inverse = 1.0 / (z * z)
    series = inverse * (
        1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132)))
    )
    return math.log(z) - 0.5 / z - series
