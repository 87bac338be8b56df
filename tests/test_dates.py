"""Dates and durations: every printed form reads back as its value, and no text breaks the parsers."""

import re
import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcclit.dates import find_dates, find_durations
from hcclit.records import DURATION, PARTIAL_DATE

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = st.dates(date(1950, 1, 1), date(2035, 12, 31))


def ordinal(day):
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


FORMS = {
    "iso": lambda d: d.isoformat(),
    "slashed iso": lambda d: f"{d:%Y/%m/%d}",
    "dotted iso": lambda d: f"{d:%Y.%m.%d}",
    "european": lambda d: f"{d:%d.%m.%Y}",
    "european short": lambda d: f"{d.day}.{d.month}.{d.year}",
    "day month year": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "day month, year": lambda d: f"{d.day} {MONTHS[d.month - 1]}, {d.year}",
    "month day, year": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "month day year": lambda d: f"{MONTHS[d.month - 1]} {d.day} {d.year}",
    "padded": lambda d: f"{MONTHS[d.month - 1]} {d.day:02d}, {d.year}",
    "glued": lambda d: f"{MONTHS[d.month - 1]}{d.day}, {d.year}",
    "short month": lambda d: f"{MONTHS[d.month - 1][:3]} {d.day}, {d.year}",
    "dotted month": lambda d: f"{MONTHS[d.month - 1][:3]}{'' if d.month == 5 else '.'} {d.day}, {d.year}",
    "ordinal": lambda d: f"{ordinal(d.day)} {MONTHS[d.month - 1]}, {d.year}",
    "ordinal of": lambda d: f"{ordinal(d.day)} of {MONTHS[d.month - 1]} {d.year}",
    "month ordinal": lambda d: f"{MONTHS[d.month - 1]} {ordinal(d.day)}, {d.year}",
    "dashed": lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d.year}",
    "capitals": lambda d: f"{d.day} {MONTHS[d.month - 1].upper()} {d.year}",
}  # fmt: skip
MONTH_FORMS = {
    "month year": lambda d: f"{MONTHS[d.month - 1]} {d.year}",
    "month, year": lambda d: f"{MONTHS[d.month - 1]}, {d.year}",
    "month of year": lambda d: f"{MONTHS[d.month - 1]} of {d.year}",
    "short": lambda d: f"{MONTHS[d.month - 1][:3]} {d.year}",
    "digits": lambda d: f"{d:%m/%Y}",
    "iso with slash": lambda d: f"{d:%Y/%m}" if d.year % 100 >= d.month else f"{d:%m/%Y}",
}
PARTS = st.sampled_from(
    ["May", "Mar.", "2010", "1999", "3", "14", "31", "/", "-", ".", ",", " ", "(", ")", "and", "to", "between", "from",
     "in", "since", "\n", "th", "of", "a", "2010/11/23", "14.05.2009", "et al., ", "patients", "mid-", "é", "weeks",
     "one", "half", "Auguſt", "dayſ", "٣"]
)  # fmt: skip


def only(text):
    (found,) = find_dates(text)
    return found


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_every_form_of_a_day_reads_back(form, day):
    written = FORMS[form](day)
    text = f"The patient was seen on {written} at our clinic."
    found = only(text)
    assert (found.value, text[found.start : found.end], found.bound) == (day.isoformat(), written, None)


@pytest.mark.parametrize("form", MONTH_FORMS)
@given(day=DAYS)
def test_every_form_of_a_month_reads_back(form, day):
    written = MONTH_FORMS[form](day)
    text = f"A second nodule appeared in {written}, without symptoms."
    found = only(text)
    assert (found.value, text[found.start : found.end]) == (f"{day:%Y-%m}", written)


@given(
    year=st.integers(1950, 2035),
    words=st.sampled_from(["In {}, he was well.", "He was ill in {}.", "It was known in {} as such."]),
)
def test_a_year_reads_back(year, words):
    assert only(words.format(year)).value == str(year)


@given(day=DAYS, other=DAYS, european=st.booleans())
def test_slashed_dates_are_read_as_the_paper_shows(day, other, european):
    form = "%d/%m/%Y" if european else "%m/%d/%Y"
    text = f"She came on {day:{form}} and on {other:{form}}."
    found = [d.value for d in find_dates(text)]
    if max(day.day, other.day) > 12:  # one of the two shows the order
        assert found == [day.isoformat(), other.isoformat()]
    else:
        unclear = [d for d in (day, other) if d.day != d.month]
        assert found == [d.isoformat() for d in (day, other) if d not in unclear]


@given(first=DAYS, second=DAYS, form=st.sampled_from(sorted(FORMS)), words=st.sampled_from(
    ["between {} and {}", "from {} to {}", "from {} until {}", "from {} through {}", "({} to {})", "{} - {}"]
))  # fmt: skip
def test_both_ends_of_an_interval_are_bounds(first, second, form, words):
    text = f"Patients were enrolled {words.format(FORMS[form](first), FORMS[form](second))} at two clinics."
    found = [(d.value, d.bound) for d in find_dates(text)]
    assert found == [(first.isoformat(), "from"), (second.isoformat(), "to")]


@given(st.lists(PARTS, max_size=40).map(" ".join) | st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_gives_sound_dates(text):
    found = find_dates(text)
    assert all(re.fullmatch(PARTIAL_DATE, d.value) for d in found)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.lists(PARTS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_sound_durations(text):
    found = find_durations(text)
    assert all(re.fullmatch(DURATION, d.iso) for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


UNITS = {"hours": "PT{}H", "days": "P{}D", "weeks": "P{}W", "months": "P{}M", "years": "P{}Y"}


@given(count=st.integers(2, 99), unit=st.sampled_from(sorted(UNITS)), words=st.sampled_from(
    ["{} {} after surgery", "about {} {} later", "after almost {} {} of treatment", "the {}-{} visit"]
))  # fmt: skip
def test_a_length_of_time_reads_back_as_stated(count, unit, words):
    (found,) = find_durations(words.format(count, unit))
    assert (found.iso, found.form) == (UNITS[unit].format(count), "length")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("two weeks", "P2W"), ("one and a half years", "P1Y6M"), ("a year and a half", "P1Y6M"), ("1.5 years", "P1Y6M"),
        ("half a year", "P6M"), ("twenty-one days", "P21D"), ("one year and six months", "P1Y6M"), ("8 h", "PT8H"),
        ("2.5 months", "P2M2W"), ("18-month", "P18M"), ("8months", "P8M"), ("two decades", "P20Y"), ("day 5", "P5D"),
        ("the third week", "P3W"), ("6½ months", "P6M2W"), ("a week", "P1W"), ("10.5 days", "P10DT12H"),
    ],
)  # fmt: skip
def test_lengths_in_words_and_fractions(text, iso):
    (found,) = find_durations(text)
    assert found.iso == iso


@pytest.mark.parametrize("text", ["several weeks", "3 mg/d", "10 days/cycle", "half an hour", "a d", "a few months"])
def test_no_length_of_time(text):
    assert find_durations(text) == []


def test_a_range_of_time_keeps_both_ends_and_a_bound_its_word():
    (found,) = find_durations("within 6-8 weeks")
    assert (found.iso, found.iso_high, found.comparator) == ("P6W", "P8W", "within")


@pytest.mark.parametrize(
    "part",
    ["1/1/", "May 1, ", "2010-", "May ", "in May ", "3-9 ", "(2010 ", "2010, ", "1 and a half ", ",,,  , ",
     "from May to ", "et al., 1996, ", "9", "1.", "one hundred and ", "a@", "NCT1"],
)  # fmt: skip
def test_time_grows_with_length_only(part):
    def seconds(copies):
        text = part * copies
        begin = time.process_time()
        find_dates(text)
        find_durations(text)
        return time.process_time() - begin

    seconds(100)
    # ten times the text may take far less than a hundred times as long; a floor, and the best of three where a busy
    # machine slows one down, keep the clock's noise out
    few = max(seconds(2_000), 0.02)
    assert any(seconds(20_000) < 30 * few for _ in range(3))
