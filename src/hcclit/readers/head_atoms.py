"""The pieces of a head set with single spaces: where a column's boundary is sure, possible or ruled out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.readers.grid import Span
from hcclit.readers.value_units import units

_CI = r"95 ?% ?(?:CIs?|[Cc]onfidence [Ii]ntervals?)"
_RATIO = (
    r"(?:[acu]|[Aa]djusted |[Cc]rude )?"
    r"(?:HR|OR|RR|COR|AOR|[Hh]azard ratio|[Oo]dds ratio|[Rr]elative risk|Exp ?\(B\))(?:/(?:HR|OR|RR))?"
)
_TEST = r"(?:[\w-]{1,20}['’]s |[Ll]og-?rank |(?:[Uu]n)?[Aa]djusted |[Cc]hi-?squared? |[Tt]rend |[Ii]nteraction )?"
_P = rf"{_TEST}[Pp𝑝𝑃][ -]?(?:[Vv]alues?)?[a-d]?(?:\s\([^)]{{1,20}}\))?"
_CITED = r"(?:[^\W\d_][\w.'’-]{0,30},?\s+){1,4}?et al\.?,?(?:\s*\(?\d{4}\)?)?(?:\s*\[\d+\])?"
_SPECIAL = re.compile(
    rf"(?:{_P}(?![\w-])|{_RATIO}(?: ?[(\[]|, ?){_CI}[)\]]?|{_RATIO}(?![\w-])|\(?{_CI}\)?|{_CITED}"
    r"|[Nn]o\. of [a-z]+|[Nn]umber of [a-z]+|[nN](?:o\.)? ?\(%\)|%|χ ?[²2]|[nN](?=\s|$)(?!\s*=))"
)
_P_HEAD = re.compile(rf"{_P}[*†‡]?")
_RATIO_CI = re.compile(rf"{_RATIO},? {_CI}")
_NUMBERED = re.compile(r"(?:[A-Za-z]{3,}|.*-[a-z]+)")
_NUMBER_OF = re.compile(r"(?:[\d/.,–-]+|[A-H]|I{1,3}|IV|V)(?:,? ?(?:n|%)|\s?\([nN]\s?=\s?\d+\))?")
_TAKES_LETTER = re.compile(r"(?:group|arm|stud(?:y|ies)|trial|treatment|case|patient|test|response)s?", re.I)
_OF_WHAT = (
    r"(?:baseline|patient(?:s['’]?|['’]s)?|clinical|demographic|tumou?r|study|prognostic|risk|treatment|adverse|side"
    r"|investigated)"
)
_LABELS = (
    r"(?:characteristics?|variables?|parameters?|factors?|features?|items?|categor(?:y|ies)|covariates?|outcomes?"
    r"|events?|effects?|reactions?|toxicit(?:y|ies)|groups?|arms?|stud(?:y|ies)|authors?|trials?|references?"
    r"|predictors?|determinants?|endpoints?|responses?|measures?|symptoms?|treatments?|data|tests?)"
)
_STUB = re.compile(
    rf"(?:{_OF_WHAT} ?)*{_LABELS}(?: \([^)]{{1,20}}\))?"
    r"|(?:patients?|cases?|pts?\.?)(?: ?(?:no\.?|numbers?|ID|#))?|no\.(?!\s*(?:of|%|\())|#",
    re.I,
)
_WHOLE_GROUP = re.compile(
    r"(?:All|Total|Overall|Values?|N|No\.?|n|Number|Patients|Frequency|Results?)\b.*|.*[)%\]]|.*\b[nN]\s?=\s?\d+",
    re.S,
)
_VERSUS = re.compile(r"(?:vs?\.?|versus)")
_SIZE = re.compile(r"\(?[nN𝑛𝑁]\s?=\s?\d+\)?")
_SIZED = re.compile(r"(?:[nN𝑛𝑁]\s?=\s?\d+\)?|\)),?$")
_COUNT = re.compile(r"[nN](?:o\.)? ?\(%\)|%")
_GAP = re.compile(r"\s{2,}|\t|\n")
_LONGEST = 600
_LONGEST_STUB = 80


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a head that no boundary cuts; `opens` and `closes` say that one stands at its side."""

    start: int
    end: int
    opens: bool
    closes: bool


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
    if is_stub(last) and not _TAKES_LETTER.fullmatch(last):
        return False
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


def is_p_head(text: str) -> bool:
    """Whether a head is that of p-values, whatever test it names."""
    return bool(_P_HEAD.fullmatch(text)) or text.lower().startswith(("log-rank", "logrank", "sig.", "significance"))


def names_measure(text: str) -> bool:
    """Whether a head only says how its values are given (`No. (%)`, `N = 20`)."""
    return bool(_COUNT.fullmatch(text) or _SIZE.fullmatch(text))


def is_stub(text: str) -> bool:
    """Whether a text is the head of the row labels (`Characteristics`, `Patient No.`)."""
    return len(text) <= _LONGEST_STUB and bool(_STUB.fullmatch(" ".join(text.split())))


def names_all(text: str) -> bool:
    """Whether a text can be the only column's head (`All patients`, `n (%)`)."""
    return bool(_WHOLE_GROUP.fullmatch(text))


def stub_at(text: str, start: int, end: int) -> int | None:
    """Where the head of the row labels ends that a head line begins with."""
    match = _STUB.match(text, start, min(end, start + _LONGEST_STUB))
    return match.end() if match else None


def is_versus(text: str, atom: Atom) -> bool:
    """Whether an atom stands between two arms (`vs`)."""
    return bool(_VERSUS.fullmatch(text, atom.start, atom.end))


def is_special(text: str, atom: Atom) -> bool:
    """Whether an atom is a statistic's name (`P value`, `HR`, `n (%)`), never the head of row labels."""
    return bool(_SPECIAL.fullmatch(text, atom.start, atom.end))


def with_ratios(text: str, pieces: list[Atom]) -> list[Atom]:
    """Take `HR 95% CI` for one head, for cells such as `1.2 (0.9-1.6)`."""
    out: list[Atom] = []
    for atom in pieces:
        if out and _RATIO_CI.fullmatch(text, out[-1].start, atom.end):
            out[-1] = Atom(out[-1].start, atom.end, opens=True, closes=True)
        else:
            out.append(atom)
    return out
