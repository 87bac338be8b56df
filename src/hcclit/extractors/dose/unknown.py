"""Names of drugs that the vocabulary lacks: development codes, generic names by their ending, misspelt names."""

from __future__ import annotations

import re
from functools import cache

from hcclit.entities import Entity
from hcclit.extractors.dose.cues import any_of, words_of
from hcclit.extractors.dose.model import Agent
from hcclit.extractors.dose.names import drug_codes, drug_kinds, drug_names
from hcclit.language import Sentence
from hcclit.vocabulary import rows

_ENDING = re.compile(rf"{any_of('drug ending')}$", re.I)
_ENGLISH = re.compile(rf"{any_of('English ending')}$", re.I)
_ENDS_LIKE_A_DRUG = words_of("ends like a drug")
_TREATED = re.compile(
    rf"\b{any_of('given to someone')}\s(?:an? |the )?"
    r"(?:oral |intravenous |iv |i\.v\. |subcutaneous |daily |weekly )?$",
    re.I,
)
_CODE = re.compile(
    rf"(?<![\w-])(?:(?P<letters>[A-Z][A-Za-z]{{1,5}})-?|{any_of('company before a code')} )"
    r"\d{3,7}[A-Za-z]?(?:-\d{1,3})?(?![\w-])"
)
_NO_CODE = words_of("before a number that is no code")
_WORD = re.compile(r"[A-Za-z][a-z]{4,}(?:-[A-Za-z0-9]+)?")
_PART = re.compile(r"[^\W_][\w-]*")
_NAME = re.compile(r"[a-zα-ω][a-zα-ω0-9-]{5,30}", re.I)
_SURE = 0.9
_LONG = 7
_VERY_LONG = 10


def code_agents(sentence: Sentence) -> list[Agent]:
    """Names of the form `ABC-1234`, `AMG 1234`, `XYZ9876` in a sentence."""
    return [
        Agent(sentence.start + m.start(), sentence.start + m.end(), m.group().lower(), "unknown")
        for m in _CODE.finditer(sentence.text)
        if m["letters"] not in _NO_CODE
    ]


def unknown_agent(text: str, start: int, end: int) -> Agent | None:
    """The agent that a word beside an amount may be: misspelt, known by its ending, or by what was done with it.

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
        return Agent(start, end, name, drug_kinds().get(name, "unknown"), drug_codes().get(name, {}))
    if word.lower() in _ENDS_LIKE_A_DRUG:
        return None
    treated = _TREATED.search(text[max(0, start - 60) : start])
    if _ENDING.search(word) or (treated and not _ENGLISH.search(word)):
        return Agent(start, end, word.lower(), "unknown")
    return None


def guessed_agent(text: str, entity: Entity) -> Agent | None:
    """The agent that a name by the entity model may be; None where its words are no name's.

    What other rules know of the word goes before what the model says.
    """
    told = unknown_agent(text, entity.start, entity.end)
    if told is not None:
        return told
    words = _PART.findall(f"{entity.text} {entity.name}")
    if not any(_is_named(word, entity.sure or 0.0) for word in words):
        return None
    return Agent(entity.start, entity.end, entity.name, "unknown", guessed=True)


def _is_named(word: str, sure: float) -> bool:
    """Whether a word has the shape of a name; one that ends like a common word only where the model is sure."""
    if word.lower() in _dosing():
        return False
    return may_be_name(word) or bool(_CODE.fullmatch(word)) or (sure > _SURE and bool(_NAME.fullmatch(word)))


def may_be_name(word: str) -> bool:
    """Whether a word has the shape of a drug's name and is no common word by its ending."""
    return bool(_NAME.fullmatch(word)) and not _ENGLISH.search(word)


@cache
def _dosing() -> frozenset[str]:
    """Words that say how a drug is given."""
    return frozenset(row["written"] for row in rows("dose_words"))


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
    limit = 1 if len(lower) < _VERY_LONG else 2
    near = [(d, w) for w in _long_names().get(lower[0], ()) if (d := _distance(lower, w, limit)) is not None]
    best = min((distance for distance, _ in near), default=None)
    names = {drug_names()[w] for distance, w in near if distance == best}
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
