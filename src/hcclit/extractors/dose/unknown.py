"""Names of drugs that the vocabulary lacks: development codes, generic names by their ending, misspelt names."""

from __future__ import annotations

import re
from functools import cache

from hcclit.extractors.dose.agents import drug_kinds, drug_names
from hcclit.extractors.dose.model import Agent

_ENDING = re.compile(
    r"(?:mab|nib|platin|taxel|vir|vudine|mycin|micin|floxacin|cillin|penem|cef\w+|azole|pril|sartan|statin|olol|rubicin|ciclib|parib|limus"
    r"|dronate|setron|prazole|tidine|gliptin|gliflozin|glitazone|relin|lutamide|xaban|parin|tecan|poside|trexate|trexed|bicin|tide|dipine|zosin"
    r"|oxetine|triptan|azepam|barbital|caine|sone|solone|nidazole|cycline|oxacin|stim|grastim|poetin|kinra|cept|fenac|profen|coxib|lukast|terol"
    r"|tropium|semide|thiazide|sidase|plase|grel|citabine|lafil|rafenib|metinib|degib|stat|mustine|fosfamide|zomib|lisib|sertib|toclax|clax"
    r"|thionine|lukin|toxin|cabtagene|leucel|asone)$",
    re.I,
)
_CODE = re.compile(
    r"(?<![\w-])(?:(?P<letters>[A-Z][A-Za-z]{1,5})-?|(?:AMG|BAY|MEDI|ABT|AZD|BMS|BIBF|BI|CP|Debio|EMD|GSK|JNJ|LY|MK|MLN|OSI|PF|PX|SAR|SCH|SU|TAK|TSU|XL|ZD) )"
    r"\d{3,7}[A-Za-z]?(?:-\d{1,3})?(?![\w-])"
)
_NO_CODE = frozenset({"NCT", "ISRCTN", "PMC", "GSE", "EUCTR", "JCOG", "EORTC", "RTOG", "SWOG", "ECOG", "NSABP", "CALGB", "UMIN", "CTRI",
                      "ACTRN", "DRKS", "ARM", "Arm", "Group", "Day", "Grade", "Phase", "Table", "Fig", "HU", "RNA", "miR", "ICD", "ISO",
                      "COVID", "CheckM", "pH", "Time", "Week", "Cycle", "Part", "Cohort"})  # fmt: skip
_ENGLISH = re.compile(
    r"(?:tion|sion|ment|ing|ed|ly|ity|ness|al|ic|ous|ive|py|gy|cy|sis|ents?|ants?|ance|ence|ency|ers?|ors?|ies|ful|less|able|ible|ary|ory|ure|ism|ist|ship"
    r"|hood|ward|dose|doses|weeks?|days?|cancers?|tumou?rs?|lesions?|effects?|diseases?|events?|liver|cells?|levels?|years?|months?|oma|omas|itis|emia|uria|age|ages)$",
    re.I,
)
_TREATED = re.compile(
    r"\b(?:received?|receiving|given|gave|treated with|treatment with|therapy with|administration of|administered|started on|dose of|doses of|prescribed|taking|took|on oral"
    r"|commenced on|initiated on|initiation of|switched to|changed to)\s(?:an? |the )?(?:oral |intravenous |iv |i\.v\. |subcutaneous |daily |weekly )?$",
    re.I,
)
_WORD = re.compile(r"[A-Za-z][a-z]{4,}(?:-[A-Za-z0-9]+)?")
_NAME = re.compile(r"[a-zα-ω][a-zα-ω0-9-]{5,30}", re.I)
_LONG = 7


def code_agents(text: str, offset: int) -> list[Agent]:
    """Names of the form `RO4929097`, `AMG 386`, `BTH1677` in a sentence."""
    return [
        Agent(offset + m.start(), offset + m.end(), m.group().lower(), "unknown")
        for m in _CODE.finditer(text)
        if m["letters"] not in _NO_CODE
    ]


def unknown_agent(text: str, start: int, end: int) -> Agent | None:
    """The agent that a word beside an amount may be: a drug misspelt, a drug by its ending, or by what was done with it.

    Args:
        text: the view's text.
        start: where the word begins.
        end: where it ends.
    """
    word = text[start:end]
    if not _WORD.fullmatch(word) or word.lower() in drug_names():
        return None  # a name of the vocabulary that is no agent here, `chemotherapy`, stays none
    name = corrected(word)
    if name is not None:
        return Agent(start, end, name, drug_kinds().get(name, "unknown"))
    if _ENDING.search(word) or (
        not _ENGLISH.search(word) and _TREATED.search(text[max(0, start - 60) : start])
    ):
        return Agent(start, end, word.lower(), "unknown")
    return None


def may_be_name(word: str) -> bool:
    """Whether a word has the shape of a drug's name and is no common word by its ending."""
    return bool(_NAME.fullmatch(word)) and not _ENGLISH.search(word)


@cache
def _long_names() -> dict[str, list[str]]:
    """Single words of the vocabulary of seven letters or more, by first letter."""
    by_letter: dict[str, list[str]] = {}
    for written in drug_names():
        if len(written) >= _LONG and written.isalpha():
            by_letter.setdefault(written[0], []).append(written)
    return by_letter


def corrected(word: str) -> str | None:
    """The drug that a misspelt word means: one edit away, two for a long word; None if it is none or not sure."""
    lower = word.lower()
    if len(lower) < _LONG:
        return None
    limit = 1 if len(lower) < 10 else 2
    near = [(d, w) for w in _long_names().get(lower[0], ()) if (d := _distance(lower, w, limit)) is not None]
    if not near:
        return None
    best = min(d for d, _ in near)
    names = {drug_names()[w] for d, w in near if d == best}
    return names.pop() if len(names) == 1 else None


def _distance(a: str, b: str, limit: int) -> int | None:
    """Edits (insert, delete, replace, swap neighbours) from one word to another, None above the limit."""
    if abs(len(a) - len(b)) > limit:
        return None
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if before and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
        before, last = last, row
    return last[-1] if last[-1] <= limit else None
