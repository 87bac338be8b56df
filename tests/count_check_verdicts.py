"""How many findings of `hcclit check` are real, by a reader's verdicts: `python -m tests.count_check_verdicts [FILE]`.

Sample 1 was judged, and its false findings were then mended by general rules; sample 2 are other papers, judged as the
checks were before that mending; sample 3 still others, judged after it. The false findings of each were mended once it
was judged, so none of these is the precision of the checks as they are now. Sample 4, drawn afresh and judged after all
of that, comes nearest; two patterns that it showed were mended since.

`--still FINDINGS` counts only verdicts whose id is among findings (JSON lines) of the same papers.

An `unsure` counts as half; the interval is Wilson's at 95%, written out here since halves are no whole number.
"""

import argparse
import csv
import json
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


def counted(judged: list[dict[str, str]]) -> list[str]:
    """The lines of one sample: all, without zeros, by severity, by check."""
    lines = [line("all", judged), line("all but p_zero", [row for row in judged if row["check"] != "p_zero"])]
    for column in ("severity", "check"):
        values = sorted({row[column] for row in judged})
        lines += [line(value, [row for row in judged if row[column] == value]) for value in values]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=VERDICTS)
    parser.add_argument(
        "--still", type=Path, help="findings as JSON lines: count those verdicts alone whose id is there"
    )
    options = parser.parse_args()
    with options.file.open(encoding="utf-8", newline="") as file:
        judged = list(csv.DictReader(file))
    if options.still:
        ids = {json.loads(each)["id"] for each in options.still.read_text(encoding="utf-8").splitlines()}
        judged = [row for row in judged if row["id"] in ids]
    for sample in sorted({row["sample"] for row in judged}):
        print(f"sample {sample}")
        print("\n".join(counted([row for row in judged if row["sample"] == sample])))


if __name__ == "__main__":
    main()
