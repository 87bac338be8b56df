"""What a parser's failure says: whether it is the file's, or the machine's for want of memory."""

from __future__ import annotations

from lxml import etree


def blame_the_file(error: etree.LxmlError) -> None:
    """Go on where a file is to blame for a parser's failure.

    Raises:
        MemoryError: the parser was refused memory, which it tells as if the file had ended.
    """
    if _code(error) == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError("a parser was refused memory") from error


def is_out_of_bounds(error: etree.LxmlError) -> bool:
    """Whether a parser gave up on what is nested, repeated or long as no paper is."""
    return bool(_code(error) == etree.ErrorTypes.ERR_RESOURCE_LIMIT)


def _code(error: etree.LxmlError) -> int | None:
    code: int | None = getattr(error, "code", None)  # not in the stubs; only syntax errors have one
    return code
