"""Long lists of words as one pattern that costs little.

`re` tries the words of a plain list one after the other at every place of a text. Here they are grouped by their first
sign, so that at most places nothing but that sign is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable


def one_of(words: Iterable[str], *, any_case: bool = True, spelling: Callable[[str], str] = re.escape) -> str:
    """A group that matches any of the words, the longest that fits; to be compiled without `re.IGNORECASE`.

    Args:
        words: none of them empty.
        any_case: whether capitals and small letters are the same.
        spelling: makes the pattern of a word's part, where a word may be written in several ways.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(_first(word[0], any_case=any_case), []).append(spelling(word[1:]))
    flag = "(?i:" if any_case else "(?:"
    groups = [f"{first}{flag}{'|'.join(rest)})" for first, rest in rests.items()]
    return f"(?:{'|'.join(groups)})" if groups else "(?!)"


def grouped(pattern: str) -> str:
    """The same alternatives (`pain|rashes?|(?:A|B) cells`) grouped by the letter that they begin with.

    Their order changes: it is meant for patterns of which only matters whether they match. Compile it without
    `re.IGNORECASE`; letters count in either case.
    """
    rests: dict[str, list[str]] = {}
    for part in _split(pattern):
        plain = part[0].isalpha() and part[1:2] not in ("?", "*", "{")
        rests.setdefault(_first(part[0], any_case=True) if plain else "", []).append(part[1:] if plain else part)
    groups = [f"{first}(?i:{'|'.join(rest)})" for first, rest in rests.items()]
    return f"(?:{'|'.join(groups)})"


def _split(pattern: str) -> list[str]:
    """The alternatives of a pattern, split at the bars that stand in no group."""
    parts, depth = [""], 0
    for sign in pattern:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _first(sign: str, *, any_case: bool) -> str:
    small, capital = sign.lower(), sign.upper()
    return f"[{small}{capital}]" if any_case and len(small + capital) == 2 and small != capital else re.escape(sign)
