"""Printed numbers as intervals: whatever was rounded to them is inside, and arithmetic keeps it inside."""

import math
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hcclit.checks.intervals import Interval, Stated, fits, fits_cut

NUMBERS = st.decimals(-10_000, 10_000, allow_nan=False, places=6)
DECIMALS = st.integers(0, 4)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("12.70", 12.7, 2), ("13,913", 13913, 0), ("13 913", 13913, 0), ("21·2", 21.2, 1), (".014", 0.014, 3),
        ("0,022", 0.022, 3), ("Sixty-two", 62, 0), ("1,234.5", 1234.5, 1), ("0.0", 0, 1), ("100", 100, 0),
    ],
)  # fmt: skip
def test_a_number_is_read_with_its_decimals(text, value, decimals):
    assert Stated.read(text) == Stated(value, decimals)


@given(NUMBERS, DECIMALS, st.sampled_from([ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN]))
def test_what_rounds_to_a_number_is_in_its_interval(true, decimals, rounding):
    printed = true.quantize(Decimal(1).scaleb(-decimals), rounding)
    assert Stated(float(printed), decimals).rounded.holds(float(true))


@given(NUMBERS, DECIMALS)
def test_what_is_cut_to_a_number_is_in_its_wider_interval(true, decimals):
    printed = true.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)
    assume(printed != 0 or true >= 0)  # a sign that is cut off is lost
    assert Stated(float(printed), decimals).rounded_or_cut.holds(float(true))


@given(NUMBERS, DECIMALS, st.integers(2, 1000))
def test_what_is_farther_off_than_a_digit_does_not_fit(true, decimals, steps):
    stated = Stated(round(float(true), decimals), decimals)
    for sign in (1, -1):
        moved = Interval.exactly(stated.value + sign * steps * stated.unit)
        assert not fits(stated, moved)
        assert not fits_cut(stated, moved)


@given(*[st.tuples(NUMBERS, DECIMALS, DECIMALS)] * 2)
def test_arithmetic_keeps_the_true_value(first, second):
    (a, rounds_a), (b, rounds_b) = [(float(value), digits) for value, digits, _ in (first, second)]
    x, y = Stated(round(a, rounds_a), rounds_a).rounded, Stated(round(b, rounds_b), rounds_b).rounded
    assert (x + y).holds(a + b)
    assert (x - y).holds(a - b)
    assert (x * y).holds(a * b)
    if y.low > 0 or y.high < 0:
        assert (x / y).holds(a / b)
    else:
        with pytest.raises(ZeroDivisionError):
            x / y


@given(st.floats(0.01, 50), st.integers(1, 3))
def test_logarithms_keep_the_true_value(true, decimals):
    interval = Stated(round(true, decimals), decimals).rounded
    assert interval.log().holds(math.log(true))
    assert interval.exp().holds(math.exp(true))
    assert interval.log().exp().hull(interval).high == pytest.approx(interval.high)


def test_an_interval_has_its_ends_in_order():
    with pytest.raises(ValueError, match="not an interval"):
        Interval(2, 1)
    with pytest.raises(ValueError, match="math domain"):
        Interval(-2, -1).log()
