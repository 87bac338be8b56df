"""The flow at scale, as ratios in one run: `make bench`.

Papers are made from the seeds: pieces of some 600 words, each with a number of its own, so that no two are the same.
With HCCLIT_BENCH_PAPERS set to a folder of papers, memory and the rerun are measured on these too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from itertools import count, islice
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
PAPERS = 1000
FEW = 40
"""Papers of a run that shows what starting costs: enough that all processes start."""
WORDS = 600


def made_papers(folder: Path) -> Path:
    """A folder of `PAPERS` papers."""
    folder.mkdir()
    pieces = []
    for seed in sorted(SEEDS.glob("*.txt")):
        words = seed.read_text(encoding="utf-8").split(" ")
        pieces += [" ".join(words[i : i + WORDS]) for i in range(0, len(words), WORDS)]
    for number in islice(count(), PAPERS):
        piece = pieces[number % len(pieces)]
        (folder / f"paper{number:05d}.txt").write_text(f"Paper number {number}.\n\n{piece}", encoding="utf-8")
    return folder


class Watched:
    """A command with its wall time and the peak memory of it and all its children together."""

    def __init__(self, *command: object, fine: Sequence[int] = (0, 1)) -> None:
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.peak = 0.0
        watcher = threading.Thread(target=self._watch, args=(process,), daemon=True)
        watcher.start()
        self.out, self.err = process.communicate()
        self.seconds = time.perf_counter() - begin
        watcher.join()
        if process.returncode not in fine:
            raise SystemExit(f"bench: {command} ended with {process.returncode}: {self.err}")

    def _watch(self, process: subprocess.Popen[str]) -> None:
        import psutil

        while process.poll() is None:
            total = 0
            try:
                root = psutil.Process(process.pid)
                for one in (root, *root.children(recursive=True)):
                    try:
                        total += one.memory_info().rss
                    except psutil.NoSuchProcess:
                        continue
            except psutil.NoSuchProcess:
                break
            self.peak = max(self.peak, total / 2**30)
            time.sleep(0.05)


LIBRARY = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from hcclit.batches import batched, worker_pool
from hcclit.limits import Limits

papers, workers = sorted(Path(sys.argv[1]).glob("*.txt")), int(sys.argv[2])
with worker_pool(workers, Limits()) as pool, ThreadPoolExecutor(workers) as threads:
    list(threads.map(pool.process, [papers[:1]] * workers))  # start-up apart
    begin = time.perf_counter()
    list(threads.map(pool.process, batched(papers[1:])))
    print(time.perf_counter() - begin)
"""


def library(folder: Path, papers: Path, workers: int) -> float:
    """Seconds of the bare library over a folder, in so many processes, start-up apart."""
    script = folder / "library.py"
    script.write_text(LIBRARY)
    return float(Watched(script, papers, workers).out)


def flow(folder: Path, papers: Path, name: str) -> Watched:
    """The flow over a folder into a new store, in two processes."""
    return Watched("-m", "hcclit", "run", papers, "--store", folder / name, "--workers", 2)


def main() -> None:
    """Print all ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers = made_papers(folder / "papers")
        few = folder / "few"
        few.mkdir()
        for path in sorted(papers.iterdir())[:FEW]:
            (few / path.name).write_bytes(path.read_bytes())
        one, two = library(folder, papers, 1), library(folder, papers, 2)
        print(f"processes: two give {one / two:.2f} times one on {PAPERS} papers (at least 1.6)")
        start_up = flow(folder, few, "start").seconds
        whole = flow(folder, papers, "store")
        rest = two * (PAPERS - FEW) / PAPERS
        print(f"flow: {(whole.seconds - start_up) / rest:.2f} times the bare library in two processes (at most 1.15)")
        print(f"memory: {whole.peak:.2f} GB in all processes on {PAPERS} papers (limit 1.5)")
        rerun = Watched("-m", "hcclit", "run", papers, "--store", folder / "store")
        print(f"rerun with nothing new: {rerun.seconds:.1f} s (limit 5): {rerun.err.strip()}")
        if given := os.environ.get("HCCLIT_BENCH_PAPERS"):
            _on_given_papers(folder, Path(given))


def _on_given_papers(folder: Path, papers: Path) -> None:
    number = sum(1 for _ in papers.glob("*.txt"))
    whole = flow(folder, papers, "given")
    print(f"given: {number} papers in {whole.seconds:.0f} s, {whole.peak:.2f} GB in all processes (limit 1.5)")
    rerun = Watched("-m", "hcclit", "run", papers, "--store", folder / "given")
    print(f"given: rerun with nothing new {rerun.seconds:.1f} s (limit 5)")


if __name__ == "__main__":
    main()
