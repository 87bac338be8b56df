"""The vocabulary's drugs by name: their kinds, their codes, all ways of writing them."""

from __future__ import annotations

from functools import cache

from hcclit.vocabulary import rows

_CODE_SYSTEMS = ("rxnorm", "atc")


@cache
def drug_kinds() -> dict[str, str]:
    """The kind of every drug of the vocabulary by its name."""
    return {row["name"]: row["kind"] for row in rows("drugs")}


@cache
def drug_codes() -> dict[str, dict[str, str]]:
    """The codes of every drug of the vocabulary by its name."""
    return {row["name"]: {s: row[s] for s in _CODE_SYSTEMS if row.get(s)} for row in rows("drugs")}


@cache
def drug_names() -> dict[str, str]:
    """Every way of writing a drug, in lower case, with the drug's name; ambiguous short forms are left out."""
    names: dict[str, str] = {}
    for row in rows("drugs"):
        for written in (row["name"], *filter(None, row["synonyms"].split("|"))):
            if not written.endswith("?"):
                names.setdefault(written.lower(), row["name"])
    return names
