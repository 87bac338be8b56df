"""The normal name of what the vocabulary lacks: in lower case, a drug's without its salt, form and route."""

from __future__ import annotations

import re
from functools import cache

from hcclit.vocabulary import rows

_MARKS = re.compile(r"[®™©*†‡]|\((?:R|TM)\)")
_SPACE = re.compile(r"\s+")
_NO_NAME = re.compile(r"[^a-zα-ω]*")


def normal_name(written: str) -> str:
    """The name that a thing has in records; empty where nothing of it is a name.

    A salt (`mesylate`) goes as long as a word stays before it: `calcium` alone keeps its name. What models take for
    names and is none, makers, places, substances that are measured, is listed in `vocabulary/no_names.csv`.
    """
    words = _SPACE.sub(" ", _MARKS.sub("", written.lower())).strip(" -,;:.'\"()[]").split(" ")
    while len(words) > 1 and words[-1] in _words("after"):
        words.pop()
    while len(words) > 1 and words[0] in _words("before"):
        words.pop(0)
    name = " ".join(words)
    return "" if _NO_NAME.fullmatch(name) or name in _no_names() or words[-1] in _no_names("word") else name


@cache
def _words(place: str) -> frozenset[str]:
    return frozenset(row["written"] for row in rows("salts") if row["place"] == place)


@cache
def _no_names(kind: str | None = None) -> frozenset[str]:
    return frozenset(row["written"] for row in rows("no_names") if kind in (None, row["kind"]))
