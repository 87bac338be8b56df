"""What the model calls a drug in one sentence is one in the others too, which it has not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hcclit.entities import Entity

_SHORTEST = 4
_PLAIN = 6
"""Letters from which a name counts in capitals and small letters alike."""

Span = tuple[int, int]


def spread(text: str, found: Iterable[Entity], read: Sequence[Span] = ()) -> Iterator[Entity]:
    """The places of drugs that the model found, outside the sentences that it has read, in order.

    Args:
        text: cleaned text.
        found: what the model found, there or elsewhere in the paper.
        read: the sentences of the text that it has read, in order.
    """
    named = {entity.text: entity for entity in found if entity.label == "DRUG" and len(entity.text) >= _SHORTEST}
    if not named:
        return
    plain = {written.casefold(): entity for written, entity in named.items() if len(written) >= _PLAIN}
    names = sorted(named, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", re.I)
    at = 0
    for start, end in [*read, (len(text), len(text))]:
        for match in pattern.finditer(text, at, start):
            entity = named.get(match.group()) or plain.get(match.group().casefold())
            if entity is not None:
                yield replace(entity, start=match.start(), end=match.end(), text=match.group())
        at = end
