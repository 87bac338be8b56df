"""Which column (or row) of a case report's table of cases is the paper's own case.

Authors list their own case under their own names, which need not stand elsewhere in the text. Its numbers do: the
age, a marker's value that no other column has, and that the case section states.
"""

from __future__ import annotations

import re
from collections import Counter

from hcclit.document import Table
from hcclit.language import Analysis
from hcclit.linking.nearby import cached
from hcclit.mention import Mention
from hcclit.paper_kind import is_case_report

_NUMBER = re.compile(r"(?<![\w.])\d{2,6}(?:\.\d+)?(?![\w.]*\d)|(?<![\w.])\d\.\d+")
_EVIDENCE = 2


def tells_own_case(analysis: Analysis, mention: Mention) -> bool:
    """Whether the outer head of a mention's cell is that of the paper's own case, by the numbers beneath it."""
    cell, table = mention.cell, mention.table
    if cell is None or table is None or mention.type == "statistic" or not is_case_report(analysis):
        return False
    seen: dict[int, frozenset[str]] = cached(analysis, "own_heads", lambda _: {})
    if table.start not in seen:
        seen[table.start] = _own_heads(analysis, table)
    return any(head in seen[table.start] for head in (*cell.row_heads[:1], *cell.column_heads[:1]))


def _own_heads(analysis: Analysis, table: Table) -> frozenset[str]:
    stated = cached(analysis, "case_numbers", _case_numbers)
    under: dict[str, set[str]] = {}
    for cell in table.values:
        for head in (*cell.row_heads[:1], *cell.column_heads[:1]):
            under.setdefault(head, set()).update(_NUMBER.findall(cell.text))
    columns = {cell.column_heads[0] for cell in table.values if cell.column_heads}
    return _heads_with_evidence({h: n for h, n in under.items() if h in columns}, stated) | _heads_with_evidence(
        {h: n for h, n in under.items() if h not in columns}, stated
    )


def _heads_with_evidence(under: dict[str, set[str]], stated: frozenset[str]) -> frozenset[str]:
    """Heads with numbers of their own that the case section states; none if every head has them."""
    shared = Counter(number for numbers in under.values() for number in numbers)
    found = {h for h, numbers in under.items() if sum(shared[n] == 1 and n in stated for n in numbers) >= _EVIDENCE}
    return frozenset(found if len(found) == 1 and len(under) > 1 else ())


def _case_numbers(analysis: Analysis) -> frozenset[str]:
    told = (s.text for s in analysis.sentences if s.section in ("case", "abstract"))
    return frozenset(number for text in told for number in _NUMBER.findall(text.replace("-", " ")))
