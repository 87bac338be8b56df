"""What a name of an endpoint is: its place, its code, what kind of value it takes."""

from __future__ import annotations

from dataclasses import dataclass

CORE_RATES = ("ORR", "DCR", "CBR", "CR", "PR", "SD", "PD")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint named at a place.

    `kind` is `time` (to an event), `span` (of time), `rate` (of a category), `event`, `verb` (that comes after its
    number), `ae` or `topic` (takes no value, but a ratio). `weak`: the words around it turn it from a result into a
    topic (`OS analysis`). `gain`: a number right after it is a difference (`survival benefit`). `base`: what its
    events are counted for (`DFS` of "DFS events").
    """

    start: int
    end: int
    code: str
    kind: str
    name: str = ""
    weak: bool = False
    gain: bool = False
    base: str = ""

    @property
    def topic(self) -> str:
        """The endpoint that a ratio or p-value beside it is about."""
        return self.base or self.code
