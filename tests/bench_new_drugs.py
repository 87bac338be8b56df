"""What the model is worth where drugs are new: `python -m tests.bench_new_drugs [GOLD DOCS]`.

Every drug that the gold's doses name is taken out of the vocabulary, as if nobody had listed it yet; then the doses are
scored with names by the vocabulary alone, by the model alone, and by both.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from hcclit import vocabulary

_SEEDS = Path(__file__).parent.parent / "seeds"


def hide(names: set[str]) -> None:
    """Take drugs out of the vocabulary; before anything has read it."""
    whole = vocabulary.rows

    def rows(table: str) -> Iterator[dict[str, str]]:
        return (row for row in whole(table) if table != "drugs" or row["name"].lower() not in names)

    vocabulary.rows = rows


def named(gold: Path) -> set[str]:
    """The drugs of the doses of a folder of gold, in lower case; of combinations each part too."""
    records = [json.loads(line) for path in gold.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    drugs = {record["drug"].lower() for record in records if record.get("type") == "dose" and record.get("drug")}
    return drugs | {part for drug in drugs for part in drug.split("/")}


def main() -> None:
    """Hide, score and print."""
    gold, docs = map(Path, sys.argv[1:3]) if len(sys.argv) > 2 else (_SEEDS / "gold", _SEEDS)
    drugs = named(gold)
    hide(drugs)
    from hcclit.scoring import ablation

    print(f"{len(drugs)} drugs hidden; doses:")
    for source, evaluation in ablation(gold, docs).items():
        line = evaluation.to_dict()["lines"]["dose"]
        told = (f"{level} P {line[level]['precision'] or 0:.3f} R {line[level]['recall'] or 0:.3f}" for level in line
                if level in ("span", "core"))  # fmt: skip
        print(f"{source}: {', '.join(told)}, core F1 {line['core']['f1'] or 0:.3f}")


if __name__ == "__main__":
    main()
