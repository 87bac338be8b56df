"""How many findings of `hcclit check` are real, by a reader's verdicts: `python -m tests.count_check_verdicts [FILE]`.

An `unsure` counts as half; the interval is Wilson's at 95%, written out here since halves are no whole number.
"""

import csv
import sys
from collections import Counter
from math import sqrt
from pathlib import Path

VERDICTS = Path(__file__).parents[1] / "docs" / "check_verdicts.csv"
Z = 1.959964


def wilson(held: float, of: int) -> tuple[float, float]:
    """The 95% interval of a share whose numerator may have halves."""
    share, wide = held / of, Z * Z / of
    half = Z * sqrt((share * (1 - share) + wide / 4) / of)
    return max(0.0, (share + wide / 2 - half) / (1 + wide)), min(1.0, (share + wide / 2 + half) / (1 + wide))


def line(name: str, rows: list[dict[str, str]]) -> str:
    """One line: what it is of, how many were judged as what, precision and interval."""
    counts = Counter(row["verdict"] for row in rows)
    held = counts["real"] + counts["unsure"] / 2
    low, high = wilson(held, len(rows))
    said = " ".join(f"{verdict} {counts[verdict]:3}" for verdict in ("real", "unsure", "false"))
    return f"{name:20} judged {len(rows):3}  {said}  precision {held / len(rows):.3f} ({low:.3f}-{high:.3f})"


if __name__ == "__main__":
    with Path(sys.argv[1] if len(sys.argv) > 1 else VERDICTS).open(encoding="utf-8", newline="") as file:
        judged = list(csv.DictReader(file))
    print(line("all", judged))
    print(line("all but p_zero", [row for row in judged if row["check"] != "p_zero"]))
    for column in ("severity", "check"):
        for value in sorted({row[column] for row in judged}):
            print(line(value, [row for row in judged if row[column] == value]))
