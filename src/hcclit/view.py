"""A cleaned view of a document's running text, with a map back to the true offsets.

The view joins what a page breaks apart (line breaks, hyphens at line ends, sentences cut by a page head) and
writes each sign in one way: one space, one hyphen, one apostrophe, `.` as decimal sign, superscript powers as
`^4`. Extractors read the view; records are cut from the untouched text.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from hcclit.document import Block, Document
from hcclit.records import Section

FLOWING = ("heading", "paragraph", "caption", "note")

_SIGNS = str.maketrans(
    dict.fromkeys(
        "\t\n\r\x0b\x0c\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "
    )
    | dict.fromkeys("‐‑‒–−﹣－", "-")
    | dict.fromkeys("‘’ʼ′", "'")
    | dict.fromkeys("“”", '"')
    | {"\u03bc": "\u00b5", "\u02da": "\u00b0", "\u2a7d": "\u2264", "\u2a7e": "\u2265", "\u2a89": "\u2264"}
    | {
        "\u2217": "*",
        "\uff05": "%",
        "\uff1c": "<",
        "\uff1e": ">",
        "\uff1d": "=",
        "\uff08": "(",
        "\uff09": ")",
    }
)  # each sign maps to one sign, so that offsets stay where they are
_EXPAND = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\u00ad": "", "\u200b": "",
           "\ufeff": "", "\u2060": ""}  # fmt: skip
_SUPERSCRIPT = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b", "0123456789-")

_EDIT = re.compile(
    r"(?P<hyphen>(?<=\w)[-\u2010\u00ad][ \t\u00a0]*\r?\n\s*(?=[\w-]))"
    r"|(?P<sign>(?<=[\w%][/\u2012\u2013\u2212])[ \t\u00a0]*\r?\n\s*(?=\w))"  # a line's end after `mg/`, `3–`
    r"|(?P<middot>(?<=\d)[\u00b7\u2219\u22c5](?=\d))"
    r"|(?P<super>[\u2070\u00b9\u00b2\u00b3\u2074-\u207b]+)"
    r"|(?P<expand>[\ufb00-\ufb04\u00ad\u200b\ufeff\u2060])"
    r"|(?P<space>[ \t\r\n\x0b\x0c\u00a0\u2000-\u200a\u202f\u3000]{2,})"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(
    r"(?<![^\W\d_])[^\W\d_]+(?:[-\u2010\u00ad][ \t\u00a0]*\r?\n\s*-?|\u00ad)[^\W\d_]+"
)  # words in two parts
_SOFT = re.compile(r"[^\W_]+(?:\u00ad[^\W_]+)+")
_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_BEGINNINGS = frozenset(
    {"con", "dis", "for", "inter", "mis", "out", "over", "per", "pro", "sub", "there", "under", "where", "with"}
)
"""Words that other words begin with, too."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A logical paragraph in the view: its span there, its section, its kind."""

    start: int
    end: int
    section: Section | None
    kind: str


class View:
    """The cleaned text and the way back: `offsets[i]` is the place in the document of the view's i-th sign."""

    def __init__(self, text: str, offsets: array[int], passages: list[Passage]) -> None:
        self.text = text
        self.passages = passages
        self._offsets = offsets

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the view, half open and not empty, to the document."""
        return self._offsets[start], self._offsets[end - 1] + 1

    def from_source(self, wanted: Set[int]) -> dict[int, int]:
        """Where signs of the document, given by their places, stand in the view; those that it lacks are left out."""
        return {source: at for at, source in enumerate(self._offsets) if source in wanted}


def make_view(document: Document) -> View:
    """Clean the running text of a document; tables and page furniture stay out.

    Linear in the length of the text.
    """
    begin, end = (document.blocks[0].start, document.blocks[-1].end) if document.blocks else (0, 0)
    words = _hyphen_evidence(document.text[begin:end])
    buffer = _Buffer()
    passages: list[Passage] = []
    for chain in _chains(document.blocks):
        begin = len(buffer.offsets)
        for block in chain:
            if len(buffer.offsets) > begin:
                buffer.join(document.text, block)
            for text, source in _clean(document.text, block.start, block.end, words):
                buffer.add(text, source)
        passages.append(Passage(begin, len(buffer.offsets), chain[0].section, chain[0].kind))
        buffer.add("\n", [chain[-1].end - 1])
    return View("".join(buffer.pieces), buffer.offsets, passages)


class _Buffer:
    """Pieces of the view under construction with the source offset of each sign."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.offsets: array[int] = array("q")

    def add(self, text: str, source: Iterable[int]) -> None:
        self.pieces.append(text)
        self.offsets.extend(source)

    def join(self, text: str, block: Block) -> None:
        """Go on with a block whose first part ended earlier: drop a broken word's hyphen, else set a space."""
        last = self.pieces[-1]
        if last.endswith("-") and last[-2:-1].islower() and text[block.start].islower():
            self.pieces[-1] = last[:-1]
            self.offsets.pop()
        else:
            self.add(" ", [block.start])


def clean(text: str) -> str:
    """Write a short text (a table's cell, a head) as the view would, white space at the ends stripped."""
    return "".join(piece for piece, _ in _clean(text, 0, len(text), {})).strip()


def with_hyphens(text: str) -> str:
    """Write soft hyphens as hyphens where they belong to their words, judged as at a line's end."""
    words = _hyphen_evidence(text)
    return _SOFT.sub(lambda word: _with_hyphens(word.group().split("\u00ad"), words), text)


def _with_hyphens(parts: list[str], words: Mapping[str, int]) -> str:
    """A word of several parts; what stands after the last hyphen that it keeps is judged with each next part."""
    out, left = parts[0], parts[0]
    for i, part in enumerate(parts[1:], 1):
        kept = _keeps_hyphen(left, "".join(parts[i:]), words)
        out += ("-" if kept else "\u00ad") + part
        left = part if kept else left + part
    return out


def _chains(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """Group flowing blocks into logical paragraphs, each in the order of its parts."""
    chains: dict[int, list[Block]] = {}
    head: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if block.kind not in FLOWING:
            continue
        first = head.get(block.continues, index) if block.continues is not None else index
        head[index] = first
        chains.setdefault(first, []).append(block)
    return [chains[i] for i in sorted(chains)]


def _clean(text: str, start: int, end: int, words: Mapping[str, int]) -> Iterator[tuple[str, Iterable[int]]]:
    """Yield cleaned pieces with the source offset of each of their signs."""
    at = start
    for edit in _EDIT.finditer(text, start, end):
        if edit.start() > at:
            yield text[at : edit.start()].translate(_SIGNS), range(at, edit.start())
        new = _replacement(edit, text, words)
        yield new, [min(edit.start() + i, edit.end() - 1) for i in range(len(new))]
        at = edit.end()
    if at < end:
        yield text[at:end].translate(_SIGNS), range(at, end)


def _replacement(edit: re.Match[str], text: str, words: Mapping[str, int]) -> str:
    found = edit.group()
    if edit["space"]:
        return " "
    if edit["sign"]:
        return ""
    if edit["middot"]:
        return "."
    if edit["expand"]:
        return _EXPAND[found]
    if edit["super"]:
        digits = found.translate(_SUPERSCRIPT)
        return f"^{digits}" if text[edit.start() - 1 : edit.start()].isdigit() else digits
    return "-" if _keeps_line_hyphen(edit, text, words) else ""


def _keeps_line_hyphen(edit: re.Match[str], text: str, words: Mapping[str, int]) -> bool:
    before = re.search(r"[^\W_]+$", text[max(0, edit.start() - 40) : edit.start()])
    after = re.match(r"-?([^\W_]+)", text[edit.end() : edit.end() + 40])
    if before is None or after is None:
        return True
    if text[edit.end()] == "-":  # "side-" and "-effects": the hyphen is printed twice, kept once
        return False
    return _keeps_hyphen(before.group(), after.group(1), words)


def _keeps_hyphen(left: str, right: str, words: Mapping[str, int]) -> bool:
    """Whether a hyphen at a line's end belongs to the word: judged by how the paper writes it, or its parts."""
    joined, hyphened = f"{left}{right}".lower(), f"{left}-{right}".lower()
    if words.get(hyphened, 0) != words.get(joined, 0):
        return words.get(hyphened, 0) > words.get(joined, 0)
    if not right[0].islower() or not left[-1].islower():
        return True
    two_words = len(left) > 2 and left.lower() in words and right in words and left.lower() not in _BEGINNINGS
    return two_words or left.lower() in _TENS


def _hyphen_evidence(text: str) -> dict[str, int]:
    """How often a text has its words, those that a line's end breaks left out."""
    breaks = any(sign in text for sign in ("-\n", "- \n", "\u2010\n", "\u00ad", "-\r\n"))
    return Counter(_WORD.findall(_BROKEN.sub(" ", text.lower()))) if breaks else {}
