"""The folder of a review's outcome: gold as `hcclit evaluate --gold` takes it, and the journals that it comes from.

    review/
      <doc_id>.jsonl            gold of a paper that is done
      origins.json              review or blind, by document id
      checks/silenced.jsonl     findings that were silenced, as `hcclit check --silenced` takes them
      journal/<doc_id>.jsonl    every step, of papers that are not done too

The journals are the truth: all else is written from them at every step and at every start, in one move, so that a
kill at any moment leaves either the old file or the new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock, Timeout

from hcclit.checks.silencing import IN_REVIEW, Silence, to_lines
from hcclit.evaluation.origins import NAME as ORIGINS
from hcclit.evaluation.origins import origins_file
from hcclit.marking import gold_lines
from hcclit.review.journal import Journal, JournalError
from hcclit.store.catalog import replace_file

LOCK = "review.lock"
_JOURNALS = "journal"
_ENDING = ".jsonl"


class GoldFolder:
    """A folder of gold, open for one review at a time."""

    def __init__(self, path: Path) -> None:
        """Open a folder, made where there is none, and read all journals.

        Raises:
            JournalError: another review is open in it, it cannot be written, or a journal is damaged.
        """
        self.path = path
        self._lock = FileLock(path / LOCK)
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            raise JournalError(f"{path}: another review is open in this folder; give a --gold of your own") from None
        except OSError as error:
            raise JournalError(f"{path}: cannot be written ({error.strerror})") from error
        self.journals = dict(self._kept())
        """By document id; the page goes on where they end."""

    def close(self) -> None:
        """Let others in."""
        self._lock.release()

    def _kept(self) -> Iterable[tuple[str, Journal]]:
        for path in sorted((self.path / _JOURNALS).glob(f"*{_ENDING}")):
            if journal := Journal.kept(path):
                yield path.name.removesuffix(_ENDING), journal

    def journal_path(self, doc_id: str) -> Path:
        """Where a paper's journal stands."""
        return self.path / _JOURNALS / f"{doc_id}{_ENDING}"

    def gold_path(self, doc_id: str) -> Path:
        """Where a paper's gold stands once it is done."""
        return self.path / f"{doc_id}{_ENDING}"

    def foreign(self, doc_id: str) -> bool:
        """Whether there is gold of a paper that no journal accounts for: it must not be written over."""
        return doc_id not in self.journals and self.gold_path(doc_id).exists()

    def write(self, doc_id: str) -> None:
        """Make a paper's gold what its journal says, which is no file as long as it is not done, and what is silenced.

        Raises:
            JournalError: it cannot be written.
        """
        if self._write_paper(doc_id):
            self._write_origins()
        self._write_silences()

    def _write_paper(self, doc_id: str) -> bool:
        """Write a paper's gold; whether that changed anything."""
        path, standing = self.gold_path(doc_id), self.journals[doc_id].standing
        try:
            before = path.read_bytes() if path.exists() else None
            now = gold_lines(standing.gold()).encode() if standing.done else None
            if now == before:
                return False
            if now is None:
                path.unlink()
            else:
                replace_file(path, now)
        except OSError as error:
            raise JournalError(f"{path}: cannot be written ({error.strerror}); the journal has all") from error
        return True

    def write_all(self) -> list[str]:
        """Bring all gold up to date with the journals; the papers whose gold was not.

        Raises:
            JournalError: it cannot be written.
        """
        changed = [doc_id for doc_id in self.journals if self._write_paper(doc_id)]
        self._write_origins()
        self._write_silences()
        return changed

    @property
    def done(self) -> list[str]:
        """Papers whose gold is there."""
        return [doc_id for doc_id, journal in self.journals.items() if journal.standing.done]

    def describe(self) -> str:
        """What is in the folder, in a line for the user."""
        done = len(self.done)
        begun = sum(journal.steps > 1 and not journal.standing.done for journal in self.journals.values())
        gold = f"{done} {'paper' if done == 1 else 'papers'} done, gold in {self.path}"
        return gold + (f"; {begun} begun and not done, kept in {self.path / _JOURNALS}" if begun else "")

    def _write_origins(self) -> None:
        now = origins_file({doc_id: self.journals[doc_id].standing.origin for doc_id in self.done})
        if now != origins_file({}) or (self.path / ORIGINS).exists():
            _replace(self.path / ORIGINS, now)

    def _write_silences(self) -> None:
        """Write what is silenced; a file in any case, so that one that is missing is told from one that is empty."""
        silences = (
            Silence(finding=step.finding, doc_id=doc_id, reason=step.reason, by=step.by)
            for doc_id, journal in sorted(self.journals.items())
            for step in journal.standing.silenced.values()
        )
        _replace(self.path / IN_REVIEW, to_lines(silences).encode())


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one move where it holds something else."""
    try:
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(exist_ok=True)
            replace_file(path, content)
    except OSError as error:
        raise JournalError(f"{path}: cannot be written ({error.strerror}); the journal has all") from error
