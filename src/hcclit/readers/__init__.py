"""Readers: a file becomes a `Document`, or an `UnreadableError` that names the file, the reason and what to do."""

from __future__ import annotations

import codecs
from pathlib import Path

from hcclit.document import Document
from hcclit.errors import SetupError
from hcclit.readers.files import STANDARD_INPUT, UnreadableError, load
from hcclit.readers.foreign import refusal
from hcclit.readers.formats import FormatError, format_of
from hcclit.readers.text import read_text

__all__ = ["FormatError", "UnreadableError", "doc_id_of", "load", "read", "read_bytes", "reason_of"]


def read(path: Path | str) -> Document:
    """Read a file into a document, choosing the reader by the file's content.

    Raises:
        UnreadableError: the file is missing, empty, in no known encoding or of a kind that is not read yet.
    """
    path = Path(path)
    return read_bytes(load(path), path)


def doc_id_of(path: Path) -> str:
    """The id of a file's document: its name without its ending; `stdin` for standard input."""
    return "stdin" if str(path) == STANDARD_INPUT else path.stem


def read_bytes(data: bytes, path: Path) -> Document:
    """Read a file's bytes into a document; `path` names it in errors and gives the document's id.

    Raises:
        UnreadableError: see `read`.
    """
    if not data.strip():
        raise UnreadableError(path, "the file is empty")
    if (reason := refusal(data)) is not None:
        raise UnreadableError(path, reason)
    try:
        form = format_of(data)
        return form.read(data, doc_id_of(path)) if form else read_text(_decoded(data), doc_id_of(path))
    except FormatError as error:
        raise UnreadableError(path, str(error)) from error


def _decoded(data: bytes) -> str:
    """The text of a plain file, which the contract's offsets count in."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FormatError("a text in UTF-16, not UTF-8; convert it to UTF-8 first")
    if b"\x00" in data:
        raise FormatError("binary data, no text; give a paper as PDF, XML, HTML or UTF-8 text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 (byte {error.start}); convert it to UTF-8 first") from error


def reason_of(error: Exception) -> str:
    """Why a file gave nothing, in a line for the user, whatever was raised on its way.

    Raises:
        SetupError: that is what was raised; it is of no one file.
    """
    if isinstance(error, SetupError):
        raise error
    if isinstance(error, UnreadableError):
        return error.reason
    if isinstance(error, RecursionError):
        return "its parts are nested too deep to be read"
    return f"extraction failed ({type(error).__name__}: {' '.join(str(error).split())}); please report this"
