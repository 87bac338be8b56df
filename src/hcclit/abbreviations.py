"""Short forms that a paper defines, by scispaCy's rules (Schwartz and Hearst 2003), sentence by sentence.

scispaCy's detector itself has spaCy's matcher list every pair of brackets, near or far, and then looks for each short
form everywhere, which takes time by the square of the length. Here only those pairs are listed that its rules accept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from scispacy.abbreviation import filter_matches, find_abbreviation
from spacy.tokens import Doc

_PIECE = 3_000
"""The longest stretch of text, in signs, that a definition is looked for at once."""
_MOST_TOKENS = 8  # in brackets, by scispaCy's rules


def find_abbreviations(sentences: Iterable[str], tokenise: Callable[[str], Doc]) -> dict[str, str]:
    """Short forms that sentences define, with their long forms: `{"AFP": "alpha-fetoprotein"}`; the first one holds."""
    found: dict[str, str] = {}
    for piece in _pieces(sentences):
        for short, long in _definitions(tokenise(piece)):
            found.setdefault(short, long)
    return found


def _pieces(sentences: Iterable[str]) -> Iterator[str]:
    for text in sentences:
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE]
            if "(" in piece and ")" in piece:
                yield piece


def _definitions(doc: Doc) -> Iterator[tuple[str, str]]:
    """The definitions of a piece of text; each short form and each long form is defined once."""
    shorts: set[str] = set()
    longs: set[str] = set()
    for long_candidate, short_candidate in filter_matches(list(_bracketed(doc)), doc):
        short, long = find_abbreviation(long_candidate, short_candidate)
        if long is not None and short.text not in shorts and long.text not in longs:
            shorts.add(short.text)
            longs.add(long.text)
            yield short.text, long.text


def _bracketed(doc: Doc) -> Iterator[tuple[int, int, int]]:
    """What stands in brackets, nested or not, as spaCy's matcher would give it: a key, first token, end."""
    opened: list[int] = []
    for index, token in enumerate(doc):
        if token.text == "(":
            opened.append(index)
        elif token.text == ")":
            opened = [place for place in opened[-_MOST_TOKENS - 1 :] if index - place <= _MOST_TOKENS + 1]
            yield from ((0, place + 1, index) for place in opened if index - place > 1)
