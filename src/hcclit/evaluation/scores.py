"""Gold against predictions: every line, every document and the sums.

Six lines are matched, each by itself: dose, marker, date, response, core statistics (`statistic`) and
extended statistics (`extended`). Three decisions where the contract leaves room:

* The endpoint decides in which of the two lines of statistics a record stands, in gold and prediction alike.
  A core gold record that is predicted with an extended endpoint is thus a miss in `statistic`, and the
  prediction a false alarm in `extended` or not scored, never one in `statistic`; and the other way round.
* Extended endpoints are labelled only "where the gold says so". A paper whose gold has no extended record
  says nothing about them, so what is predicted of them there is not scored.
* `micro` sums the five types; `extended` and its times and groups are in no sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from hcclit.evaluation.counts import Counts, Interval, Share, core_f1_intervals, count
from hcclit.evaluation.levels import LEVELS, LINES, MICRO_LINES, Line, line_of
from hcclit.evaluation.matching import Matching, match
from hcclit.evaluation.origins import PAPER_ORIGINS, PaperOrigin, origins_of
from hcclit.records import Origin, Record


@dataclass(frozen=True)
class Part:
    """The scores of some of the papers: those whose gold has one origin."""

    documents: tuple[str, ...]
    lines: Mapping[Line, Counts]
    intervals: Mapping[Line, Interval | None]

    def to_dict(self) -> dict[str, Any]:
        """Give the scores as plain values for JSON."""
        return {"documents": list(self.documents), "lines": _all_scores(self.lines, self.intervals)}


@dataclass(frozen=True)
class Evaluation:
    """All that a comparison yields; documents in the order of their ids, lines in that of `LINES`."""

    matchings: Mapping[str, Mapping[Line, Matching]]
    """For each document and line (without `micro`) what was matched."""
    documents: Mapping[str, Mapping[Line, Counts]]
    """For each document and line its counts."""
    lines: Mapping[Line, Counts]
    """For each line the counts of all documents."""
    intervals: Mapping[Line, Interval | None]
    """For each line the 95% bootstrap interval of its core F1."""
    without_gold: tuple[str, ...]
    """Documents that have predictions but no gold; they are not scored."""
    without_prediction: tuple[str, ...]
    """Documents of the gold for which nothing was predicted; their records are misses."""
    origins: Mapping[PaperOrigin, Part] = field(default_factory=dict)
    """The same scores for the papers of each origin that the gold has."""
    labelled_once: tuple[str, ...] | None = None
    """Where people labelled both sides: documents that only one of them labelled, which are not scored."""

    def to_dict(self) -> dict[str, Any]:
        """Give all scores as plain values for JSON, always with the same keys in the same order."""
        once = self.labelled_once
        return {
            "lines": _all_scores(self.lines, self.intervals),
            "documents": {
                doc_id: {line: _line_scores(counts) for line, counts in lines.items()}
                for doc_id, lines in self.documents.items()
            },
            "without_gold": list(self.without_gold),
            "without_prediction": list(self.without_prediction),
            "origins": {origin: part.to_dict() for origin, part in self.origins.items()},
            "agreement": None if once is None else {"labelled_once": list(once)},
        }


def evaluate(
    gold: Mapping[str, Sequence[Record]],
    predicted: Mapping[str, Sequence[Record]],
    origins: Mapping[str, Origin] | None = None,
) -> Evaluation:
    """Score predictions against gold, both by document id.

    The documents of the gold are the set: a paper with an empty list counts, what is predicted there is
    wrong. Neither the order of documents nor that of records changes a score.

    Args:
        gold: what is right.
        predicted: what is scored.
        origins: the origin of gold papers without records.
    """
    matchings = {doc_id: _match_document(gold[doc_id], predicted.get(doc_id, ())) for doc_id in sorted(gold)}
    documents = {doc_id: count_lines(lines) for doc_id, lines in matchings.items()}
    whole = _part(documents)
    return Evaluation(
        matchings=matchings,
        documents=documents,
        lines=whole.lines,
        intervals=whole.intervals,
        origins=_by_origin(documents, origins_of(gold, origins or {})),
        without_gold=tuple(sorted(doc_id for doc_id in predicted if doc_id not in gold)),
        without_prediction=tuple(doc_id for doc_id in documents if not predicted.get(doc_id)),
    )


def _part(documents: Mapping[str, Mapping[Line, Counts]]) -> Part:
    lines = {line: sum((counts[line] for counts in documents.values()), Counts()) for line in LINES}
    return Part(tuple(documents), lines, core_f1_intervals(list(documents.values())))


def _by_origin(
    documents: Mapping[str, Mapping[Line, Counts]], origins: Mapping[str, PaperOrigin]
) -> dict[PaperOrigin, Part]:
    parts = {
        origin: {doc_id: counts for doc_id, counts in documents.items() if origins[doc_id] == origin}
        for origin in PAPER_ORIGINS
    }
    return {origin: _part(part) for origin, part in parts.items() if part}


def _match_document(gold: Sequence[Record], predicted: Sequence[Record]) -> dict[Line, Matching]:
    golds, predictions = _by_line(gold), _by_line(predicted)
    if not golds["extended"]:
        predictions["extended"] = []
    return {line: match(golds[line], predictions[line]) for line in LINES if line != "micro"}


def _by_line(records: Sequence[Record]) -> defaultdict[Line, list[Record]]:
    lines: defaultdict[Line, list[Record]] = defaultdict(list)
    for record in records:
        lines[line_of(record)].append(record)
    return lines


def count_lines(matchings: Mapping[Line, Matching]) -> dict[Line, Counts]:
    """Count the matchings of one document's lines, and their sum as `micro`."""
    counts = {line: count(matching) for line, matching in matchings.items()}
    counts["micro"] = sum((counts[line] for line in MICRO_LINES), Counts())
    return {line: counts[line] for line in LINES}


def _all_scores(lines: Mapping[Line, Counts], intervals: Mapping[Line, Interval | None]) -> dict[str, Any]:
    scores: dict[str, Any] = {line: _line_scores(counts) for line, counts in lines.items()}
    for line, interval in intervals.items():
        scores[line]["core"]["f1_interval"] = None if interval is None else list(interval)
    return scores


def _line_scores(counts: Counts) -> dict[str, Any]:
    levels: dict[str, Any] = {level: asdict(counts.score(level)) for level in LEVELS}
    beside = {"when": _share_scores(counts.when), "group": _share_scores(counts.group)}
    return {"gold": counts.gold, "predicted": counts.predicted, **levels, **beside}


def _share_scores(share: Share) -> dict[str, int | float | None]:
    return {"right": share.right, "of": share.of, "share": share.share}
