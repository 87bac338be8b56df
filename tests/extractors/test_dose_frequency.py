"""Frequencies as marks: kind, administrations a day, days of an interval or cycle, how many days of it."""

import pytest

from hcclit.extractors.dose.frequency import find_marks
from hcclit.extractors.dose.model import Mark
from hcclit.extractors.dose.resolve import resolve

PER_DAY = [
    ("once daily", 1),
    ("once-a-day", 1),
    ("b.i.d.", 2),
    ("BID", 2),
    ("t.i.d.", 3),
    ("qid", 4),
    ("five times a day", 5),
    ("3x/day", 3),
    ("every 12 h", 2),
    ("q 6 h", 4),
    ("8-hourly", 3),
    ("every 48 hours", 0.5),
    ("every other day", 0.5),
    ("on alternate days", 0.5),
    ("every 2 days", 0.5),
    ("every three days", 0.3333),
    ("per day", 1),
    ("nightly", 1),
    ("weekly", 0.1429),
    ("once per week", 0.1429),
    ("twice weekly", 0.2857),
    ("three times/week", 0.4286),
    ("5 days a week", 0.7143),
    ("every two weeks", 0.0714),
    ("biweekly", 0.0714),
    ("q3w", 0.0476),
    ("every third week", 0.0476),
    ("three-weekly", 0.0476),
    ("at 4-week intervals", 0.0357),
    ("q28", 0.0357),
    ("twice every 3 weeks", 0.0952),
    ("in 14-day cycles", 0.0714),
    ("cycles of 21 days", 0.0476),
    ("days 1 and 8 of a 21-day cycle", 0.0952),
    ("days 1, 8 and 15 every 28 days", 0.1071),
    ("days 1 to 5, q4w", 0.1786),
    ("d1, d8, q3w", 0.0952),
    ("days 1-4 and 15-18 of each 28-day cycle", 0.2857),
    ("weeks 1, 3 and 5 of 8", 0.0536),
    ("days 1 and 8, two weeks on and one week of rest", 0.0952),
    ("days 1, 3 and 5 every week", 0.4286),
    ("for 5 days every 4 weeks", 0.1786),
]
UNKNOWN = [
    "monthly",
    "every 3 months",
    "every 6-8 weeks",
    "every 2 to 3 weeks",
    "days 1 and 8",
    "days 1, 22 and 43 of a 28-day cycle",
    "weeks 1-12",
    "4 weeks on and 2 weeks off",
]
NOTHING = [
    "daily fractions",
    "weekly visits",
    "over 24 h",
    "a 24-h infusion",
    "for a week",
    "daily living",
    "5 per cent",
]


@pytest.mark.parametrize(("phrase", "per_day"), PER_DAY)
def test_administrations_a_day(phrase, per_day):
    assert resolve(find_marks(f"given {phrase}."))[0] == per_day


@pytest.mark.parametrize("phrase", UNKNOWN)
def test_inexact_frequencies_give_no_number(phrase):
    assert resolve(find_marks(f"given {phrase}."))[0] is None


@pytest.mark.parametrize("phrase", NOTHING)
def test_other_words_are_no_frequencies(phrase):
    assert find_marks(f"given {phrase}.") == []


def test_marks_keep_their_place():
    text = "10 mg on days 1-3 every 3 weeks"
    assert find_marks(text, offset=100) == [
        Mark(106, 117, "days", count=3, last=3),
        Mark(118, 131, "interval", None, 21),
    ]


def test_words_win_over_the_length_of_a_cycle():
    assert resolve(find_marks("twice daily on days 1-14 of a 21-day cycle"))[0] == 2
