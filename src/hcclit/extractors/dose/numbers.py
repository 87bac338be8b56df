"""Small whole numbers and units of time as they stand in frequencies, for its patterns."""

from __future__ import annotations

from hcclit.quantity import parse_number

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fourteen",
          "fifteen", "sixteen", "eighteen", "twenty-one", "twenty-four", "twenty-eight", "thirty")  # fmt: skip
_ORDINALS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "2nd": 2, "3rd": 3,
             "4th": 4, "6th": 6, "8th": 8}  # fmt: skip

NUMBER = rf"(?:\d{{1,3}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![\d.]*\d)"
ORDINAL = rf"(?:{'|'.join(_ORDINALS)})"
UNIT_OF_TIME = r"(?:days?|weeks?|wks?|months?|mo|years?)"
DAYS_IN = {"d": 1, "w": 7}
"""Days of a unit of time by its first letter; a month has no exact number."""


def number(text: str) -> float:
    """The value of a number or an ordinal as written."""
    return float(_ORDINALS.get(text.lower()) or parse_number(text))
