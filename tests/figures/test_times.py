"""What a date or a length of time leaves open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcclit.figures.times import Span, span_of_date, span_of_length


def days(first, last):
    return Span(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


@pytest.mark.parametrize(
    ("value", "bound", "first", "after"),
    [
        ("2009-05-14", None, "2009-05-14", "2009-05-15"),
        ("2009-02", None, "2009-02-01", "2009-03-01"),
        ("2012-12", None, "2012-12-01", "2013-01-01"),
        ("2008", None, "2008-01-01", "2009-01-01"),
        ("2008", "end", "2008-09-01", "2009-01-01"),
        ("2008", "start", "2008-01-01", "2008-05-02"),
        ("2009-05-14", "end", "2009-05-14", "2009-05-15"),
        ("2008", "to", "2008-01-01", "2009-01-01"),
    ],
)
def test_a_date_is_every_day_that_it_may_mean(value, bound, first, after):
    assert span_of_date(value, bound) == days(first, after)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("P10D", 10, 10),
        ("PT12H", 0.5, 0.5),
        ("P2W", 10.5, 17.5),
        ("P8M", 7.5 * 30.4375, 8.5 * 30.4375),
        ("P4Y", 3.5 * 365.25, 4.5 * 365.25),
        ("P1Y6M", 365.25 + 5.5 * 30.4375, 365.25 + 6.5 * 30.4375),
        ("P0M", 0, 30.4375 / 2),
    ],
)
def test_a_length_is_known_to_half_of_its_last_unit(value, low, high):
    found = span_of_length(value)
    assert (found.low, found.high) == pytest.approx((low, high))


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 400), st.sampled_from("DWMY"))
def test_a_time_after_a_date_holds_what_was_meant(day, count, unit):
    """Whatever day a stated month stands for, the sum is no narrower than either."""
    month = span_of_date(day.isoformat()[:7])
    length = span_of_length(f"P{count}{unit}")
    total = month.plus(length)
    assert total.low <= day.toordinal() + length.middle <= total.high
    assert total.width >= max(month.width, length.width)
