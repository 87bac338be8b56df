"""Precision, recall and F1 of found spans: strict (same place, same label) and partial (overlap, same label)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hcclit.ner.corpora import Span


@dataclass(slots=True)
class Tally:
    """How many spans are gold, were found, and were found rightly."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def scores(self) -> dict[str, float]:
        """Precision, recall and F1; 0 where there is nothing to divide by."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        total = precision + recall
        return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / total if total else 0.0}


@dataclass(slots=True)
class NerScores:
    """The tallies of each label, by both measures."""

    labels: tuple[str, ...]
    strict: dict[str, Tally] = field(init=False)
    partial: dict[str, Tally] = field(init=False)

    def __post_init__(self) -> None:
        self.strict = {label: Tally() for label in self.labels}
        self.partial = {label: Tally() for label in self.labels}

    def add(self, gold: Iterable[Span], found: Iterable[Span]) -> None:
        """Count one text."""
        golds, founds = set(gold), set(found)
        for label in self.labels:
            expected = sorted(s for s in golds if s[2] == label)
            predicted = sorted(s for s in founds if s[2] == label)
            for tally, right in (
                (self.strict[label], len(golds & set(predicted))),
                (self.partial[label], overlapping(expected, predicted)),
            ):
                tally.gold += len(expected)
                tally.found += len(predicted)
                tally.right += right

    def counts(self, label: str) -> tuple[int, int]:
        """How many spans of a label (or of all: `micro`) are gold, and how many were found."""
        tally = _sum(self.strict.values()) if label == "micro" else self.strict[label]
        return tally.gold, tally.found

    def to_dict(self) -> dict[str, Any]:
        """Both measures, micro over the labels and for each of them."""
        return {
            name: {
                "micro": _sum(tallies.values()).scores(),
                "labels": {label: tally.scores() for label, tally in tallies.items()},
            }
            for name, tallies in (("strict", self.strict), ("partial", self.partial))
        }


def overlapping(gold: Sequence[Span], found: Sequence[Span]) -> int:
    """The most pairs of a gold and a found span that overlap, each span in one pair at most.

    Spans that were found may touch, but not overlap, so each gold span fits a row of neighbours among them; giving
    each of these, in order, to the waiting gold span that ends first is then the best assignment.
    """
    waiting = sorted(gold, key=lambda span: (span[1], span[0]))
    pairs = 0
    for start, end, _ in sorted(found):
        partner = next((span for span in waiting if span[0] < end and start < span[1]), None)
        if partner is not None:
            waiting.remove(partner)
            pairs += 1
    return pairs


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.gold += tally.gold
        total.found += tally.found
        total.right += tally.right
    return total
