"""Words of heads, captions and labels by what they mean in a table, from `vocabulary/table_words.csv`."""

from __future__ import annotations

import re
from functools import cache

from hcclit.vocabulary import rows


@cache
def words(kind: str) -> re.Pattern[str]:
    """Any whole word or phrase of a kind, whatever its case."""
    alternatives = [row["pattern"] for row in rows("table_words") if row["kind"] == kind]
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)
