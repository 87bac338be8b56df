"""What each kind of hostile file costs, and the line that it gets: `python -m tests.bench_hostile [PART OF A NAME]`.

Seconds and the peak memory of the command and its children together, for `hcclit read` and `hcclit extract`, with the
limits as they are by default. Some of the seconds go into loading: see the last row.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench_scale import Watched
from tests.conftest import CASE
from tests.hostile import KINDS, Kind


def _usual(folder: Path) -> Path:
    (folder / "case.txt").write_text(CASE)
    return folder / "case.txt"


def row(name: str, kind: Kind) -> list[str]:
    """The cells of a kind's row."""
    cells = [name]
    with tempfile.TemporaryDirectory() as folder:
        path = kind.make(Path(folder))
        for command in ("read", "extract"):
            done = Watched("-m", "hcclit", command, path, fine=(0, 1, 2))
            cells += [f"{done.seconds:.1f}", f"{done.peak * 1024:.0f}"]
            said = done.err.strip().replace(f"{path}: ", "")
            cells.append(said or "read")
    return cells


def main() -> None:
    """Print the table."""
    wanted = [name for name in KINDS if not sys.argv[1:] or sys.argv[1] in name]
    table = Table("kind", "read, s", "MB", "line", "extract, s", "MB", "line")
    for name in wanted:
        table.add_row(*row(name, KINDS[name]))
    table.add_row(*row("a short text", Kind(_usual, None)))
    Console(width=200).print(table)


if __name__ == "__main__":
    main()
