"""What an amount can be of: the drugs that a sentence names, and the things that are no drugs.

Beside the entities of the vocabulary these are short forms that the paper itself defines as a drug
(`panitumumab (P)`) and development codes; `hcclit.extractors.dose.walk` adds names that the vocabulary lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from hcclit.extractors.dose.model import Agent
from hcclit.extractors.dose.names import drug_codes, drug_kinds, drug_names
from hcclit.extractors.dose.unknown import code_agents, guessed_agent
from hcclit.language import Analysis, Sentence
from hcclit.vocabulary import rows

_GENERAL = frozenset({"chemotherapy", "radiopharmaceutical", "antiviral", "immunosuppressant"})
"""Classes so wide that an amount beside them is another drug's."""
_ADJECTIVE = re.compile(r"^(?:oral|intravenous|low-dose|high-dose|weekly|daily|the) ")

_BRAND = re.compile(r"(?: [a-z]+){0,2} ?[(\[]")
_LETTERS = re.compile(r" \(([A-Z])\)")
_NO_SHORT_FORM = (
    r"(?<!arm )(?<!Arm )(?<!arms )(?<!group )(?<!Group )(?<!vitamin )(?<!hepatitis )(?<!cohort )(?<!Child-Pugh )"
)


@cache
def _no_drugs() -> re.Pattern[str]:
    words = sorted((row["written"] for row in rows("no_drugs")), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?:s|es)?(?![\w-])", re.I)


def agents_in(analysis: Analysis, sentence: Sentence) -> list[Agent]:
    """The agents of a sentence in order of place, not overlapping; a drug wins over what is none."""
    codes = code_agents(sentence)  # `ABC-1234` is no ABC
    named = named_drugs(analysis, sentence)
    found = [agent for agent in named if not (agent.ambiguous or agent.guessed) or _is_free(agent, codes)]
    for more in (_short_forms(analysis, sentence), _others(sentence), codes):
        found += [agent for agent in more if _is_free(agent, found)]
    return _with_brands(analysis.text, sorted(found, key=lambda agent: agent.start))


def _with_brands(text: str, agents: list[Agent]) -> list[Agent]:
    """A name that only the model knows, in brackets right after a drug (`mitomycin (Mutamin, 10 mg)`), is its brand."""
    out: list[Agent] = []
    for agent in agents:
        last = out[-1] if out else None
        if agent.guessed and last and last.usable and _BRAND.fullmatch(text, last.end, agent.start):
            out.append(replace(last, start=agent.start, end=agent.end, guessed=False))
        else:
            out.append(agent)
    return out


def named_drugs(analysis: Analysis, sentence: Sentence) -> list[Agent]:
    """The drugs of the vocabulary that a sentence names, in order of place."""
    return list(_entities(analysis, sentence))


def _entities(analysis: Analysis, sentence: Sentence) -> Iterator[Agent]:
    named = _named_in_full(analysis)
    for entity in analysis.entities_in(sentence.start, sentence.end, "DRUG"):
        if entity.name in _GENERAL:
            continue
        if entity.source == "model" and entity.name not in drug_kinds():
            if (agent := guessed_agent(analysis.text, entity)) is not None and not _no_drugs().fullmatch(entity.text):
                yield agent
            continue
        kind = drug_kinds().get(entity.name, "unknown")
        excluded = _no_drugs().fullmatch(entity.text) or _no_drugs().fullmatch(entity.name)
        ambiguous = entity.ambiguous and entity.name not in named
        yield Agent(entity.start, entity.end, entity.name, kind, entity.codes, ambiguous, usable=excluded is None)


def _named_in_full(analysis: Analysis) -> frozenset[str]:
    """Drugs that the paper also names without ambiguity: their short forms mean them there."""
    found = analysis.cache.get("dose_named_in_full")
    if not isinstance(found, frozenset):
        found = frozenset(e.name for e in analysis.entities if e.label == "DRUG" and not e.ambiguous)
        analysis.cache["dose_named_in_full"] = found
    return found


def _short_forms(analysis: Analysis, sentence: Sentence) -> Iterator[Agent]:
    """Short forms that the vocabulary lacks and the paper defines as a drug."""
    if "dose_short_forms" not in analysis.cache:
        long_forms = analysis.abbreviations.items()
        forms = _in_brackets(analysis) | {short: name for short, long in long_forms if (name := _drug_of(long))}
        body = "|".join(re.escape(short) for short in sorted(forms, key=len, reverse=True))
        pattern = re.compile(rf"(?<![\w-]){_NO_SHORT_FORM}(?:{body})(?![\w-])") if forms else None
        analysis.cache["dose_short_forms"] = (pattern, forms)
    pattern, forms = analysis.cache["dose_short_forms"]
    for match in pattern.finditer(sentence.text) if pattern is not None else ():
        name, begin = forms[match.group()], sentence.start
        kind = drug_kinds().get(name, "unknown")
        yield Agent(begin + match.start(), begin + match.end(), name, kind, drug_codes().get(name, {}))


def _in_brackets(analysis: Analysis) -> dict[str, str]:
    """Letters in brackets right after a drug (`panitumumab (P)`): too short for the paper's abbreviations."""
    found: dict[str, str] = {}
    for entity in analysis.entities:
        if entity.label == "DRUG" and not entity.ambiguous and entity.name not in _GENERAL:
            match = _LETTERS.match(analysis.text, entity.end)
            if match and drug_kinds().get(entity.name) != "class":
                found.setdefault(match[1], entity.name)
    return found


def _drug_of(long: str) -> str | None:
    """The drug of a long form, which may begin too early (`5-FU/leucovorin`, `oral sorafenib`)."""
    lower = long.lower()
    tails = (lower, lower.rpartition("/")[2], _ADJECTIVE.sub("", lower))
    name = next((drug_names()[tail] for tail in tails if tail in drug_names()), None)
    return name if name not in _GENERAL and drug_kinds().get(name or "") != "class" else None


def _others(sentence: Sentence) -> Iterator[Agent]:
    for match in _no_drugs().finditer(sentence.text):
        begin = sentence.start
        yield Agent(begin + match.start(), begin + match.end(), match.group().lower(), "none", usable=False)


def _is_free(agent: Agent, taken: list[Agent]) -> bool:
    return all(agent.end <= other.start or agent.start >= other.end for other in taken)
