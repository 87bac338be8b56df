"""Size, load and speed of the entity model: `python -m tests.bench_ner [FOLDER]`, a folder of full texts (`.txt`).

Speed is a ratio of words a second against scispaCy's tokeniser with a plain CNN NER, measured in turn in one process
over the same full texts (the seeds, where no folder is given), by the processor's clock: what else the machine does
counts less there. Both get one thread, as in hcclit's processes; with two, ours is faster by the clock on the wall.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from threadpoolctl import threadpool_limits

from hcclit.ner.locate import locate
from hcclit.ner.model import load

ROUNDS = 5
_SEEDS = Path(__file__).parent.parent / "seeds"
_LOAD = """
import time, spacy, hcclit.ner.model as model
from hcclit.ner.locate import locate
begin = time.perf_counter()
model.load(locate("shipped"))
print(time.perf_counter() - begin)
"""


def plain() -> Language:
    """scispaCy's tokeniser with an untrained CNN NER: what it costs does not depend on its weights."""
    nlp = spacy.blank("en")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nlp.tokenizer = combined_rule_tokenizer(nlp)
    ner = nlp.add_pipe("ner")
    for label in ("Chemical", "Disease"):
        ner.add_label(label)
    nlp.initialize()
    return nlp


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _SEEDS
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    model = locate("shipped")
    size = sum(path.stat().st_size for path in model.folder.rglob("*") if path.is_file())
    loads = [float(subprocess.check_output([sys.executable, "-c", _LOAD])) for _ in range(ROUNDS)]
    peer, ours = plain(), load(model)
    with threadpool_limits(1):
        taken = [[seconds(lambda nlp=nlp: list(nlp.pipe(texts))) for nlp in (peer, ours)] for _ in range(ROUNDS)]
    theirs, own = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"size: {size / 1e6:.1f} MB (limit 40)")
    print(f"load, spaCy imported before: median {statistics.median(loads):.2f} s, least {min(loads):.2f} (limit 0.5)")
    print(f"words a second: {words / own:,.0f}, plain CNN {words / theirs:,.0f}, ratio {theirs / own:.2f} (least 0.6)")


if __name__ == "__main__":
    main()
