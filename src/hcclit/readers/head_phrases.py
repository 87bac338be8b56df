"""How the phrases of a head line fill a table's columns, where there is one way to do it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.readers.grid import Span
from hcclit.readers.head_atoms import (
    Atom,
    atoms,
    is_special,
    is_stub,
    is_versus,
    names_all,
    segments,
    stub_at,
    with_ratios,
)

_MAYBE_STUB = re.compile(
    r"(?:[Tt]reatment|[Ss]tudy|[Gg]roup|[Aa]rm|[Rr]esponse|[Pp]atient|[Cc]ase|[Oo]utcome|[Tt]est|[Dd]ata|[Tt]rial)s?\b"
)
_VERSUS_INSIDE = re.compile(r"\s(?:vs?\.?|versus)\s")
_COUNTED = re.compile(r"[(%=]")
_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\t[ \t]*")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The head over the row labels, those over the columns, the sizes of groups (`A vs B` is one of two)."""

    stub: Span | None
    columns: tuple[Span, ...]
    groups: tuple[int, ...] = ()


def fit(text: str, start: int, end: int, columns: int) -> Phrases | None:
    """Fill `columns` with the phrases of a head line, where there is one way to do it."""
    pieces = atoms(text, start, end)
    if not pieces or is_stub(text[start:end]):
        return None
    found = _by_gaps(text, (start, end), columns) or _with_stub(text, pieces, columns)
    return found or _with_stub(text, with_ratios(text, pieces), columns)


def _by_gaps(text: str, span: Span, columns: int) -> Phrases | None:
    """Heads that stand apart by several spaces."""
    gaps = [match.span() for match in _GAP.finditer(text, *span)]
    starts, ends = [span[0], *(end for _, end in gaps)], [*(start for start, _ in gaps), span[1]]
    parts = tuple(zip(starts, ends, strict=True))
    if not gaps or any(_VERSUS_INSIDE.search(text, *part) for part in parts):
        return None
    if len(parts) == columns + 1:
        return Phrases(parts[0], parts[1:])
    whole = len(parts) == columns and not is_stub(text[slice(*parts[0])])
    return Phrases(None, parts) if whole else None


def _with_stub(text: str, pieces: list[Atom], columns: int) -> Phrases | None:
    """Tell whether the line begins with a head over the row labels, and fill the columns with the rest."""
    start, end = pieces[0].start, pieces[-1].end
    stub = stub_at(text, start, end)
    if stub is not None and all(not a.start < stub < a.end for a in pieces):
        found = _fill(text, [a for a in pieces if a.start >= stub], columns, past_stub=True)
        if found is not None:
            return Phrases((start, stub), found.columns, found.groups)
        if not _MAYBE_STUB.match(text, start, stub):
            return None
    found = _fill(text, pieces, columns)
    if found is None and columns > 1:
        return _unknown_stub(text, pieces, columns)
    return None if columns == 1 and not names_all(text[start:end]) else found


def _unknown_stub(text: str, pieces: list[Atom], columns: int) -> Phrases | None:
    """One phrase more than columns: the first stands over the labels, if it looks like no column's head."""
    found = None if is_special(text, pieces[0]) else _fill(text, pieces, columns + 1)
    if found is None or found.groups or _COUNTED.search(text, *found.columns[0]):
        return None
    return Phrases(found.columns[0], found.columns[1:])


def _fill(text: str, pieces: list[Atom], columns: int, past_stub: bool = False) -> Phrases | None:
    """Fill the columns with atoms, with sure phrases or with phrases of equal length."""
    if not pieces:
        return None
    if any(is_versus(text, atom) for atom in pieces):
        return _versus(text, segments(pieces), columns)
    if len(pieces) == columns:
        return Phrases(None, tuple((atom.start, atom.end) for atom in pieces))
    parts = segments(pieces)
    sure = all(len(part) == 1 or _is_closed(text, part) for part in parts)
    if len(parts) == columns and sure and (past_stub or len(pieces) != columns + 1):
        return Phrases(None, tuple(map(_span, parts)))
    return _even(text, pieces, columns)


def _span(part: list[Atom]) -> Span:
    return part[0].start, part[-1].end


def _is_closed(text: str, part: list[Atom]) -> bool:
    """Several words that a bracket ends (`Drug plus placebo (n = 20)`), or that gaps set apart."""
    return text[part[-1].end - 1] in ")]" or bool(_GAP.match(text, part[-1].end))


def _even(text: str, pieces: list[Atom], columns: int) -> Phrases | None:
    """`First Visit Last Visit`: phrases of equal length that share their first or their last word."""
    size, rest = divmod(len(pieces), columns) if columns > 1 else (0, 1)
    if rest or size < 2:
        return None
    chunks = [pieces[i : i + size] for i in range(0, len(pieces), size)]
    firsts = {text[c[0].start : c[0].end] for c in chunks}
    lasts = {text[c[-1].start : c[-1].end] for c in chunks}
    one_shared = (len(firsts) == 1) != (len(lasts) == 1)  # if both are, `Median P Median P` is four heads
    return Phrases(None, tuple(map(_span, chunks))) if one_shared else None


def _versus(text: str, parts: list[list[Atom]], columns: int) -> Phrases | None:
    """`Drug alone  Drug vs Placebo`: each side of `vs` has its column."""
    groups = [group for part in parts for group in _sides(text, part)]
    spans = tuple(span for group in groups for span in group)
    return Phrases(None, spans, tuple(map(len, groups))) if len(spans) == columns else None


def _sides(text: str, part: list[Atom]) -> list[list[Span]]:
    """The columns of a stretch of a head, grouped by the comparison that they belong to."""
    at = [i for i, atom in enumerate(part) if is_versus(text, atom)]
    if not at:
        return [[_span(part)]]
    if len(part) == 3 * len(at) and all(i % 3 == 1 for i in at):
        return [[_span(part[i - 1 : i]), _span(part[i + 1 : i + 2])] for i in at]
    if len(at) == 1 and 0 < at[0] < len(part) - 1:
        return [[_span(part[: at[0]]), _span(part[at[0] + 1 :])]]
    return []
