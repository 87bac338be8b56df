"""Put a trained pipeline into `models/`: its files into `ner/`, their sha256 into `models.toml`."""

from __future__ import annotations

import shutil
from pathlib import Path

from hcclit.ner.locate import FOLDER, LIST, sha256_of_files

MODELS = Path(__file__).parent.parent


def package(trained: Path, models: Path = MODELS) -> None:
    """Replace the packaged model by a trained one.

    Args:
        trained: folder of a spaCy pipeline (`model-best` of `spacy train`).
        models: folder that the loader looks into.

    Raises:
        FileNotFoundError: there is no pipeline in the folder.
    """
    if not (trained / "config.cfg").is_file():
        raise FileNotFoundError(f"{trained}: no spaCy pipeline (config.cfg is missing)")
    target = models / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(trained, target)
    # the words of the corpora stay where they are; nothing that finds entities looks at them
    (target / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")
    lines = [f'"{name}" = "{sha256}"' for name, sha256 in sha256_of_files(target).items()]
    head = "# Written by `make train`: what the loader checks.\n\n[sha256]\n"
    (models / LIST).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
