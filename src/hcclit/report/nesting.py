"""Spans of a text as elements of HTML, which may lie in one another but never cross."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup, escape

_UNSAYABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "�")
"""What no HTML page can hold; each becomes one sign, so that the places of the others stay."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """A span and the tags around it: `first` opens its first piece, `again` every other that it is cut into."""

    start: int
    end: int
    key: str
    first: Markup
    again: Markup
    closing: Markup


class Wraps:
    """Spans over a text, and which of them have been opened."""

    def __init__(self, wraps: Iterable[Wrap]) -> None:
        """Take the spans; of those that begin at one place, the longest is the outermost."""
        self._wraps = sorted(wraps, key=lambda wrap: (wrap.start, -wrap.end))
        self._starts = [wrap.start for wrap in self._wraps]
        self._reach = list(accumulate((wrap.end for wrap in self._wraps), max))
        self._opened: set[str] = set()

    def over(self, start: int, end: int) -> list[Wrap]:
        """The spans that share a sign with a place, in order."""
        index = bisect_left(self._starts, end) - 1
        found = []
        while index >= 0 and self._reach[index] > start:  # beyond it none reaches the place
            if self._wraps[index].end > start:
                found.append(self._wraps[index])
            index -= 1
        return found[::-1]

    def inside(self, start: int, end: int) -> bool:
        """Whether a span lies wholly in a place."""
        return any(start <= wrap.start and wrap.end <= end for wrap in self.over(start, end))

    def opened(self, wrap: Wrap) -> bool:
        """Whether a span has an element yet."""
        return wrap.key in self._opened

    def tag(self, wrap: Wrap) -> Markup:
        """The tag that opens the next piece of a span."""
        tag = wrap.again if wrap.key in self._opened else wrap.first
        self._opened.add(wrap.key)
        return tag

    def html(self, text: str, start: int, end: int) -> Markup:
        """`text[start:end]` with its spans as elements; the content of the outcome's text is exactly that stretch."""
        waiting = [
            (max(wrap.start, start), -min(wrap.end, end), number, wrap)
            for number, wrap in enumerate(self.over(start, end))
        ]
        heapq.heapify(waiting)
        writer = _Writer(text, start)
        while waiting:
            begin, minus_stop, number, wrap = heapq.heappop(waiting)
            writer.close(begin)
            room = writer.room()
            if room < -minus_stop:  # it reaches out of the span that it begins in, and goes on behind it
                heapq.heappush(waiting, (room, minus_stop, number, wrap))
            writer.open(begin, min(room, -minus_stop), self.tag(wrap), wrap.closing)
        writer.close(end)
        writer.write(end)
        return Markup("").join(writer.parts)


class _Writer:
    """HTML as far as it has been written, and the elements that are open."""

    def __init__(self, text: str, start: int) -> None:
        self.parts: list[Markup] = []
        self._text = text
        self._at = start
        self._open: list[tuple[int, Markup]] = []

    def write(self, end: int) -> None:
        """Write the text up to a place."""
        self.parts.append(sayable(self._text[self._at : end]))
        self._at = end

    def close(self, place: int) -> None:
        """Close what ends at a place or before it."""
        while self._open and self._open[-1][0] <= place:
            end, closing = self._open.pop()
            self.write(end)
            self.parts.append(closing)

    def room(self) -> int:
        """Where the innermost open element ends."""
        return self._open[-1][0] if self._open else len(self._text)

    def open(self, start: int, end: int, tag: Markup, closing: Markup) -> None:
        """Open an element at a place, until another."""
        self.write(start)
        self.parts.append(tag)
        self._open.append((end, closing))


def sayable(text: str) -> Markup:
    """Escape a text so that a browser gives back each sign of it: it would read a bare carriage return as a newline."""
    return Markup(str(escape(text.translate(_UNSAYABLE))).replace("\r", "&#13;"))
