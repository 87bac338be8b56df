"""An evaluation as tables for the terminal; `–` stands where nothing was annotated and nothing predicted."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from hcclit.evaluation.counts import Interval, Share
from hcclit.evaluation.levels import LEVELS, LINES, Line
from hcclit.evaluation.scores import Evaluation

_NOTHING = "–"
_TITLES: dict[Line, str] = {"statistic": "statistic (core)", "extended": "statistic (extended)"}


def render_tables(evaluation: Evaluation) -> list[Table]:
    """Give all tables: scores by type and level, core F1 by document, side lines, and origins where there are two."""
    tables = [score_table(evaluation), document_table(evaluation), side_table(evaluation)]
    return [*tables, origin_table(evaluation)] if len(evaluation.origins) > 1 else tables


def headline(evaluation: Evaluation) -> str:
    """Give the headline in one line: micro core F1 with its interval, and its precision, or that it is an agreement."""
    score = evaluation.lines["micro"].score("core")
    f1 = f"micro core F1 {number(score.f1)} (95% {_interval(evaluation.intervals['micro'])})"
    if evaluation.labelled_once is None:
        return f"{f1}, precision {number(score.precision)}"
    size = len(evaluation.documents)
    papers = f"{size} {'paper' if size == 1 else 'papers'} that both labelled"
    left = f"; only one labelled {', '.join(evaluation.labelled_once)}" if evaluation.labelled_once else ""
    return f"agreement of two labellings, {f1} over {papers}, the same whichever stands as gold{left}"


def score_table(evaluation: Evaluation) -> Table:
    """Give precision, recall and F1 of every line at every level, with the interval of the core F1."""
    columns = ("line", "level", "gold", "predicted", "matched", "P", "R", "F1", "95% of F1")
    table = _table("Scores", columns, texts=2)
    for line, counts in evaluation.lines.items():
        for level in LEVELS:
            score = counts.score(level)
            table.add_row(
                title(line) if level == LEVELS[0] else "",
                level,
                *(str(number) for number in (counts.gold, counts.predicted, score.matched)),
                *(number(value) for value in (score.precision, score.recall, score.f1)),
                _interval(evaluation.intervals[line]) if level == "core" else "",
                end_section=level == LEVELS[-1],
            )
    return table


def document_table(evaluation: Evaluation) -> Table:
    """Give the core F1 of every document and line; gold and predicted do not count extended records."""
    columns = ("document", "gold", "predicted", *LINES)
    table = _table("Core F1 by document", columns, texts=1)
    for doc_id, lines in evaluation.documents.items():
        f1 = (number(lines[line].score("core").f1) for line in LINES)
        table.add_row(doc_id, str(lines["micro"].gold), str(lines["micro"].predicted), *f1)
    return table


def side_table(evaluation: Evaluation) -> Table:
    """Give the lines `when` and `group`: shares of the core matches whose gold states a time or a group."""
    table = _table("Among core matches", ("line", "when", "right/of", "group", "right/of"), texts=1)
    for line, counts in evaluation.lines.items():
        table.add_row(title(line), *_share(counts.when), *_share(counts.group))
    return table


def origin_table(evaluation: Evaluation) -> Table:
    """Give the core scores of the papers of each origin of gold, micro and by line."""
    columns = ("gold from", "papers", "gold", "predicted", "P", "R", "F1", "95% of F1", *LINES)
    table = _table("Core by origin of the gold", columns, texts=1)
    for origin, part in evaluation.origins.items():
        counts = part.lines["micro"]
        score = counts.score("core")
        sizes = (str(size) for size in (len(part.documents), counts.gold, counts.predicted))
        micro = (number(value) for value in (score.precision, score.recall, score.f1))
        f1 = (number(part.lines[line].score("core").f1) for line in LINES)
        table.add_row(origin, *sizes, *micro, _interval(part.intervals["micro"]), *f1)
    return table


def _table(title: str, columns: Sequence[str], texts: int) -> Table:
    table = Table(title=title, title_justify="left")
    for at, column in enumerate(columns):
        table.add_column(column, justify="left" if at < texts else "right", overflow="fold")
    return table


def title(line: Line) -> str:
    """Name a line for people."""
    return _TITLES.get(line, line)


def number(value: float | None) -> str:
    """Write a score, or that there is none."""
    return _NOTHING if value is None else f"{value:.3f}"


def _interval(interval: Interval | None) -> str:
    return _NOTHING if interval is None else f"{interval[0]:.3f}–{interval[1]:.3f}"


def _share(share: Share) -> tuple[str, str]:
    return number(share.share), f"{share.right}/{share.of}" if share.of else _NOTHING
