"""Whether the text of a PDF can be read: fonts may print letters and map them to wrong ones, or to none."""

from __future__ import annotations

import re
from collections import Counter

from hcclit.readers.pdf.pages import PageLines

_MOST_LOST = 0.3  # of the long lines; a paper with more of them cannot be read
_LONG_LINE = 40  # signs; rows of cells are not judged
_FEWEST_LINES = 20  # of a face, by which it is judged
_FEWEST_TELLING = 0.05  # of its long lines; half of them have such a word in every language that is told here
_SMALL_WORDS = (
    "the and was were with for from that are not this which have been had has but than their who all after",
    "der die das und den von mit des bei ist eine", "les une est dans par sur pour avec que",
    "los las del con por para una dos das uma com não", "che non della dei per sono", "het een van zijn voor",
    "nie jest oraz przez dla", "och att som med för til ikke", "ile bir için olan", "dan yang pada dengan",
    "din este pentru care", "egy hogy volt nem oli ovat että", "jsou nebo při pri ako pro koji kod nije", "els amb",
    "các của trong được với",
)  # fmt: skip
"""The commonest words of three letters and more, of English and of other languages in Latin letters."""
_FUNCTION_WORDS = frozenset(word for words in _SMALL_WORDS for word in words.split())
_WORD = re.compile(r"[^\W\d_]{2,}")


def unmapped_share(pages: list[PageLines]) -> float:
    """The share of a paper's signs that no letter is known for."""
    lengths = [sum(len(line.text) for line in page.lines) for page in pages]
    return sum(page.unmapped * length for page, length in zip(pages, lengths, strict=True)) / max(1, sum(lengths))


def is_legible(pages: list[PageLines]) -> bool:
    """Whether the letters of the text make words, judged by the small words that no running text can do without.

    Text in other alphabets is not judged.
    """
    lines: Counter[int] = Counter()
    telling: Counter[int] = Counter()
    for line in (line for page in pages for line in page.lines if len(line.text) >= _LONG_LINE and not line.wide):
        tells = not _FUNCTION_WORDS.isdisjoint(line.text.lower().split())
        if tells or _has_latin_words(line.text):
            lines[line.face] += 1
            telling[line.face] += tells
    lost = sum(n for face, n in lines.items() if n >= _FEWEST_LINES and telling[face] < _FEWEST_TELLING * n)
    return lost <= _MOST_LOST * sum(lines.values())


def _has_latin_words(text: str) -> bool:
    words = _WORD.findall(text)
    return len(words) > 3 and sum(word < "\u0370" for word in words) > 0.5 * len(words)
