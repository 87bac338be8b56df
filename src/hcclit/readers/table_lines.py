"""What a line is as seen from a table: a row, a label or head, a note, a rule, or running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from hcclit.readers.lines import MAX_ROW, Line, LineKind
from hcclit.readers.value_units import Unit, is_number, tail, units, units_of

Role = Literal["blank", "row", "value", "label", "note", "rule", "prose", "stop", "furniture"]
"""`value` is a line that holds one value alone, `stop` a line that no table goes beyond."""

_DENSE = 0.3  # share of values that makes a row of a line, whatever words stand at its end
_RULE_SIGNS = " \t-–—_=─━.·*"
_GAP = re.compile(r"\S(?:[ \u00a0]{2,}|\t)\s*\S")
_BULLET = re.compile(r"(?:[•·▪◦●○–-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_PART = re.compile(r"(?:BODY|ABSTRACT)\.\S.*")
_MARKED = re.compile(r"[*†‡§¶#∗‖]+\s?(?=[^\s\d]*[^\W\d])")
_LETTERED = re.compile(r"(?:[a-h]\s?(?=[A-Z][a-z])|\([a-h*]\)\s|\d\s?(?=[A-Z][a-z]+ [a-z]+ [a-z]+ ))")
_OPENS_NOTE = re.compile(
    r"(?:(?:Notes?|NOTES?|Abbreviations?|ABBREVIATIONS?|Footnotes?|Source)\b|Statistical|Significan|Adapted|Repr(?:oduc|int)ed"
    r"|Data (?:are|were|is|shown|presented|in)\b|(?:All )?[Vv]alues (?:are|were|in|shown|represent|given)\b"
    r"|(?:Numbers?|Percentages|Results|Figures) (?:are|in|may)\b|[Pp][ -]?values? [a-z]"
    r"|(?:All )?[Aa]nalys[ei]s (?:was|were)\b)"
)
_ABBREVIATION = r"[*†‡§]?[\w/+-]{0,12}[A-Zα-ω>%][\w/+-]{0,12}"
_DEFINITION = re.compile(
    rf"(?:^|[;,.]\s|\band\s){_ABBREVIATION}(?:, | ?[:=] ?)[^\W\d][^;:=]{{2,80}}"
    r"(?=[;.]|$|, [A-Z][\w-]{0,12}[A-Z][\w-]{0,12} ?[=:])"
)
_FUNCTION = re.compile(
    r"\b(?:the|was|were|is|are|has|had|have|been|be|we|our|that|which|this|these|those|their|its|it|they|while|whereas"
    r"|however|showed|did|may|can|could|should|would|also|there)\b"
)
_SENTENCE_BREAK = re.compile(r"[a-z)\]%](?<!\bal)(?<!\bvs)(?<!\bNo)\.\d{0,3}\s+[A-Z][a-z]*\b(?!\.)")
_HEAD_PART = re.compile(r"\([nN𝑛𝑁]\s?=\s?\d+\)|\b[pP𝑝𝑃][ -]?values?\b|\(%\)|\([^)\s]*/[^)\s]*\)|\bCI\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BY_KIND: dict[LineKind, Role] = {"blank": "blank", "caption": "stop", "table_caption": "stop"}
_CITED = re.compile(r"\bet al\.?,?$")


def role(line: Line) -> Role:
    """Say what a line is to a table that it may stand in. Linear in the line's length."""
    text = line.text
    if line.kind in _BY_KIND:
        return _BY_KIND[line.kind]
    if line.kind == "furniture":
        return "value" if is_number(text) else "furniture"
    if _is_rule(text):
        return "rule"
    if _PART.match(text):
        return "stop"
    return "note" if is_note(text) else _by_units(text)


def _is_rule(text: str) -> bool:
    """A line drawn with signs (`-----`), over or under heads."""
    return not text.strip(_RULE_SIGNS) and any(text.count(sign) > 2 for sign in "-–—_=─━")


def _by_units(text: str) -> Role:
    tabbed = "\t" in text and len(text) <= 2 * MAX_ROW
    if tabbed or len(text) > MAX_ROW:
        return "row" if tabbed else "prose"
    row = units_of(text)
    if len(row) == 1:
        return "value" if row[0].kind == "value" else "label"
    values = [unit.kind for unit in row].count("value")
    if values >= 3 and values / len(row) >= _DENSE and not text.endswith("."):
        return "row"
    if is_prose(text, row):
        return "prose"
    is_row = tail(row) and not text.endswith((",", ";"))
    is_row = is_row or (row[0].kind == "value" and values >= 2 and values / len(row) >= _DENSE)
    return "row" if is_row or (has_gap(text) and len(text) < MAX_ROW / 3) else "label"


def is_prose(text: str, row: Sequence[Unit]) -> bool:
    """Whether a line reads as running text: verbs and articles, a sentence's end inside, or many words."""
    words, values = len(text.split()), tail(row)
    if words < 5 or (_CITED.search(text) and text.count("et al") > 1):
        return False
    if _SENTENCE_BREAK.search(text):
        return True
    if has_gap(text) and values:
        return False
    functions = len(_FUNCTION.findall(text))
    if functions and (values == 0 or functions >= 2 or text.endswith(".")):
        return True
    return _breaks_off(text, words, values) if values else _is_wordy(text, words)


def _breaks_off(text: str, words: int, values: int) -> bool:
    """A line of running text that a number ends by chance: in a bracket, in a sentence begun before."""
    cut = text.count("(") > text.count(")") or (text[0].islower() and values == 1)
    return words >= 7 and len(_WORD.findall(text)) >= 5 and (cut or text.endswith("."))


def _is_wordy(text: str, words: int) -> bool:
    """Many words without a value, not written as heads are."""
    ends = text.endswith((".", "-")) and not _CITED.search(text)
    if words >= 10 and not ends:
        low = sum(word[0].islower() for word in text.split())
        return 2 * low >= words and len(_HEAD_PART.findall(text)) < 2
    goes_on = text[0].islower() and len(_WORD.findall(text)) >= 5
    return words >= 10 or (words >= 6 and (goes_on or ends))


def has_sentence_words(text: str) -> bool:
    """Whether a line has words that labels and heads do without."""
    return bool(_FUNCTION.search(text))


def is_note(text: str) -> bool:
    """Whether a line opens a table's note: a mark, an introduction, or a list of abbreviations."""
    if "\t" in text or is_number(text):
        return False
    if _OPENS_NOTE.match(text):
        return True
    if _MARKED.match(text):
        return tail(units(text, 0, min(len(text), MAX_ROW))) < 2
    if _LETTERED.match(text):
        return len(text.split()) >= 4 and not tail(units(text, 0, min(len(text), MAX_ROW)))
    if len(text) <= 12 or (";" not in text and not text.endswith(".")):
        return False
    return bool(_DEFINITION.match(text)) or sum(1 for _ in _DEFINITION.finditer(text, 0, MAX_ROW)) >= 3


def has_gap(text: str) -> bool:
    """Whether columns stand apart by a tab or several spaces; a list's bullet is no column."""
    bullet = _BULLET.match(text)
    return bool(_GAP.search(text, bullet.end() - 1 if bullet else 0))


def ends_sentence(text: str) -> bool:
    """Whether a line finishes what it says."""
    return text.rstrip("\"'”’)]").endswith((".", "!", "?"))


def note_goes_on(last: Line, line: Line) -> bool:
    """Whether a line is the next line of the note whose last line so far is `last`."""
    if line.kind == "blank" or line.page_start or ends_sentence(last.text):
        return False
    if role(line) in ("stop", "rule", "furniture", "blank"):
        return False
    return line.text[0].islower() or len(line.text) <= 1.3 * len(last.text)  # else not as wide as its lines
