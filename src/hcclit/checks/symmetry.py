"""How far a ratio is from the middle of its interval on the logarithmic scale."""

from __future__ import annotations

from hcclit.checks import wald
from hcclit.checks.effect import Effect
from hcclit.checks.intervals import Interval

_TOLERANCE = {"HR": 0.02, "RR": 0.02, "OR": 0.06}
"""As a share of half the interval's width: how far score, likelihood and t intervals are off as a rule."""
_BY_ERROR = 0.15
"""More of it by standard error: few events make likelihood intervals wide and uneven."""


def off_middle(effect: Effect) -> float | None:
    """The distance from the middle as a share of half the width, beyond rounding.

    None for what is no ratio, for an estimate outside its interval, and where a limit may be 0.
    """
    parts = wald.scaled(effect) if effect.is_ratio else None
    if parts is None or effect.low.stated.value >= effect.high.stated.value:
        return None
    estimate, low, high = parts
    if estimate.high < low.low or estimate.low > high.high:
        return None
    middle = (low + high) * Interval.exactly(0.5)
    distance = max(0.0, middle.low - estimate.high, estimate.low - middle.high)
    return distance / ((high.high - low.low) / 2)


def is_uneven(effect: Effect) -> bool:
    """Whether a ratio is farther from the middle of its interval than rounding and the tolerance explain."""
    off = off_middle(effect)
    return off is not None and off > max(_TOLERANCE[effect.kind], _BY_ERROR * wald.standard_error(effect))
