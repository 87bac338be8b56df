"""From the probabilities of tags to spans: the best reading in which every span begins and ends.

Tags are `O` outside, `S-` for a span of one word, and `B-`, `I-`, `E-` for the first, the inner and the last word of
longer ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hcclit.ner.network import Floats

_NEVER = -1e9


class Decoder:
    """Reads the spans of one head."""

    def __init__(self, tags: Sequence[str]) -> None:
        self._tags = tags
        self._moves = _moves(tags)

    def __call__(self, scores: Floats) -> Iterator[tuple[int, int, str, float]]:
        """Spans in words, half open, with label and how sure the least sure word of each is (0 to 1).

        Args:
            scores: log probabilities, a row for each word.
        """
        path = self._path(scores)
        start = 0
        for place, tag in enumerate(path):
            name = self._tags[tag]
            if name[0] in "BS":
                start = place
            if name[0] in "ES":
                least = min(float(scores[at, path[at]]) for at in range(start, place + 1))
                yield start, place + 1, name[2:], float(np.exp(least))

    def _path(self, scores: Floats) -> NDArray[np.int64]:
        """The best lawful row of tags; mostly the best tag of each word is lawful already."""
        path: NDArray[np.int64] = scores.argmax(1)
        edge = [len(self._tags)]
        around = np.concatenate([edge, path, edge])
        if (self._moves[around[:-1], around[1:]] == 0).all():
            return path
        return self._viterbi(scores)

    def _viterbi(self, scores: Floats) -> NDArray[np.int64]:
        inner, best, back = self._moves[:-1, :-1], scores[0] + self._moves[-1, :-1], []
        for row in scores[1:]:
            ways = best[:, None] + inner
            back.append(ways.argmax(0))
            best = ways.max(0) + row
        path = [int((best + self._moves[:-1, -1]).argmax())]
        for before in reversed(back):
            path.append(int(before[path[-1]]))
        return np.array(path[::-1])


def _moves(tags: Sequence[str]) -> Floats:
    """Which tag may follow which: 0, or a sum that nothing makes up for; the last row and column are the ends."""
    count = len(tags)
    table = np.full((count + 1, count + 1), _NEVER, dtype=np.float32)
    opening = [index for index, tag in enumerate(tags) if tag[0] in "OBS"]
    for index in [*(i for i, tag in enumerate(tags) if tag[0] in "OES"), count]:
        table[index, opening] = 0
        table[index, count] = 0
    for index, tag in enumerate(tags):
        if tag[0] in "BI":
            table[index, [tags.index(f"I-{tag[2:]}"), tags.index(f"E-{tag[2:]}")]] = 0
    return table
