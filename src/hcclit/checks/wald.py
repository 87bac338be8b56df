"""What an estimate with its interval says of its p-value, for estimates with a normal distribution.

A Wald interval of level c is estimate ± z(c) x SE, for ratios on the logarithmic scale; so SE = (high - low) / 2 z(c),
z = estimate / SE, p = 2 (1 - Phi(|z|)). Source: Altman & Bland 2011, BMJ 343:d2090 (interval from p) and d2304 (p from
interval). All numbers are intervals of what rounds to the printed ones; z is bounded both by the printed estimate and
by the interval's middle, which is the estimate.
"""

from __future__ import annotations

import math
from itertools import product
from statistics import NormalDist

from hcclit.checks.effect import Effect
from hcclit.checks.intervals import Interval

_NORMAL = NormalDist()


def scaled(effect: Effect) -> tuple[Interval, Interval, Interval] | None:
    """Estimate, lower and upper limit on the scale on which the interval is symmetric; None where a ratio may be 0."""
    parts = (effect.estimate.rounded, effect.low.rounded, effect.high.rounded)
    if not effect.is_ratio:
        return parts
    if any(part.low <= 0 for part in parts):
        return None
    estimate, low, high = (part.log() for part in parts)
    return estimate, low, high


def z_of_level(level: float) -> float:
    """How many standard errors an interval of this level, in percent, reaches to each side."""
    return _NORMAL.inv_cdf(0.5 + level / 200)


def standard_error(effect: Effect) -> float:
    """Half the printed interval's width by the standard errors that it reaches, on the scale of `scaled`.

    Raises:
        ValueError: there is no such scale.
    """
    if (parts := scaled(effect)) is None:
        raise ValueError("a ratio's limit may be 0")
    _, low, high = parts
    return (high.high - low.low) / 2 / z_of_level(effect.level)


def z_score(effect: Effect) -> Interval | None:
    """The distance from no effect in standard errors; None where the limits may touch or a limit may be 0.

    Where the interval is not symmetric about its estimate, it reaches from the one reading to the other.
    """
    if (parts := scaled(effect)) is None:
        return None
    estimate, low, high = parts
    if high.low <= low.high:
        return None
    z = z_of_level(effect.level)
    by_middle = [z * (top + bottom) / (top - bottom) for bottom, top in product(low.ends, high.ends)]
    by_estimate = [2 * z * middle / width for middle in estimate.ends for width in (high - low).ends]
    middle, own = (Interval(min(ends), max(ends)) for ends in (by_middle, by_estimate))
    if middle.low > own.high or own.low > middle.high:
        return middle.hull(own)
    return Interval(max(middle.low, own.low), min(middle.high, own.high))


def size(z: Interval) -> Interval:
    """Its absolute value."""
    low = 0.0 if z.low <= 0 <= z.high else min(abs(z.low), abs(z.high))
    return Interval(low, max(abs(z.low), abs(z.high)))


def p_of_z(z: Interval) -> Interval:
    """The two-sided p-value of a distance from no effect."""
    bounds = size(z)
    return Interval(two_sided(bounds.high), two_sided(bounds.low))


def two_sided(z: float) -> float:
    """2 (1 - Phi(|z|))."""
    return math.erfc(abs(z) / math.sqrt(2))


def z_of_p(p: Interval) -> Interval:
    """The distances from no effect that give a two-sided p-value; infinite where it may be 0."""
    return Interval(_distance(p.high), _distance(p.low))


def _distance(p: float) -> float:
    return math.inf if p <= 0 else 0.0 if p >= 1 else -_NORMAL.inv_cdf(p / 2)
