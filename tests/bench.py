"""Speed as ratios against a library in the same run: `make bench`.

Absolute times depend on the machine; a ratio of two medians taken in turn hardly does.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
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


# what costs more than its length as soon as a pattern or a loop looks too far: one line each, of 10 MB
HOSTILE = {
    # first, since it takes longest and all cores are used
    "one sentence": (
        "sorafenib 400 mg twice daily and lenvatinib 12 mg with AFP 350 ng/mL and a median OS of 10.7 months "
        "(95% CI 9.4-13.3, P=0.001) in May 2009, "
    ),
    "one run of digits": "7",
    "digits and commas": "1,",
    "open brackets": "(",
    "nested brackets": "[(1 (2 ",
    "no spaces": "abc",
    "names and digits, no spaces": "AFP1",
    "spaces": " ",
    "line breaks": "\n",
    "tabs": "\t",
    "numbers": "1.2 3.4 ",
    "p-values": "P<.001 ",
    "units": "mg ",
}
SIZES = (1, 3, 10)
"""Megabytes of plain text; of hostile text the first and the last."""


def growth() -> None:
    """Seconds a megabyte as the text grows, up to 10 MB in one document: linear cost keeps them level.

    Each kind of text has a process of its own, so that its memory is its own too; processor time is measured, so
    that other work does not look like growth.
    """
    seed = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    ladders = [("plain text", seed, SIZES), *((name, piece, SIZES[::2]) for name, piece in HOSTILE.items())]
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for told in pool.map(_ladder, *zip(*ladders, strict=True)):
            print(told, flush=True)


def _ladder(name: str, piece: str, sizes: Sequence[int]) -> str:
    """What a text made of one piece costs at each size, and how that grew from the first size to the last."""
    from hcclit import extract_text

    extract_text("AFP (12 ng/mL)")
    costs = []
    for size in sizes:
        text = piece * (size * 1_000_000 // len(piece))
        begin = time.process_time()
        extract_text(text)
        costs.append((time.process_time() - begin) / size)
    steps = ", ".join(f"{cost:.2f} s/MB at {size} MB" for size, cost in zip(sizes, costs, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return f"growth: {name}: {steps}, ratio {costs[-1] / max(costs[0], 0.05):.2f} (level is 1), {memory:.1f} GB"


if __name__ == "__main__":
    start_up()
    throughput()
    growth()
