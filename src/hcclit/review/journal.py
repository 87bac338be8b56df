"""The journal of a paper: its steps, one JSON object a line, only ever added to, each on the disk before it counts."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from hcclit.review.standing import RefusedError, Standing
from hcclit.review.steps import FORMAT, Decision, Opened, Step, StepAdapter
from hcclit.store.catalog import sync_folder


class JournalError(Exception):
    """A journal that cannot be read or written; the message is one line for the user."""


class Journal:
    """A paper's journal, and where the review stands by it."""

    def __init__(self, path: Path, first: Opened, decisions: list[Decision]) -> None:
        """Take what was read; `begun` and `kept` make journals.

        Raises:
            RefusedError: a decision makes no sense where it stands.
        """
        self.path = path
        self.first = first
        self.standing = Standing(first, decisions)
        self.steps = 1 + len(decisions)
        """Lines of the journal, also those that were undone; it only ever grows."""
        self.dropped: str | None = None
        """A line for the user where the last step was cut off in the middle and is lost."""

    @classmethod
    def begun(cls, path: Path, first: Opened) -> Journal:
        """Begin a journal, in the place of one in which nothing was decided.

        Raises:
            JournalError: it cannot be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            _append(path, first)
            sync_folder(path.parent)
        except OSError as error:
            raise JournalError(f"{path}: cannot be written ({error.strerror})") from error
        return cls(path, first, [])

    @classmethod
    def kept(cls, path: Path) -> Journal | None:
        """Read a journal; None where there is none, or where not even its first step was written whole.

        A last line that was cut off in the middle, by a kill or a power cut, is taken out of the file.

        Raises:
            JournalError: it cannot be read, or is damaged elsewhere.
        """
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise JournalError(f"{path}: cannot be read ({error.strerror})") from error
        whole, cut = _split(data)
        dropped = _mend(path, len(data) - len(cut), cut)
        if not whole:
            return None
        journal = _journal(path, whole)
        journal.dropped = dropped
        return journal

    def take(self, decision: Decision) -> None:
        """Take a decision: check it, write it, and only then hold it.

        Raises:
            RefusedError: it makes no sense where the review stands; nothing was written.
            JournalError: it cannot be written, and does not hold.
        """
        self.standing.check(decision)
        size = self._size()
        try:
            _append(self.path, decision)
        except OSError as error:
            _cut(self.path, size)
            raise JournalError(f"{self.path}: cannot be written ({error.strerror}); the step is not saved") from error
        self.standing.take(decision)
        self.steps += 1

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise JournalError(f"{self.path}: cannot be written ({error.strerror}); the step is not saved") from error


def _split(data: bytes) -> tuple[list[bytes], bytes]:
    """The whole lines, and what stands after the last of them and is none.

    A last line that only lacks its line feed is whole: no beginning of a JSON object is a JSON object.
    """
    *whole, last = data.split(b"\n")
    if not last:
        return whole, b""
    return ([*whole, last], b"") if _is_step(last) else (whole, last)


def _is_step(line: bytes) -> bool:
    try:
        StepAdapter.validate_json(line)
    except ValidationError:
        return False
    return True


def _journal(path: Path, lines: list[bytes]) -> Journal:
    steps = [_step(path, number, line) for number, line in enumerate(lines, 1)]
    first, decisions = steps[0], [step for step in steps[1:] if not isinstance(step, Opened)]
    if not isinstance(first, Opened) or len(decisions) < len(steps) - 1:
        raise JournalError(f"{path}: damaged (the first step, and no other, opens the paper); restore it from a copy")
    if first.format != FORMAT:
        raise JournalError(f"{path}: layout {first.format}, but this version of hcclit reads layout {FORMAT}")
    try:
        return Journal(path, first, decisions)
    except RefusedError as error:
        raise JournalError(f"{path}: damaged ({error}); restore it from a copy") from error


def _step(path: Path, number: int, line: bytes) -> Step:
    try:
        return StepAdapter.validate_json(line)
    except ValidationError as error:
        raise JournalError(f"{path}:{number}: damaged (no step of a review); restore it from a copy") from error


def _mend(path: Path, size: int, cut: bytes) -> str | None:
    """Take what was cut off out of the file; the line that says so."""
    if not cut:
        return None
    _cut(path, size)
    return f"{path}: the last step was cut off in the middle ({len(cut)} bytes) and is dropped; take it again"


def _cut(path: Path, size: int) -> None:
    try:
        os.truncate(path, size)
    except OSError as error:
        raise JournalError(f"{path}: cannot be mended ({error.strerror})") from error


def _append(path: Path, step: Step) -> None:
    with path.open("ab+") as file:
        line = step.model_dump_json().encode() + b"\n"
        file.write(line if _ends_a_line(path) else b"\n" + line)
        file.flush()
        os.fsync(file.fileno())


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
