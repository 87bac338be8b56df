"""The agreement of readings: counts for each pair and over all, and what only one of a pair has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

from hcclit.comparison.matching import match_readings
from hcclit.comparison.readings import Reading
from hcclit.evaluation import LINES, Counts, Line, Matching
from hcclit.evaluation.levels import CORE_FIELDS, FULL_FIELDS, Level, wrong_fields
from hcclit.evaluation.mistakes import sentence
from hcclit.evaluation.scores import count_lines
from hcclit.records import Record

SHOWN_LEVELS: tuple[Level, ...] = ("core", "full")
_PLACE = {"id", "codes", "confidence", "bbox"}


@dataclass(frozen=True)
class Difference:
    """A record that one reading lacks (then its side is None), or two of one mention that differ in core fields."""

    line: Line
    left: Record | None
    right: Record | None
    sentences: tuple[str, ...]
    """That of the left record, that of the right one, as far as they are there."""
    fields: tuple[str, ...] = ()

    @property
    def kind(self) -> Literal["only left", "only right", "unlike"]:
        """Which reading has it."""
        if self.left is None:
            return "only right"
        return "only left" if self.right is None else "unlike"

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for JSON."""
        left, right = (
            record and record.model_dump(mode="json", exclude_none=True, exclude=_PLACE)
            for record in (self.left, self.right)
        )
        told = {"kind": self.kind, "line": self.line, "fields": list(self.fields)}
        return told | {"left": left, "right": right, "sentences": list(self.sentences)}

    def describe(self) -> str:
        """Give one line for a person."""
        told = [f"{name} {getattr(self.left, name)!r} / {getattr(self.right, name)!r}" for name in self.fields]
        shown = [", ".join(told)] if told else [_core(record) for record in (self.left, self.right) if record]
        return f"{self.kind}, {self.line}: {'; '.join(shown)} | {' | '.join(self.sentences)}"


@dataclass(frozen=True)
class Pair:
    """Two readings of one paper with what was matched, line by line."""

    name: str
    left: Reading
    right: Reading
    matchings: Mapping[Line, Matching]

    @cached_property
    def counts(self) -> dict[Line, Counts]:
        """For each line how many records the readings have and how many agree; `gold` is the left one."""
        return count_lines(self.matchings)

    def differences(self, level: Level = "core") -> list[Difference]:
        """What costs agreement at a level, by line and place."""
        return [found for line, matching in self.matchings.items() for found in self._of_line(line, matching, level)]

    def _of_line(self, line: Line, matching: Matching, level: Level) -> Iterator[Difference]:
        for record in matching.missed:
            yield Difference(line, record, None, (_sentence(self.left, record),))
        for record in matching.false_alarms:
            yield Difference(line, None, record, (_sentence(self.right, record),))
        for left, right in matching.pairs:
            names = CORE_FIELDS[left.type] + (FULL_FIELDS[left.type] if level == "full" else ())
            if fields := wrong_fields(left, right, names):
                sentences = (_sentence(self.left, left), _sentence(self.right, right))
                yield Difference(line, left, right, sentences, fields)


@dataclass(frozen=True)
class Comparison:
    """Pairs of readings and the sums of their lines."""

    pairs: Sequence[Pair]

    @cached_property
    def lines(self) -> dict[Line, Counts]:
        """For each line the counts of all pairs."""
        return {line: sum((pair.counts[line] for pair in self.pairs), Counts()) for line in LINES}

    def to_dict(self) -> dict[str, Any]:
        """Give all figures as plain values for JSON."""
        pairs = [{"name": pair.name, "lines": _scores(pair.counts)} for pair in self.pairs]
        return {"lines": _scores(self.lines), "pairs": pairs}


def compare(name: str, left: Reading, right: Reading) -> Pair:
    """Compare two readings of one paper.

    Args:
        name: names the pair.
        left: the reading that recall is counted of.
        right: the reading that precision is counted of.
    """
    return Pair(name, left, right, match_readings(left, right))


def _scores(lines: Mapping[Line, Counts]) -> dict[str, Any]:
    return {
        line: {"left": counts.gold, "right": counts.predicted}
        | {level: asdict(counts.score(level)) for level in SHOWN_LEVELS}
        for line, counts in lines.items()
    }


def _sentence(reading: Reading, record: Record) -> str:
    return sentence(reading.text, record.start, record.end)


def _core(record: Record) -> str:
    values = ((name, getattr(record, name)) for name in CORE_FIELDS[record.type])
    return " ".join(f"{name}={value}" for name, value in values if value is not None)
