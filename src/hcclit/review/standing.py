"""Where the review of a paper stands, made from its steps and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from hcclit.records import Origin, Record, sort_key
from hcclit.review.steps import (
    Accepted,
    Added,
    Corrected,
    Decision,
    Finished,
    Opened,
    Rejected,
    Resumed,
    Silenced,
    Undone,
)

Verdict = Literal["accepted", "corrected", "added", "rejected"]


class RefusedError(ValueError):
    """A decision that makes no sense where the review stands; the message is a line for the reviewer."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record under review.

    Its `key` stays the same through all corrections (a prediction's is its id), `id` is that of the record as it
    would stand in gold now. `predicted` is None for what was added, `verdict` where nobody has decided yet.
    """

    key: str
    id: str
    record: Record
    predicted: Record | None
    verdict: Verdict | None = None

    @property
    def is_gold(self) -> bool:
        """Whether it is a record that the reviewer holds to be right."""
        return self.verdict in ("accepted", "corrected", "added")


class Standing:
    """The records of a paper with what was decided of them, the findings that were silenced, and whether it is done."""

    def __init__(self, first: Opened, decisions: Iterable[Decision] = ()) -> None:
        """Take all decisions in their order.

        Raises:
            RefusedError: one of them makes no sense where it stands; no journal has such a one.
        """
        self._first = first
        self._begin()
        for decision in decisions:
            self.take(decision)

    def _begin(self) -> None:
        items = [Item(record.id, record.id, record, record) for record in self._first.records]
        self.items: dict[str, Item] = {item.key: item for item in items}
        """By key: predictions as they were given, then what was added, as it was added."""
        self.silenced: dict[str, Silenced] = {}
        """Findings that are none, by id, with who says so and why."""
        self.done = False
        self.taken: list[Decision] = []
        """Decisions that hold; `undo` takes the last one back."""
        self._key_of = {item.id: item.key for item in items}

    @property
    def origin(self) -> Origin:
        """Whether predictions were seen."""
        return self._first.origin

    @property
    def undecided(self) -> list[Item]:
        """Predictions that wait for a decision."""
        return [item for item in self.items.values() if item.verdict is None]

    def gold(self) -> list[Record]:
        """What is right by the reviewer, sorted as in every output."""
        says = {"origin": self.origin, "confidence": None}
        records = [item.record.model_copy(update=says) for item in self.items.values() if item.is_gold]
        return sorted(records, key=sort_key)

    def check(self, decision: Decision) -> None:
        """Say whether a decision makes sense now.

        Raises:
            RefusedError: it does not.
        """
        match decision:
            case Undone() if not self.taken:
                raise RefusedError("there is nothing to undo")
            case Finished() if waiting := len(self.undecided):
                raise RefusedError(f"{waiting} {'records are' if waiting > 1 else 'record is'} not decided yet")
            case Added() if decision.key in self.items:
                raise RefusedError("a record of this key is there already")
            case Accepted() | Rejected() | Corrected() if decision.key not in self.items:
                raise RefusedError("there is no such record in this paper")
            case Accepted() | Corrected() | Added():
                self._check_new(self._decided(decision))

    def take(self, decision: Decision) -> None:
        """Take a decision.

        Raises:
            RefusedError: it makes no sense now; nothing is changed.
        """
        self.check(decision)
        if isinstance(decision, Undone):
            earlier = self.taken[:-1]
            self._begin()
            for each in earlier:
                self._hold(each)
        else:
            self._hold(decision)

    def _hold(self, decision: Decision) -> None:
        match decision:
            case Silenced():
                self.silenced[decision.finding] = decision
            case Finished() | Resumed():
                self.done = isinstance(decision, Finished)
            case Accepted() | Rejected() | Corrected() | Added():
                self._put(self._decided(decision))
        self.taken.append(decision)

    def _decided(self, decision: Accepted | Rejected | Corrected | Added) -> Item:
        """The record that a decision is about, as it is after it."""
        if isinstance(decision, Added):
            return Item(decision.key, decision.record.id, decision.record, None, "added")
        item = self.items[decision.key]
        if isinstance(decision, Rejected):
            return replace(item, verdict="rejected")
        if isinstance(decision, Corrected):
            verdict: Verdict = "corrected" if item.predicted else "added"
            return replace(item, record=decision.record, id=decision.record.id, verdict=verdict)
        if item.predicted is None:
            return replace(item, verdict="added")
        return Item(item.key, item.key, item.predicted, item.predicted, "accepted")

    def _put(self, item: Item) -> None:
        if item.key in self.items:
            del self._key_of[self.items[item.key].id]
        self.items[item.key] = item
        self._key_of[item.id] = item.key

    def _check_new(self, item: Item) -> None:
        """Two records that say the same of the same place are one; gold has it once."""
        other = self._key_of.get(item.id, item.key)
        if other != item.key:
            raise RefusedError(f"this record is there already ({self.items[other].verdict or 'not decided yet'})")
