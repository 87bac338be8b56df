"""What lies before the reviewer: the papers, the one that is open, and decisions on their way into its journal."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Literal

from hcclit.limits import Stopped, Worker
from hcclit.outcomes import Failure
from hcclit.records import Origin, Record
from hcclit.review.contexts import Contexts
from hcclit.review.gold import GoldFolder
from hcclit.review.journal import Journal
from hcclit.review.reading import Reading
from hcclit.review.sources import Source
from hcclit.review.steps import Decision, Opened
from hcclit.version import extractors_version

JOB = "hcclit.review.job:loaded"
_MOST_OPEN = 4
"""Papers that are kept in memory; the others are read again."""


class UnopenedError(Exception):
    """A paper that cannot be reviewed; the message is a line for the reviewer."""


@dataclass(frozen=True)
class Terms:
    """How this review is made: with predictions seen or blind, by whom, and which records come first."""

    origin: Origin = "review"
    reviewer: str | None = None
    order: Literal["confidence", "text"] = "confidence"


@dataclass
class Paper:
    """An open paper."""

    source: Source
    reading: Reading
    journal: Journal
    contexts: Contexts


class Desk:
    """Papers under review. One step at a time, whatever the page asks for at once: hold `lock`."""

    def __init__(self, sources: Sequence[Source], gold: GoldFolder, terms: Terms, worker: Worker) -> None:
        """Lay out papers; none is read yet.

        Args:
            sources: the papers.
            gold: where the outcome goes.
            terms: how the review is made.
            worker: does the job `JOB`.
        """
        self.sources = sources
        self.gold = gold
        self.terms = terms
        self.lock = Lock()
        self._worker = worker
        self._open: OrderedDict[str, Paper] = OrderedDict()

    def paper(self, number: int) -> Paper:
        """A paper by its number in `sources`, read where it is not open; its journal begins when it is first opened.

        Raises:
            UnopenedError: it cannot be reviewed.
            JournalError: its journal cannot be written.
            hcclit.store.StoreError: the store that it is of cannot be read.
            hcclit.limits.WorkerError: no process can be started that reads papers.
        """
        source = self.sources[number]
        if source.doc_id not in self._open:
            self._check(source)
            self._open[source.doc_id] = self._read(source)
            if len(self._open) > _MOST_OPEN:
                self._open.popitem(last=False)
        self._open.move_to_end(source.doc_id)
        return self._open[source.doc_id]

    def take(self, paper: Paper, decision: Decision) -> None:
        """Take a decision about an open paper; its gold follows.

        Raises:
            RefusedError: it makes no sense where the review stands.
            JournalError: it cannot be saved.
        """
        paper.journal.take(decision)
        self.gold.write(paper.source.doc_id)

    def signature(self) -> dict[str, str | None]:
        """Who takes a step, and when."""
        return {"by": self.terms.reviewer, "at": datetime.now(UTC).isoformat(timespec="seconds")}

    def _check(self, source: Source) -> None:
        if reason := source.failure or source.changed():
            raise UnopenedError(f"{source.path}: {reason}")
        if self.gold.foreign(source.doc_id):
            path = self.gold.gold_path(source.doc_id)
            raise UnopenedError(f"{path} is there already, and no review made it; give another --gold")
        journal = self.gold.journals.get(source.doc_id)
        if journal and journal.first.origin != self.terms.origin:
            how = "blind" if journal.first.origin == "blind" else "with predictions seen"
            raise UnopenedError(f"{source.doc_id} is being labelled {how} in {self.gold.path}; give another --gold")

    def _read(self, source: Source) -> Paper:
        journal = self.gold.journals.get(source.doc_id)
        if journal and journal.steps == 1 and journal.first.extractors != extractors_version():
            journal = None  # nothing was decided of what older extractors found
        blind = self.terms.origin == "blind"
        known = journal.first.records if journal else None if blind else source.records()
        (answer,) = self._worker.run([(source.path, known, blind)])
        if isinstance(answer, Failure | Stopped):
            raise UnopenedError(f"{source.path}: {answer.reason}")
        if journal is None:
            _check_places(source, answer.document.text, answer.records)
            journal = self._begun(source, answer)
        elif journal.first.text_sha256 != _digest(answer.document.text):
            raise UnopenedError(
                f"{source.path}: reads otherwise than when its review began, so the places no longer hold; "
                f"bring the former file back, or move {journal.path} away to begin anew"
            )
        return Paper(source, answer, journal, Contexts(answer.document))

    def _begun(self, source: Source, reading: Reading) -> Journal:
        first = Opened(
            doc_id=source.doc_id,
            origin=self.terms.origin,
            text_sha256=_digest(reading.document.text),
            extractors=extractors_version(),
            records=reading.records,
            **self.signature(),
        )
        journal = Journal.begun(self.gold.journal_path(source.doc_id), first)
        self.gold.journals[source.doc_id] = journal
        return journal


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _check_places(source: Source, text: str, records: Sequence[Record]) -> None:
    """A store's records may be those of other extractors, whose reader gave another text."""
    if any(text[record.start : record.end] != record.text for record in records):
        raise UnopenedError(
            f"{source.path}: the store's records are of another reading of this paper; "
            f"run `hcclit run INBOX --store {source.store}` again"
        )
