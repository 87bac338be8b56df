"""Records of all types from the cells of a paper's tables.

Rules rest on a table's cells and the heads that they stand under, whatever the reader. A table that is not understood
gives nothing, since a wrong number is worse than a missing one.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.extractors.table.date import dates
from hcclit.extractors.table.dose import doses
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.marker import markers
from hcclit.extractors.table.response import responses
from hcclit.extractors.table.statistic import statistics
from hcclit.language import Analysis
from hcclit.mention import Mention


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Find the records in the cells and heads of a paper's tables."""
    for table in analysis.document.tables:
        if table.values:
            layout = Layout(analysis, table)
            for records in (statistics, markers, doses, responses, dates):
                yield from records(layout)
