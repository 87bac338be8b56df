"""The shipped model as a spaCy component: fills `doc.spans["bc5cdr"]` and `doc.spans["maccrobat"]`.

The two corpora disagree on what an entity is, so each has a head and a span group of its own. `attrs["scores"]` of a
group says how sure each of its spans is.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from hcclit.ner.decoding import Decoder
from hcclit.ner.network import Floats, Network
from hcclit.ner.sharing import Rule, Text
from hcclit.sentences import sentence_spans

FACTORY = "hcclit_tagger"
GROUPS = {"bc5": "bc5cdr", "mac": "maccrobat"}
"""The span group of each head."""
WEIGHTS, META = "weights.npz", "meta.json"
_LINE = re.compile(r"[^\n]+")
_LONGEST = 160
"""Words of a sentence that are read at once."""
_AT_ONCE = 6_000
"""Words that the network reads at once: more takes memory, fewer time."""


def sentences_of(doc: Doc) -> list[list[int]]:
    """The tokens of each sentence, white space left out: as they are annotated, or else by their signs."""
    if doc.has_annotation("SENT_START"):
        rows = [[token.i for token in sentence if not token.is_space] for sentence in doc.sents]
    else:
        text = doc.text  # which spaCy puts together anew each time
        spans = [span for line in _LINE.finditer(text) for span in sentence_spans(text, *line.span())]
        rows = [[] for _ in spans]
        starts = [start for start, _ in spans]
        for token in doc:
            if not token.is_space:
                rows[bisect_right(starts, token.idx) - 1].append(token.i)
    return [row[at : at + _LONGEST] for row in rows for at in range(0, len(row), _LONGEST)]


class Tagger:
    """Reads whole texts, so that what is sure in one sentence helps in another."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._network: Network | None = None
        self._rules: dict[str, Rule] = {}
        self._decoders: dict[str, Decoder] = {}

    def set_network(self, network: Network, rules: dict[str, Rule]) -> None:
        """Give the tagger what it reads with: the network, and how each head shares its readings."""
        self._network, self._rules = network, rules
        self._decoders = {head: Decoder(tags) for head, tags in network.tags.items()}

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels of both heads."""
        tags = self._network.tags.values() if self._network else ()
        return tuple(sorted({tag[2:] for own in tags for tag in own if tag != "O"}))

    def __call__(self, doc: Doc) -> Doc:
        """Fill the span groups of a text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Fill the span groups of texts, several at once."""
        held: list[Doc] = []
        for doc in stream:
            held.append(doc)
            if len(held) >= batch_size or sum(map(len, held)) > _AT_ONCE:
                yield from self._read(held)
                held = []
        yield from self._read(held)

    def _read(self, docs: list[Doc]) -> list[Doc]:
        network = self._network
        if network is None:
            raise ValueError(f"{self.name}: no weights were loaded")
        places = [sentences_of(doc) for doc in docs]
        words = [[[doc[at].text for at in row] for row in rows] for doc, rows in zip(docs, places, strict=True)]
        scored = iter([s for lot in _lots([row for rows in words for row in rows]) for s in network(lot)])
        for doc, rows, own in zip(docs, places, words, strict=True):
            self._write(doc, rows, own, [next(scored) for _ in rows])
        return docs

    def _write(
        self, doc: Doc, places: list[list[int]], words: list[list[str]], scored: list[dict[str, Floats]]
    ) -> None:
        assert self._network is not None
        text = Text(words)
        for head, decode in self._decoders.items():
            scores = [own[head] for own in scored]
            if scores and head in self._rules:
                scores = text.share(scores, self._network.rank, self._network.tags[head], self._rules[head])
            found = [
                (Span(doc, row[start], row[end - 1] + 1, label=label), round(sure, 4))
                for row, own in zip(places, scores, strict=True)
                for start, end, label, sure in decode(own)
            ]
            group = SpanGroup(doc, name=GROUPS[head], spans=[span for span, _ in found])
            group.attrs["scores"] = [sure for _, sure in found]
            doc.spans[GROUPS[head]] = group

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Write the weights, in half precision, and what they mean."""
        network = self._network
        if network is None:
            return
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        halves: dict[str, Any] = {name: weight.astype(np.float16) for name, weight in network.weights.items()}
        np.savez(folder / WEIGHTS, **halves)
        rules = {head: asdict(rule) for head, rule in self._rules.items()}
        meta = {"tags": dict(network.tags), "share": rules, "vocabulary": list(network.rank)}
        (folder / META).write_text(json.dumps(meta, ensure_ascii=False) + "\n", encoding="utf-8")

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> Tagger:
        """Read what `to_disk` wrote."""
        folder = Path(path)
        with np.load(folder / WEIGHTS) as stored:
            weights = {name: stored[name].astype(np.float32) for name in stored.files}
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        rules = {head: Rule(**rule) for head, rule in meta["share"].items()}
        self.set_network(Network(weights, meta["vocabulary"], meta["tags"]), rules)
        return self


def _lots(sentences: Sequence[list[str]]) -> Iterator[list[list[str]]]:
    """Sentences in lots that fit into memory."""
    lot: list[list[str]] = []
    size = 0
    for words in sentences:
        lot.append(words)
        size += len(words)
        if size > _AT_ONCE:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


@Language.factory(FACTORY, assigns=["doc.spans"])
def make_tagger(nlp: Language, name: str) -> Tagger:
    """Make a tagger without weights; loading a pipeline brings them."""
    return Tagger(name)
