"""Whether the reader of PDF tells what a block is: its section, references, captions, and what is no text of a paper.

Run `HCCLIT_PDF_PAIRS=folder python -m tests.bench_pdf_blocks`; the folder is as for `tests.bench_pdf`.

A paragraph, an entry of the reference list or a caption of the JATS is looked for in the PDF by its runs of words (see
`bench_pdf`), and belongs to the block that has most of them. Counted are, of those that are found,

- sections: paragraphs (abstract, body and back) that stand in a block of the section that the JATS gives them,
- references: entries in blocks of the kind `reference`,
- captions: captions in blocks of the kind `caption`,

and, the other way round, strange: the share of words of the PDF's flowing blocks of the body in runs of words that the
JATS has nowhere. With `--misses` each one that counts against the reader is printed.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from hcclit.document import Block, Document
from hcclit.readers import read
from hcclit.view import clean
from tests.bench_pdf import words

RUN = 4
LEAST = 8  # words; a shorter piece may stand anywhere
Run = tuple[str, ...]


def runs(text: list[str]) -> Iterator[Run]:
    """Each run of words."""
    return (tuple(text[i : i + RUN]) for i in range(len(text) - RUN + 1))


class Places:
    """Which blocks of a document have a run of words."""

    def __init__(self, document: Document) -> None:
        self._blocks: dict[Run, set[int]] = {}
        self._document = document
        for index, block in enumerate(document.blocks):
            for run in runs(words(clean(document.text[block.start : block.end]))):
                self._blocks.setdefault(run, set()).add(index)

    def home(self, text: list[str]) -> Block | None:
        """The block that has most of a text, if any has a fifth of it."""
        found = list(runs(text))
        counts = Counter(index for run in found for index in self._blocks.get(run, ()))
        best = max(counts, key=lambda index: (counts[index], -index), default=None)
        return None if best is None or counts[best] * 5 < len(found) else self._document.blocks[best]


def told(name: str, pairs: Iterable[tuple[str, bool]]) -> tuple[int, int]:
    """How many are right, and how many there are; the wrong ones are printed where that is asked for."""
    right = count = 0
    for text, fits in pairs:
        count += 1
        right += fits
        if not fits and "--misses" in sys.argv:
            print(f"   {name}: {text}")
    return right, count


def sections(jats: Document, places: Places) -> Iterator[tuple[str, bool]]:
    """Each paragraph that is found, and whether its section is that of the JATS."""
    for block in jats.blocks:
        text = words(clean(jats.text[block.start : block.end]))
        if block.kind != "paragraph" or block.section == "front" or len(text) < LEAST:
            continue
        if (home := places.home(text)) is not None:
            yield (
                f"{block.section} not {home.section} ({home.kind}): {' '.join(text[:12])}",
                home.section == block.section,
            )


def elements(path: Path, names: tuple[str, ...], places: Places, kind: str) -> Iterator[tuple[str, bool]]:
    """Each element of some names that is found, and whether its block is of a kind."""
    for element in etree.parse(path).iter(*(f"{{*}}{name}" for name in names)):
        text = words(clean(" ".join(element.itertext())))
        if len(text) >= LEAST and (home := places.home(text)) is not None:
            yield f"{home.kind}: {' '.join(text[:12])}", home.kind == kind


def strange(document: Document, path: Path) -> Iterator[tuple[str, bool]]:
    """Each word of the flowing blocks, and whether it stands in a run that the JATS has."""
    known = set(runs(words(clean(" ".join(etree.parse(path).getroot().itertext())))))
    for block in document.blocks:
        if block.kind not in ("paragraph", "heading") or block.section == "front":
            continue
        text = words(clean(document.text[block.start : block.end]))
        good = [False] * len(text)
        for i, run in enumerate(runs(text)):
            if run in known:
                good[i : i + RUN] = [True] * RUN
        yield from zip(text, good, strict=True)


def measure(path: Path) -> dict[str, tuple[int, int]]:
    """Right ones and all of each measure, of one paper."""
    xml = path.with_suffix(".xml")
    document, jats = read(path), read(xml)
    places = Places(document)
    return {
        "sections": told("section", sections(jats, places)),
        "references": told("reference", elements(xml, ("ref",), places, "reference")),
        "captions": told("caption", elements(xml, ("caption",), places, "caption")),
        "strange": told("strange", strange(document, xml)),
    }


def share(name: str, right: int, count: int) -> str:
    """A measure as it is printed; of strange words the wrong ones are counted."""
    part = (count - right if name == "strange" else right) / max(1, count)
    return f"{name} {part:7.2%} of {count:5}"


def main() -> None:
    """Print one line for each paper and the sums."""
    sums: dict[str, tuple[int, int]] = {}
    for path in sorted(Path(os.environ["HCCLIT_PDF_PAIRS"]).glob("*.pdf")):
        found = measure(path)
        print(f"{path.stem:14}", "  ".join(share(name, *value) for name, value in found.items()))
        for name, (right, count) in found.items():
            before = sums.get(name, (0, 0))
            sums[name] = (before[0] + right, before[1] + count)
    print(f"{'all':14}", "  ".join(share(name, *value) for name, value in sums.items()))


if __name__ == "__main__":
    main()
