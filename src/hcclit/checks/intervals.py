"""Arithmetic with numbers that are known as far as they are printed.

A number printed with d decimals stands for all values that round to it: with u = 10^-d, the closed interval
[v - u/2, v + u/2]. It is closed because papers round halves up, down and to even. Sums, ratios and logarithms of such
numbers are intervals again (Moore, Interval Analysis, 1966), and a statement is called wrong only when no values within
its intervals make it true. This is what statcheck does for a p-value (Nuijten et al. 2016) and GRIM for a mean
(Brown & Heathers 2017), for any formula.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from hcclit.quantity import parse_number
from hcclit.view import clean

_SLACK = 1e-9
"""Relative to the numbers compared: no printed number is so exact, and binary fractions are not exacter."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included; infinite ends are allowed."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"not an interval: {self.low} to {self.high}")

    @classmethod
    def exactly(cls, value: float) -> Interval:
        """A single number."""
        return cls(value, value)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        products = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(products), max(products))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient.

        Raises:
            ZeroDivisionError: the divisor may be zero.
        """
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        return self * Interval(1 / other.high, 1 / other.low)

    def log(self) -> Interval:
        """The natural logarithm; what is not above zero has none and is left out.

        Raises:
            ValueError: nothing of the interval is above zero.
        """
        return Interval(math.log(self.low) if self.low > 0 else -math.inf, math.log(self.high))

    def exp(self) -> Interval:
        """The exponential."""
        return Interval(math.exp(self.low), math.exp(self.high))

    def hull(self, other: Interval) -> Interval:
        """The least interval around both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def meets(self, other: Interval) -> bool:
        """Whether some number is in both."""
        slack = _SLACK * max(1.0, *(abs(end) for end in (*self.ends, *other.ends) if math.isfinite(end)))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def holds(self, value: float) -> bool:
        """Whether a number is in it."""
        return self.meets(Interval.exactly(value))

    @property
    def has_whole(self) -> bool:
        """Whether a whole number is in it."""
        return math.floor(self.high + _SLACK) >= math.ceil(self.low - _SLACK)

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends."""
        return (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Stated:
    """A number with the decimals that it is printed with."""

    value: float
    decimals: int = 0

    @classmethod
    def read(cls, text: str) -> Stated:
        """Read a number as it is printed: `13,913`, `21·2`, `.014`, `12.70`, `Sixty-two`.

        Raises:
            ValueError: the text is no number.
        """
        plain = clean(text)
        value = parse_number(plain)
        point = "." if "." in plain else "," if not _is_whole(plain, value) else ""
        return cls(value, len(plain.rpartition(point)[2]) if point else 0)

    @property
    def unit(self) -> float:
        """One in the last printed digit."""
        return float(10.0**-self.decimals)

    @property
    def rounded(self) -> Interval:
        """The values that round to it."""
        return Interval(self.value - self.unit / 2, self.value + self.unit / 2)

    @property
    def rounded_or_cut(self) -> Interval:
        """The values that become it by rounding, and those that do when the digits behind are cut off.

        Some authors cut percentages (2 of 3 as 66%, or as 66.6%); see `hcclit.checks.habits`.
        """
        away = math.copysign(self.unit, self.value)
        return self.rounded.hull(Interval.exactly(self.value + away))

    def __str__(self) -> str:
        return f"{self.value:.{self.decimals}f}"


def _is_whole(plain: str, value: float) -> bool:
    """Whether the signs between digits only group them: `13,913`."""
    digits = "".join(sign for sign in plain if sign.isdigit())
    return not digits or int(digits) == value


def fits(stated: Stated, computed: Interval) -> bool:
    """Whether a printed number can be what was computed, rounded."""
    return stated.rounded.meets(computed)


def fits_cut(stated: Stated, computed: Interval) -> bool:
    """Whether a printed number can be what was computed, rounded or cut."""
    return stated.rounded_or_cut.meets(computed)
