"""Train the entity model: `python -m models.recipe CORPORA [--work FOLDER] [--dev]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from models.recipe.package import MODELS
from models.recipe.run import run
from models.recipe.sizes import Sizes

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m models.recipe", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with bc5cdr/, maccrobat/, pmc_text/, case_reports/")
    parser.add_argument("--work", type=Path, default=Path("output/train"), help="folder that keeps what is learnt")
    parser.add_argument("--dev", action="store_true", help="hold out what recipes are chosen by, and score on it")
    parser.add_argument("--seed", type=int, default=Sizes().seed)
    given = parser.parse_args()
    run(given.corpora, given.work, Sizes(seed=given.seed), None if given.dev else MODELS)
