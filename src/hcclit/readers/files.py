"""A file's bytes, taken with care: what is no file, or too large for one paper, is refused before it is read."""

from __future__ import annotations

import hashlib
import stat
import sys
from pathlib import Path

STANDARD_INPUT = "-"
MOST_BYTES = 200 * 10**6
"""Of one file; papers full of pictures have some tens of millions."""
_TOO_LARGE = "{} too large for a paper, which may have %d MB; split it" % (MOST_BYTES // 10**6)  # noqa: UP031


class UnreadableError(Exception):
    """A file that gives no document; the message is one line for the user."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{path}: {reason}")


def load(path: Path) -> bytes:
    """A file's bytes; those of standard input for `-`.

    Raises:
        UnreadableError: it is no file, cannot be opened, or is too large.
    """
    try:
        data = _piped() if str(path) == STANDARD_INPUT else _file(path)
    except OSError as error:
        raise UnreadableError(path, os_reason(error)) from error
    if len(data) > MOST_BYTES:
        raise UnreadableError(path, _TOO_LARGE.format("is"))
    return data


def _piped() -> bytes:
    return sys.stdin.buffer.read(MOST_BYTES + 1)


def _file(path: Path) -> bytes:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableError(path, "is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):  # to open a pipe may take for ever
        raise UnreadableError(path, "is a pipe or a device, not a file; standard input is read as -")
    if status.st_size > MOST_BYTES:
        raise UnreadableError(path, _TOO_LARGE.format(f"has {status.st_size // 10**6:,} MB,"))
    return path.read_bytes()


def content_hash(path: Path) -> str | None:
    """The SHA-256 of a file's bytes; None where `load` would refuse it."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def os_reason(error: OSError) -> str:
    """Why a file could not be opened, for the user."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    return f"cannot be read ({error.strerror})"
