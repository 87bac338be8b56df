"""Thousands of mutated files for each reader: `make fuzz`, or `python -m tests.fuzz_readers --reader pdf --count 3000`.

Files that are valid and invented (and those of `--corpus FOLDER`) are damaged and twisted, each by chance that a seed
fixes, and read in child processes with a limit of time and memory. Counted is what became of each: read, refused with
one clear line, crashed (any other exception, a document that cannot be). What breaks a limit, as forms that draw
themselves do in PDFium, is given to `hcclit extract`: it counts as stopped if that ends in the line of a limit, else as
died, hung or over memory. One file of twenty goes on to its records. What crashes is printed with the command that does
it again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.cases import Case, Result, attempt
from tests.fuzz.runner import Limits, run
from tests.fuzz.samples import SAMPLES

KINDS = ("read", "refused", "stopped", "crashed", "died", "hung", "memory")
ENDED = frozenset({"died", "hung", "memory"})
BAD = ENDED | {"crashed"}
ENDINGS = {"pdf": {".pdf"}, "jats": {".xml", ".nxml"}, "html": {".html", ".htm"}, "bioc": {".json"}, "text": {".txt"}}


def samples_of(reader: str, corpus: Path | None) -> list[bytes]:
    """The files to mutate: those that are made here, and those of a folder with the reader's endings."""
    given = sorted(p for p in corpus.rglob("*") if p.suffix.lower() in ENDINGS[reader]) if corpus else []
    return [*SAMPLES[reader](), *(path.read_bytes() for path in given)]


def fuzz(reader: str, options: argparse.Namespace) -> bool:
    """Run the cases of a reader and print what became of them; whether none was bad."""
    began = time.monotonic()
    cases = [Case(reader, index, options.seed, options.every) for index in range(options.count)]
    limits = Limits(options.seconds, options.memory * 10**6)
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    samples = samples_of(reader, options.corpus)
    for case, found in run(cases, samples, limits, options.jobs):
        result = _by_command(case, samples, found, limits) if found.kind in ENDED else found
        counts[result.kind] += 1
        if result.kind == "refused":
            reasons[result.words] += 1
        elif result.kind != "read":
            print("\n".join(_report(case, result, options)), flush=True)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
    print(f"{reader:5} {sum(counts.values())} files: {told}; {time.monotonic() - began:.0f} s", flush=True)
    if options.reasons:
        print("\n".join(f"      {count:5} {reason}" for reason, count in reasons.most_common()), flush=True)
    return not BAD & set(counts)


def _by_command(case: Case, samples: list[bytes], found: Result, limits: Limits) -> Result:
    """What the command line, which holds limits, makes of a file that broke them: it should end with one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper"
        path.write_bytes(case.make(samples)[0])
        command = [sys.executable, "-m", "hcclit", "extract", str(path), "--timeout", str(limits.seconds)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=10 * limits.seconds, check=False)
        except subprocess.TimeoutExpired:
            return found
    lines = done.stderr.splitlines()
    if done.returncode == 0:  # a child may have been kept waiting
        return Result("read")
    told = done.returncode == 1 and len(lines) == 1 and "please report" not in lines[0]
    return Result("stopped", lines[0].removeprefix(f"{path}: ")) if told else found


def _report(case: Case, result: Result, options: argparse.Namespace) -> Iterator[str]:
    more = f" --every {case.every}" + (f" --corpus {options.corpus}" if options.corpus else "")
    yield f"{result.kind}: python -m tests.fuzz_readers --replay {case.name} --seed {case.seed}{more}"
    yield from (f"    {line}" for line in result.words.splitlines())


def replay(name: str, options: argparse.Namespace) -> bool:
    """Do one case again, here and without limits; `--save` writes its file."""
    reader, _, index = name.partition(":")
    case = Case(reader, int(index), options.seed, options.every)
    data, mutations = case.make(samples_of(reader, options.corpus))
    print(f"{name}: {len(data)} bytes; {mutations}", flush=True)
    if options.save:
        options.save.write_bytes(data)
    began = time.monotonic()
    result = attempt(case, samples_of(reader, options.corpus))
    print(f"{result.kind} in {time.monotonic() - began:.1f} s {result.words}")
    return result.kind not in BAD


def main() -> int:
    """Run as the arguments say; 1 if anything crashed, hung or took too much."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--reader", choices=[*SAMPLES, "all"], default="all")
    parser.add_argument("--count", type=int, default=3000, help="files for each reader")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--every", type=int, default=20, help="of so many files one goes on to its records")
    parser.add_argument("--corpus", type=Path, help="a folder of files to mutate too")
    parser.add_argument("--seconds", type=float, default=20, help="of work for each file")
    parser.add_argument("--memory", type=int, default=1000, help="MB for each file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--reasons", action="store_true", help="print the lines of what was refused")
    parser.add_argument("--replay", metavar="READER:NUMBER", help="do one case again")
    parser.add_argument("--save", type=Path, help="with --replay: write the file here")
    options = parser.parse_args()
    if options.replay:
        return int(not replay(options.replay, options))
    readers = list(SAMPLES) if options.reader == "all" else [options.reader]
    bad = [reader for reader in readers if not fuzz(reader, options)]
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
