"""One extractor per record type, and one for tables' cells.

Each reads an `Analysis` and gives mentions; none sees another's results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hcclit.extractors import date, dose, marker, response, statistic, table
from hcclit.language import Analysis
from hcclit.mention import Mention

Extractor = Callable[[Analysis], Iterator[Mention]]

EXTRACTORS: dict[str, Extractor] = {
    "dose": dose.extract,
    "marker": marker.extract,
    "date": date.extract,
    "response": response.extract,
    "statistic": statistic.extract,
    "table": table.extract,
}
