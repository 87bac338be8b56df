"""How gold was made: by going through predictions (`review`), without seeing any (`blind`), or nobody says.

Who has seen a prediction is drawn to it, so scores against reviewed gold flatter; they are told apart from others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, get_args

from pydantic import TypeAdapter, ValidationError

from hcclit.records import Origin, Record

PaperOrigin = Literal[Origin, "unstated"]
PAPER_ORIGINS: tuple[PaperOrigin, ...] = get_args(PaperOrigin)
NAME = "origins.json"
"""Beside the gold of a folder: the origin by document id, which a paper without records cannot say itself."""

_ADAPTER = TypeAdapter(dict[str, Origin])


def origin_of(records: Iterable[Record]) -> PaperOrigin:
    """The origin of a paper's gold: one reviewed record makes it `review`, and it is `blind` only if all are."""
    found = {record.origin for record in records}
    if "review" in found:
        return "review"
    return "blind" if found == {"blind"} else "unstated"


def origins_of(gold: Mapping[str, Iterable[Record]], stated: Mapping[str, Origin]) -> dict[str, PaperOrigin]:
    """The origin of every paper: what its records say; of a paper without records what is `stated` beside it."""
    return {
        doc_id: origin_of(records) if records else stated.get(doc_id, "unstated") for doc_id, records in gold.items()
    }


def load_origins(gold: Path) -> dict[str, Origin]:
    """The origins that stand beside the gold of a folder; empty where none do.

    Raises:
        ValueError: the file holds something else; the message names it, in one line.
    """
    path = gold / NAME
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except ValidationError as error:
        raise ValueError(f"{path}: not an object of document ids and their origin, review or blind") from error


def origins_file(origins: Mapping[str, Origin]) -> bytes:
    """What `load_origins` reads, always in one order."""
    return (json.dumps(dict(sorted(origins.items())), indent=1, ensure_ascii=False) + "\n").encode()
