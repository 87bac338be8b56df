"""Where a sentence turns from one work to another: `similar to`, `than`, `whereas`, `;`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.language import Sentence

TURN = re.compile(
    r"(?P<likened>,? \b(?:(?:comparable|similar|consistent|analogous|identical|close) (?:with|to)"
    r"|corresponds? to|agrees? with"
    r"|in (?:line|agreement|accordance|keeping|contrast) (?:with|to)|contrasts? with|unlike)\b)"
    r"|(?P<compared>,? \b(?:(?:as )?compare[ds] (?:with|to)|(?:inferior|superior) to|in comparison (?:with|to)"
    r"|than (?:that|those|the|what|in|has|reported|previously|expected)|(?<!less )(?<!more )than(?= \d)"
    r"|as opposed to|against the)\b)"
    r"|(?P<parted>;|,? \b(?:whereas|while|whilst|although|though|however)\b|, (?:but|which|and (?:in|our"
    r"|the present))\b"
    r"|(?<=\w )(?:according to|based on|on the basis of)\b"  # why something was done is not whose it is
    r"|(?<=[a-z\d)\]])(?<! al)\. (?=(?-i:[A-Z])))",
    re.IGNORECASE,
)
"""Groups: `likened` ("similar to"), `compared` ("than"), `parted` (";")."""


def cut(sentence: Sentence) -> Iterator[tuple[int, int, str | None]]:
    """Spans of a sentence's stretches, with the sort of turn that leads into each."""
    at: int = sentence.start
    turn: str | None = None
    depth, seen = 0, 0
    for match in TURN.finditer(sentence.text):
        between = sentence.text[seen : match.start()]
        depth, seen = max(0, depth + _opened(between)), match.start()
        place = sentence.start + match.start()
        if place > at and depth == 0:
            yield at, place, turn
            at, turn = place, match.lastgroup
    yield at, sentence.end, turn


def _opened(text: str) -> int:
    """How many brackets a text leaves open."""
    return sum(text.count(sign) for sign in "([") - sum(text.count(sign) for sign in ")]")
