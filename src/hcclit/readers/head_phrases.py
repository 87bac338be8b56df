"""The phrases of a column head set with single spaces: where they are sure to end, and how they fill columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.readers.value_units import units

Span = tuple[int, int]

_CI = r"95 ?% ?(?:CIs?|[Cc]onfidence [Ii]ntervals?)"
_RATIO = r"(?:[acu]|[Aa]djusted |[Cc]rude )?(?:HR|OR|RR|COR|AOR|[Hh]azard ratio|[Oo]dds ratio|[Rr]elative risk|Exp ?\(B\))(?:/(?:HR|OR|RR))?"
_TEST = (
    r"(?:[\w-]+['’]s |[Ll]og-?rank |[Aa]djusted |[Uu]nadjusted |[Cc]hi-?squared? |[Tt]rend |[Ii]nteraction )?"
)
_SPECIAL = re.compile(
    rf"(?:{_TEST}[Pp𝑝𝑃][ -]?(?:[Vv]alues?)?[a-d]?(?:\s\([^)]{{1,20}}\))?(?![\w-])|{_RATIO}(?: ?[(\[]|, ?){_CI}[)\]]?|{_RATIO}(?![\w-])|\(?{_CI}\)?"
    r"|[Nn]o\. of [a-z]+|[Nn]umber of [a-z]+|[nN](?:o\.)? ?\(%\)|%|χ ?[²2]|[nN](?=\s|$)(?!\s*=)"
    r"|(?:[^\W\d_][\w.'’-]*,?\s+){1,4}?et al\.?,?(?:\s*\(?\d{4}\)?)?(?:\s*\[\d+\])?)"
)
_P_HEAD = re.compile(rf"{_TEST}[Pp𝑝𝑃][ -]?(?:[Vv]alues?)?[a-d]?(?:\s\([^)]{{1,20}}\))?[*†‡]?")
_RATIO_CI = re.compile(rf"{_RATIO},? {_CI}")
_NUMBERED = re.compile(r"(?:[A-Za-z]{3,}|.*-[a-z]+)")
_NUMBER_OF = re.compile(r"(?:[\d/.,–-]+|[A-H]|I{1,3}|IV|V)(?:,? ?(?:n|%))?")
_MAYBE_STUB = re.compile(
    r"(?:[Tt]reatment|[Ss]tudy|[Gg]roup|[Aa]rm|[Rr]esponse|[Pp]atient|[Cc]ase|[Oo]utcome|[Tt]est|[Dd]ata|[Tt]rial)s?\b.*"
)
_STUB = re.compile(
    r"(?:(?:[Bb]aseline|[Pp]atient(?:s['’]?|['’]s)?|[Cc]linical|[Dd]emographic|[Tt]umou?r|[Ss]tudy|[Pp]rognostic|[Rr]isk|[Tt]reatment"
    r"|[Aa]dverse|[Ss]ide|[Ii]nvestigated) ?)*"
    r"(?:[Cc]haracteristics?|[Vv]ariables?|[Pp]arameters?|[Ff]actors?|[Ff]eatures?|[Ii]tems?|[Cc]ategor(?:y|ies)|[Cc]ovariates?"
    r"|[Oo]utcomes?|[Ee]vents?|[Ee]ffects?|[Rr]eactions?|[Tt]oxicit(?:y|ies)|[Gg]roups?|[Aa]rms?|[Ss]tud(?:y|ies)"
    r"|[Aa]uthors?|[Tt]rials?|[Rr]eferences?|[Pp]redictors?|[Dd]eterminants?|[Ee]ndpoints?|[Rr]esponses?"
    r"|[Mm]easures?|[Ss]ymptoms?|[Tt]reatments?|[Dd]ata|[Tt]ests?)(?: \([^)]{1,20}\))?"
    r"|(?:[Pp]atients?|[Cc]ases?|[Pp]ts?\.?|PATIENTS?|CASES?)(?: ?(?:[Nn]o\.?|NO\.?|[Nn]umbers?|ID|#))?|[Nn]o\.(?! of)|#"
    r"|CHARACTERISTICS?|VARIABLES?|PARAMETERS?"
)
_WHOLE_GROUP = re.compile(
    r"(?:All|Total|Overall|Values?|N|No\.?|n|Number|Patients|Frequency|Result|Results)\b.*|.*[)%\]]|.*\b[nN]\s?=\s?\d+",
    re.S,
)
_VERSUS = re.compile(r"(?:vs?\.?|versus)")
_VERSUS_INSIDE = re.compile(r"\s(?:vs?\.?|versus)\s")
_SIZE = re.compile(r"\(?[nN𝑛𝑁]\s?=\s?\d+\)?")
_SIZED = re.compile(r"(?:[nN𝑛𝑁]\s?=\s?\d+\)?|\)),?$")
_COUNT = re.compile(r"[nN](?:o\.)? ?\(%\)|%")
_COUNTED = re.compile(r"[(%=]")
_WIDE = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\t[ \t]*")
_GAP = re.compile(r"\s{2,}|\t|\n")
_LONGEST = 600
_LONGEST_STUB = 80


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a head that no column boundary cuts; `opens` and `closes` say that one stands at its side."""

    start: int
    end: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Phrases:
    """A stub's head and the spans of column heads, with the size of each group of columns (`A vs B` is two)."""

    stub: Span | None
    columns: tuple[Span, ...]
    groups: tuple[int, ...] = ()


def atoms(text: str, start: int, end: int) -> list[Atom]:
    """Cut a head line into atoms. Linear in its length."""
    out: list[Atom] = []
    for unit in units(text, start, min(end, start + _LONGEST)):
        if out and unit.start < out[-1].end:
            continue  # within a special phrase
        if out and unit.end - unit.start == 1 and text[unit.start] in "abcdefgh*†‡":
            continue  # a footnote's mark
        special = _SPECIAL.match(text, unit.start, end)
        stop = special.end() if special else unit.end
        gap = bool(out) and bool(_GAP.search(text, out[-1].end, unit.start))
        closes = bool(special) or _closes(text, unit.start, stop, end)
        atom = Atom(unit.start, stop, bool(special) or gap, closes)
        if out and not gap and _joins(text, out[-1], atom, bool(special)):
            out[-1] = Atom(out[-1].start, stop, out[-1].opens, closes)
        else:
            out.append(atom)
    return out


def _closes(text: str, start: int, stop: int, end: int) -> bool:
    if _SIZE.fullmatch(text, start, stop) or text[start] in "([":
        return True
    return text[stop - 1] in ")]" and text[stop:end].lstrip()[:1] not in ("(", "[")


def _joins(text: str, before: Atom, atom: Atom, special: bool) -> bool:
    """Whether an atom goes on with the one before it: a group's size does, and `n (%)` after the size."""
    last = text[before.start : before.end]
    if _SIZE.fullmatch(text, atom.start, atom.end):
        return not _SIZE.fullmatch(last) and not _SPECIAL.fullmatch(last)
    if special:
        return bool(_COUNT.fullmatch(text, atom.start, atom.end)) and bool(_SIZED.search(last))
    return not before.closes and _continues(text, before, atom.start, atom.end)


def _continues(text: str, before: Atom, start: int, stop: int) -> bool:
    """Heads begin with a capital: `Tree number` is one, and so are `Grade 3` and `Arm A`."""
    if text[start].islower() and not _VERSUS.fullmatch(text, start, stop):
        return text[before.start : before.end].lower() != text[before.start : before.end]
    last = text[before.start : before.end].rsplit(maxsplit=1)[-1]
    return bool(_NUMBER_OF.fullmatch(text, start, stop)) and bool(_NUMBERED.fullmatch(last))


def segments(pieces: list[Atom]) -> list[list[Atom]]:
    """Group atoms between the boundaries that are sure."""
    out: list[list[Atom]] = []
    for atom in pieces:
        if out and not atom.opens and not out[-1][-1].closes:
            out[-1].append(atom)
        else:
            out.append([atom])
    return out


def p_head(text: str, start: int, end: int) -> Span | None:
    """The p-value's head at a line's end."""
    pieces = atoms(text, start, end)
    if len(pieces) < 2 or not _P_HEAD.fullmatch(text, pieces[-1].start, pieces[-1].end):
        return None
    return pieces[-1].start, pieces[-1].end


def p_count(text: str, start: int, end: int) -> int:
    """How many heads of p-values a line has."""
    return sum(bool(_P_HEAD.fullmatch(text, a.start, a.end)) for a in atoms(text, start, end))


def names_measure(text: str) -> bool:
    """Whether a head only says how its values are given (`No. (%)`, `N = 20`)."""
    return bool(_COUNT.fullmatch(text) or _SIZE.fullmatch(text))


def is_stub(text: str) -> bool:
    """Whether a text is the head of the row labels (`Characteristics`, `Patient No.`)."""
    return len(text) <= _LONGEST_STUB and bool(_STUB.fullmatch(" ".join(text.split())))


def names_all(text: str) -> bool:
    """Whether a text can be the only column's head (`All patients`, `n (%)`)."""
    return bool(_WHOLE_GROUP.fullmatch(text))


def fit(text: str, start: int, end: int, columns: int) -> Phrases | None:
    """Fill `columns` with the phrases of a head line, where there is one way to do it."""
    pieces = atoms(text, start, end)
    if not pieces or is_stub(text[start:end]):
        return None
    return (
        _by_gaps(text, (start, end), columns)
        or _fit(text, pieces, columns)
        or _fit(text, _with_ratios(text, pieces), columns)
    )


def _by_gaps(text: str, span: Span, columns: int) -> Phrases | None:
    """Heads that stand apart by several spaces."""
    gaps = [match.span() for match in _WIDE.finditer(text, *span)]
    parts = tuple(
        zip([span[0], *(end for _, end in gaps)], [*(start for start, _ in gaps), span[1]], strict=True)
    )
    if any(_VERSUS_INSIDE.search(text, *part) for part in parts):
        return None
    if gaps and len(parts) == columns + 1:
        return Phrases(parts[0], parts[1:])
    return (
        Phrases(None, parts)
        if gaps and len(parts) == columns and not is_stub(text[slice(*parts[0])])
        else None
    )


def _fit(text: str, pieces: list[Atom], columns: int) -> Phrases | None:
    start, end = pieces[0].start, pieces[-1].end
    stub = _STUB.match(text, start, end)
    if stub is not None and all(not a.start < stub.end() < a.end for a in pieces):
        found = _fill(text, [a for a in pieces if a.start >= stub.end()], columns)
        if found is not None:
            return Phrases((start, stub.end()), found.columns, found.groups)
        if not _MAYBE_STUB.match(stub.group()):
            return None
    found = _fill(text, pieces, columns)
    if found is None and columns > 1:
        found = None if _SPECIAL.match(text, start, end) else _fill(text, pieces, columns + 1)
        if found is None or found.groups or _COUNTED.search(text, *found.columns[0]):
            return None
        return Phrases(found.columns[0], found.columns[1:])
    return None if columns == 1 and not names_all(text[start:end]) else found


def _with_ratios(text: str, pieces: list[Atom]) -> list[Atom]:
    """`HR 95% CI` taken as one head, for cells such as `1.2 (0.9-1.6)`."""
    out: list[Atom] = []
    for atom in pieces:
        if out and _RATIO_CI.fullmatch(text, out[-1].start, atom.end):
            out[-1] = Atom(out[-1].start, atom.end, opens=True, closes=True)
        else:
            out.append(atom)
    return out


def _fill(text: str, pieces: list[Atom], columns: int) -> Phrases | None:
    if not pieces:
        return None
    parts = segments(pieces)
    if any(_has_versus(text, part) for part in parts):
        return _versus(text, parts, columns)
    if len(pieces) == columns:
        return Phrases(None, tuple((a.start, a.end) for a in pieces))
    if (
        len(parts) == columns
        and len(pieces) != columns + 1
        and all(len(p) == 1 or _is_closed(text, p) for p in parts)
    ):
        return Phrases(None, tuple((part[0].start, part[-1].end) for part in parts))
    return _even(text, pieces, columns)


def _is_closed(text: str, part: list[Atom]) -> bool:
    """Several words that a bracket ends (`Drug plus placebo (n = 20)`), or that gaps set apart."""
    return text[part[-1].end - 1] in ")]" or bool(_GAP.match(text, part[-1].end))


def _has_versus(text: str, part: list[Atom]) -> bool:
    return any(_VERSUS.fullmatch(text, a.start, a.end) for a in part)


def _even(text: str, pieces: list[Atom], columns: int) -> Phrases | None:
    """`First Visit Last Visit`, `Arm A Arm B`: phrases of equal length that share their first or last word."""
    size, rest = divmod(len(pieces), columns) if columns > 1 else (0, 1)
    if rest or size < 2:
        return None
    chunks = [pieces[i : i + size] for i in range(0, len(pieces), size)]
    firsts = {text[c[0].start : c[0].end] for c in chunks}
    lasts = {text[c[-1].start : c[-1].end] for c in chunks}
    if (len(firsts) > 1) == (len(lasts) > 1):
        return None
    return Phrases(None, tuple((c[0].start, c[-1].end) for c in chunks))


def _versus(text: str, parts: list[list[Atom]], columns: int) -> Phrases | None:
    """`Drug alone  Drug vs Placebo`: each side of `vs` has its column."""
    spans: list[Span] = []
    groups: list[int] = []
    for part in parts:
        at = [i for i, a in enumerate(part) if _VERSUS.fullmatch(text, a.start, a.end)]
        if not at:
            spans.append((part[0].start, part[-1].end))
            groups.append(1)
        elif len(part) == 3 * len(at) and all(i % 3 == 1 for i in at):
            for i in at:
                spans += [(part[i - 1].start, part[i - 1].end), (part[i + 1].start, part[i + 1].end)]
                groups.append(2)
        elif len(at) == 1 and 0 < at[0] < len(part) - 1:
            spans += [(part[0].start, part[at[0] - 1].end), (part[at[0] + 1].start, part[-1].end)]
            groups.append(2)
        else:
            return None
    return Phrases(None, tuple(spans), tuple(groups)) if len(spans) == columns else None
