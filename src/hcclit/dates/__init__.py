"""Calendar dates, months and years at their stated precision, and durations; parsed in one place.

`find_dates` reads dates as papers print them; what stands in citations, links and codes is none.
`find_durations` reads lengths of time (`two weeks`, `one and a half years`), of which linking makes the `elapsed`
of a fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hcclit.dates.bounds import set_bounds
from hcclit.dates.durations import Duration, find_durations
from hcclit.dates.inherit import fill_years
from hcclit.dates.model import DateMention, outside, without_overlaps
from hcclit.dates.numeric import find_numeric
from hcclit.dates.written import find_written
from hcclit.dates.years import find_years

__all__ = ["DateMention", "Duration", "find_dates", "find_durations"]

_LINK = re.compile(
    r"(?i:https?://|www\.|doi:?\s?|\b10\.\d{4,9}/)\S{0,300}|(?<!\S)\S{1,80}@\S{1,80}"
    r"|\b[A-Z]{2,}[-:/]?\d[\w/-]{3,40}"
)
_OPENS_LIKE_A_DATE = re.compile(
    r"\(\s?(?:since|until|from|in|on|as of|between|by|before|after|during|mid|early|late|end of"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[.,]?[\s,-])",
    re.IGNORECASE,
)


def find_dates(text: str, citations: Sequence[tuple[int, int]] = ()) -> list[DateMention]:
    """Find the dates of a cleaned text, in order; none overlaps a citation.

    Linear in the length of the text.

    Args:
        text: cleaned text, paragraphs apart by line breaks.
        citations: spans of citations. One that opens as a date does (`(May 2009)`) counts as none.
    """
    closed = [m.span() for m in _LINK.finditer(text)] + [c for c in citations if not _is_date(text, c)]
    dated = outside(without_overlaps([*find_written(text), *find_numeric(text)]), closed)
    years = outside(list(find_years(text)), closed + [(d.start, d.end) for d in dated])
    elements = without_overlaps([*dated, *years])
    fill_years(text, elements)
    elements = [element for element in elements if element.value is not None]
    set_bounds(text, elements)
    return [DateMention(e.start, e.end, e.value or "", e.bound) for e in elements]


def _is_date(text: str, citation: tuple[int, int]) -> bool:
    return bool(_OPENS_LIKE_A_DATE.match(text, *citation))
