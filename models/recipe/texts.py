"""Raw text for the language models: papers and case reports, as sentences of words. Nothing that is scored."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path

import spacy

from hcclit.ner.tokens import WordTokenizer
from hcclit.sentences import sentence_spans

_LINE = re.compile(r"[^\n]+")


def documents(corpora: Path) -> Iterator[str]:
    """The texts of `pmc_text/` and `case_reports/`, as far as they are there."""
    archive = corpora / "pmc_text" / "articles.jsonl.xz"
    if archive.is_file():
        with lzma.open(archive, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]
    for path in sorted((corpora / "case_reports").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def sentences(texts: Iterator[str]) -> Iterator[list[str]]:
    """The words of each sentence."""
    cut = WordTokenizer(spacy.blank("en").vocab)
    for text in texts:
        for line in _LINE.finditer(text):
            for start, end in sentence_spans(text, *line.span()):
                yield [token.text for token in cut(text[start:end]) if not token.is_space]
