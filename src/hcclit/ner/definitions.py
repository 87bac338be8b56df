"""Where a text defines a short form in brackets, by the rules of Schwartz and Hearst (2003), word by word.

`hcclit.abbreviations` gives the long forms; here it is their places that count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_SHORTEST, _LONGEST = 2, 8
"""Characters of a short form."""


def definitions(sentences: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """Each definition: its sentence, the place of the long form's last word there, the short form."""
    for number, words in enumerate(sentences):
        for place in range(1, len(words) - 2):
            if words[place] == "(" and words[place + 2] in (")", ";", ",") and _is_defined(words, place):
                yield number, place - 1, words[place + 1]


def _is_defined(words: Sequence[str], bracket: int) -> bool:
    short = words[bracket + 1]
    has_shape = short[0].isalnum() and any(sign.isupper() for sign in short)
    if not has_shape or not _SHORTEST <= len(short) <= _LONGEST:
        return False
    reach = min(len(short) + 5, 2 * len(short), bracket)
    return stands_for(short, words[bracket - reach : bracket])


def stands_for(short: str, words: Sequence[str]) -> bool:
    """Whether a short form's letters stand in the words in order, its first at the beginning of a word."""
    text = " ".join(words).lower()
    at = len(text)
    for letter in reversed([sign for sign in short.lower() if sign.isalnum()]):
        at = text.rfind(letter, 0, at)
        if at < 0:
            return False
    begins = (place for place in range(at + 1) if place == 0 or not text[place - 1].isalnum())
    return any(text[place] == short[0].lower() for place in begins)
