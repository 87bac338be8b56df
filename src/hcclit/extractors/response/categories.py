"""Finds where a text names a response category, in words, as a short form, or in other words.

The words follow the response criteria (WHO 1979, RECIST) and the usage for blood cancers ("complete haematological
remission"). What the place means (a definition, a rate, a patient's response) is decided by the modules beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hcclit.language import Analysis
from hcclit.records import Category
from hcclit.vocabulary import rows

Form = Literal["long", "short", "other"]

_ADJECTIVE = (
    r"(?:anti-?)?(?:tumou?r(?:al)?|clinical(?:ly)?|radio(?:log\w+|graph\w+)|(?:histo)?patholog\w+"
    r"|histolog\w+|metabolic"
    r"|ha?ematolog\w+|cytogenetic|molecular|morpholog\w+|objective|local|loco-?regional|systemic|imaging|confirmed"
    r"|unconfirmed|continu(?:ous|ed|ing)|sustained|durable|lasting|long-term|prolonged|persistent|intracranial"
    r"|extracranial|intrahepatic|extrahepatic|hepatic|marrow|bone marrow|serological|biochemical|biological|therapeutic"
    r"|treatment|oncologic(?:al)?|disease|CT|MRI|PET|endoscopic|macroscopic|microscopic|cancer|leuka?emia)"
)
_INSIDE = rf"(?:(?:,? (?:and |or )?|[-/]){_ADJECTIVE}){{0,3}}"
_NEARLY = r"(?<!near )(?<!near-)(?<!nearly )(?<!almost )(?<!virtually )(?<!quasi-)(?<!in-)(?<!near-to-)"
_LONG: dict[Category, str] = {
    "CR": rf"{_NEARLY}\b(?:complete{_INSIDE} (?:responses?|remissions?)|(?:full|total) remissions?)",
    "PR": rf"\bpartial{_INSIDE} (?:responses?|remissions?)",
    "SD": r"\bstable(?: (?:metabolic|clinical|radiolog\w+))?[ -]diseases?",
    "PD": r"(?<!non-)(?<!non )\bprogressive(?: (?:metabolic|clinical|radiolog\w+|metastatic|tumou?r))? diseases?"
    r"(?! (?:course|process|nature|character|modif\w+))",
}  # fmt: skip
_SHORT = r"(?<![\w/-])(?P<short>CR|PR|SD|PD)(?P<many>s)?(?![\w-]|/(?=[A-Z]{2,}))"
_ALWAYS: dict[str, Category] = {
    "pCR": "CR", "cCR": "CR", "CRi": "CR", "CRu": "CR", "CCyR": "CR", "VGPR": "PR", "cPR": "PR",
    "iUPD": "PD", "iCPD": "PD",
}  # fmt: skip
# words that only the naming of response criteria makes a category
_OTHER: dict[Category, str] = {
    "CR": r"\bcomplete (?:tumou?r )?(?:regression|disappearance)",
    "PR": r"\bpartial (?:tumou?r )?regression",
    "SD": r"\b(?:(?:radiolog\w+|radiograph\w+|disease|tumou?r|clinical) )?stabili(?:ty|[sz]ation)"
    r"(?: of (?:the |his |her )?(?:disease|tumou?rs?|lesions?|metastas[ei]s))?"
    r"|(?<=remained )stable|(?<=was )stable|(?<=were )stable|(?<=is )stable",
    "PD": r"\b(?:(?:disease|tumou?r|radiolog\w+|radiograph\w+) )?progression"
    r"(?: of (?:the |his |her )?(?:disease|tumou?rs?))?(?![ -]free)|\bprogressed\b",
}  # fmt: skip
_WORDS = re.compile(
    "|".join(f"(?P<{form}{name}>{p})" for form, t in (("L", _LONG), ("O", _OTHER)) for name, p in t.items()),
    re.IGNORECASE,
)
_FORMS = re.compile(rf"{_SHORT}|(?<![\w/-])(?P<always>{'|'.join(_ALWAYS)})(?:s)?(?![\w/-])")
_IN_BRACKETS = re.compile(r"\s?[(\[](?P<form>[A-Za-z]{2,5})s?[)\]]")
_CHEAP = re.compile(r"[Cc]omplete|COMPLETE|[Pp]artial|[Rr]emission|[Ss]tab[li]|[Pp]rogress|CR|PR|SD|PD|CCyR")


@dataclass(frozen=True, slots=True)
class Named:
    """A category named at a place of the view. `plural`: "two partial responses" is never one patient's."""

    start: int
    end: int
    category: Category
    form: Form
    plural: bool = False


@cache
def codes() -> dict[str, str]:
    """NCI Thesaurus codes of the categories, by the vocabulary."""
    return {row["category"]: row["ncit"] for row in rows("responses") if row["ncit"]}


def aliases(analysis: Analysis) -> dict[str, Category]:
    """Short forms that the paper defines for a category: `{"CMR": "CR"}`."""
    found: dict[str, Category] = {}
    for short, long in analysis.abbreviations.items():
        category = category_of(long)
        if category is not None and len(short) <= 6:
            found[short] = category
    return found


def category_of(long: str) -> Category | None:
    """The category that a phrase as a whole names, or None."""
    match = _WORDS.search(long)
    if match is None or match.lastgroup is None or match.end() != len(long.rstrip()):
        return None
    form, category = match.lastgroup[0], match.lastgroup[1:]
    return category if form == "L" else None  # type: ignore[return-value]  # the groups are named after the categories


def is_candidate(text: str) -> bool:
    """Whether a sentence may name a category at all; cheap."""
    return _CHEAP.search(text) is not None


def find_named(text: str, offset: int, short_forms: Mapping[str, Category]) -> list[Named]:
    """Every place of a sentence that names a category, in order, not overlapping.

    Args:
        text: the sentence.
        offset: where it stands in the view.
        short_forms: the paper's own short forms beside CR, PR, SD and PD.
    """
    found = sorted([*_words(text, short_forms), *_short(text, short_forms)], key=lambda n: (n.start, -n.end))
    out: list[Named] = []
    for named in found:
        if not out or named.start >= out[-1].end:
            out.append(named)
    return [Named(n.start + offset, n.end + offset, n.category, n.form, n.plural) for n in out]


def _words(text: str, short_forms: Mapping[str, Category]) -> Iterator[Named]:
    for match in _WORDS.finditer(text):
        group = match.lastgroup or ""
        category: Category = group[1:]  # type: ignore[assignment]  # the groups are named after the categories
        form: Form = "long" if group[0] == "L" else "other"
        end = match.end()
        bracket = _IN_BRACKETS.match(text, end)
        if form == "long" and re.match(r"-\w", text[end : end + 2]):  # "stable disease-related symptoms"
            continue
        if bracket and form == "long" and _means(bracket["form"], category, short_forms):
            end = bracket.end()
        yield Named(match.start(), end, category, form, match.group().endswith("s") and form == "long")


def _means(form: str, category: Category, short_forms: Mapping[str, Category]) -> bool:
    return form == category or short_forms.get(form) == category or _ALWAYS.get(form) == category


def _short(text: str, short_forms: Mapping[str, Category]) -> Iterator[Named]:
    for match in _FORMS.finditer(text):
        if match["short"]:
            category: Category = match["short"]  # type: ignore[assignment]  # the pattern holds the four
            yield Named(match.start(), match.end(), category, "short", bool(match["many"]))
        else:
            yield Named(match.start(), match.end(), _ALWAYS[match["always"]], "short")
    for form, category in short_forms.items():
        if form not in _ALWAYS and form not in ("CR", "PR", "SD", "PD"):
            for match in re.finditer(rf"(?<![\w/-]){re.escape(form)}(?![\w/-])", text):
                yield Named(match.start(), match.end(), category, "short")
