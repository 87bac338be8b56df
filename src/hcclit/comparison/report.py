"""A comparison as tables for the terminal; `–` stands where neither reading has a record."""

from __future__ import annotations

from rich.table import Table

from hcclit.comparison.comparison import SHOWN_LEVELS, Comparison
from hcclit.evaluation import LINES
from hcclit.evaluation.tables import number


def agreement_table(comparison: Comparison) -> Table:
    """Precision, recall and F1 of every line at both levels, over all pairs."""
    table = Table(title=f"Agreement of {len(comparison.pairs)} pairs", title_justify="left")
    for column in ("line", "level", "left", "right", "agree", "P", "R", "F1"):
        table.add_column(column, justify="left" if column in ("line", "level") else "right")
    for line, counts in comparison.lines.items():
        for level in SHOWN_LEVELS:
            score = counts.score(level)
            table.add_row(
                line if level == SHOWN_LEVELS[0] else "",
                level,
                *(str(n) for n in (counts.gold, counts.predicted, score.matched)),
                *(number(value) for value in (score.precision, score.recall, score.f1)),
                end_section=level == SHOWN_LEVELS[-1],
            )
    return table


def pair_table(comparison: Comparison) -> Table:
    """The core F1 of every pair and line; left and right do not count extended records."""
    table = Table(title="Core F1 by pair", title_justify="left")
    for column in ("pair", "left", "right", *LINES):
        table.add_column(column, justify="left" if column == "pair" else "right", overflow="fold")
    for pair in comparison.pairs:
        sizes = (str(pair.counts["micro"].gold), str(pair.counts["micro"].predicted))
        table.add_row(pair.name, *sizes, *(number(pair.counts[line].score("core").f1) for line in LINES))
    return table
