"""Long lists of words as one pattern that costs little.

`re` tries the words of a plain list one after the other at every place of a text. Here words that begin alike share
their beginning, so that at most places nothing but one sign is looked at.
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
    flag = "(?i:" if any_case else "(?:"

    def tree(parts: set[str]) -> str:
        branches: dict[str, list[str]] = {}
        for part in sorted(parts):
            branches.setdefault(part[0], []).append(part)
        return "|".join(branch(found) for found in branches.values())

    def branch(parts: list[str]) -> str:
        shared = _beginning(parts[0], parts[-1])  # of sorted words, first and last tell
        first = _either_case(shared[0]) if any_case and shared[0].isalpha() else spelling(shared[0])
        head = f"{first}{flag}{spelling(shared[1:])})"
        rest = {part[len(shared) :] for part in parts} - {""}
        return f"{head}(?:{tree(rest)}){'?' if shared in parts else ''}" if rest else head

    whole = {word.lower() if any_case else word for word in words}
    return f"(?:{tree(whole)})" if whole else "(?!)"


def grouped(pattern: str) -> str:
    """The same alternatives (`pain|rashes?|(?:A|B) cells`) grouped by the letter that they begin with.

    Their order changes: it is meant for patterns of which only matters whether they match. Compile it without
    `re.IGNORECASE`; letters count in either case.
    """
    rests: dict[str, list[str]] = {}
    for part in _split(pattern):
        plain = part[0].isalpha() and part[1:2] not in ("?", "*", "{")
        rests.setdefault(_either_case(part[0]) if plain else "", []).append(part[1:] if plain else part)
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


def _beginning(one: str, other: str) -> str:
    """The longest beginning that two words share."""
    length = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[:length]


def _either_case(letter: str) -> str:
    small, capital = letter.lower(), letter.upper()
    return f"[{small}{capital}]" if len(small + capital) == 2 else f"(?i:{letter})"
