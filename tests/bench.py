"""Speed as ratios against a library in the same run: `make bench`.

Absolute times depend on the machine; a ratio of two medians taken in turn hardly does.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
ROUNDS = 5


def in_turn(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of two calls, run in turn."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for call, kept in zip((first, second), seconds, strict=True):
            begin = time.perf_counter()
            call()
            kept.append(time.perf_counter() - begin)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def start_up() -> None:
    """One-off extraction of a text of 1,500 words against importing spaCy."""
    words = (SEEDS / "004_6d1eb7df04ce3287.txt").read_text(encoding="utf-8").split(" ")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as paper:
        text = " ".join(words)
        paper.write(text[: _end_of_word(text, 1500)])
        paper.flush()

        def run(*command: str) -> None:
            subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)

        ours, spacy = in_turn(lambda: run("-m", "hcclit", "extract", paper.name), lambda: run("-c", "import spacy"))
    print(f"start-up: hcclit extract {ours:.2f} s, import spacy {spacy:.2f} s, ratio {ours / spacy:.2f} (limit 2)")


def _end_of_word(text: str, words: int) -> int:
    import re

    return [m.end() for m in re.finditer(r"\S+", text)][words - 1]


def throughput() -> None:
    """The whole pipeline against scispaCy's tokeniser with a CNN NER on the same texts."""
    import spacy
    from scispacy.custom_tokenizer import combined_rule_tokenizer

    from hcclit import extract_text

    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp = spacy.blank("en")
        nlp.tokenizer = combined_rule_tokenizer(nlp)
        ner = nlp.add_pipe("ner")
        for label in ("CHEMICAL", "DISEASE"):
            ner.add_label(label)  # type: ignore[attr-defined]
        nlp.initialize()
    extract_text(texts[0])
    ours, peer = in_turn(lambda: [extract_text(t) for t in texts], lambda: [nlp(t) for t in texts])
    print(
        f"throughput: hcclit {words / ours:,.0f} words/s, scispaCy tokeniser and CNN NER {words / peer:,.0f} words/s, "
        f"ratio {peer / ours:.2f} (at least 1.5)"
    )


def growth() -> None:
    """Seconds a megabyte as the text grows: linear cost keeps it level."""
    from hcclit import extract_text

    seed = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    for copies in (2, 8, 32):
        text = seed * copies
        begin = time.perf_counter()
        extract_text(text)
        seconds = time.perf_counter() - begin
        print(f"growth: {len(text) / 1e6:5.2f} MB in {seconds:6.2f} s, {seconds / len(text) * 1e6:.2f} s/MB")


if __name__ == "__main__":
    start_up()
    throughput()
    growth()
