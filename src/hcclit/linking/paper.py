"""What a paper shows of its own work as a whole: its kind, its trial's name, its authors, the numbers it reports.

A discussion repeats a paper's own results without always saying whose they are; that a number stands in the
results, the abstract or a table of the same paper says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hcclit.language import Analysis, Sentence
from hcclit.linking.cues import Cue
from hcclit.paper_kind import is_case_report
from hcclit.quantity import Quantity

_OWN_SECTIONS = frozenset({"abstract", "results", "case", "figure", "table"})
_RESULT_UNITS = frozenset({"%", "mo", "wk", "d", "a"})
_NO_TRIALS = frozenset(
    "RCT RCTS USA US UK EU FDA WHO PHASE MRI CT PET HCC NSCLC RECIST ITT QOL COX ROC TITLE ABSTRACT BACKGROUND OBJECTIVE"
    " OBJECTIVES PURPOSE METHODS RESULTS DESIGN AIM AIMS IMPORTANCE CONTEXT INTRODUCTION FINDINGS CONCLUSION CONCLUSIONS CLINICALTRIALS NCT".split()
)
_NAME = r"(?=[\w-]*[A-Z\d][\w-]*[A-Z\d])[A-Z][\w]*(?:-\w+)*(?:[- ](?:[A-Z]+[A-Z\d/]*|\d[\w/]*)\b){0,3}|[A-Z][a-z]+-[A-Z][a-z]+"
_TRIAL_NAME = re.compile(
    rf"\b(?P<name>{_NAME})"
    r"(?: (?:(?:phase|randomi[sz]ed|non-randomi[sz]ed|comparative|non-comparative|study|pivotal|registration|I{1,3}|[1-4][ab]?|open-label"
    r"|double-blind|clinical)[/ -]?){1,5})?(?:,| \([^()]{0,30}\))? (?:trials?|stud(?:y|ies))\b"
    rf"|\b[Tt]rials?,? (?:named |called )?\(?(?P<after>{_NAME})\b|\((?P<inside>{_NAME})\),? (?:trials?|stud(?:y|ies))\b"
    # cooperative groups number their trials
    r"|\b(?P<numbered>(?:RTOG|ECOG|ACRIN|SWOG|CALGB|EORTC|NSABP|NCIC|NCRI|JCOG|AIO|GOG|COG|NRG|NCCTG|TROG|GERCOR|FFCD|PRODIGE|WJOG|WJTOG"
    r"|KCSG|HOVON|GMMG|SAKK|UKHCC)[- ]?(?:[A-Z]{1,4}-?)?\d{2,}[\w-]*)"
)
_IN_TITLE = re.compile(
    r"\((?:[^()]{0,60} )?(?P<brackets>[A-Z][\w/-]{3,25})\)|\b(?P<coded>[A-Z]{2,}[A-Z-]*\d[\w-]*)"
    r"|\b(?P<called>[A-Z][A-Za-z]*[A-Z\d][\w/-]*)(?: (?:trial|study)|:)"
)
_TELLS = re.compile(r"\b(?:was|were|had|gave|has|have|reported|showed|achieved|received)\b")
_REGISTERS = re.compile(r"\bNCT\d|\bclinicaltrials\.gov|\bISRCTN|\b[Rr]egistered\b|\b[Ww]e\b|\b[Tt]his\b|\b[Oo]ur\b|\bUMIN")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?!\w)")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper's own side.

    Attributes:
        case_report: it reports single patients.
        trials: names of its own trial, in capitals.
        authors: surnames of its authors, where front matter gives them.
        bare_names: finds the trials that the paper has named, also where the word trial is missing ("in SHARP").
        stated: numbers with their unit as its results state them; `printed`: numbers of its tables.
    """

    case_report: bool
    trials: frozenset[str]
    authors: frozenset[str]
    bare_names: re.Pattern[str]
    stated: frozenset[tuple[float, str]]
    printed: frozenset[float]

    def repeats(self, quantities: Iterable[Quantity]) -> bool:
        """Whether a sentence's quantities are the paper's own results: most of them stand there, number and unit.

        A whole number is soon met twice by chance, so that a single one is no evidence.
        """
        known, met = self._met(quantities)
        distinctive = sum(1 for q in met if q.value % 1) * 2 + len(met)
        return not self.case_report and distinctive >= 2 and len(met) > 0.6 * len(known)

    def lacks(self, quantities: Iterable[Quantity]) -> bool:
        """Whether a sentence states several results, none of them among the paper's own."""
        known, met = self._met(quantities)
        return len(known) > 1 and not met

    def _met(self, quantities: Iterable[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
        known = [q for q in quantities if _unit(q) in _RESULT_UNITS and q.value != 95]
        return known, [q for q in known if (q.value, _unit(q)) in self.stated or (q.value % 1 and q.value in self.printed)]


def paper_of(analysis: Analysis) -> Paper:
    """The paper's own side, found once per document."""
    if "linking.paper" not in analysis.cache:
        trials = _own_trials(analysis)
        analysis.cache["linking.paper"] = Paper(
            case_report=is_case_report(analysis),
            trials=trials,
            authors=_authors(analysis),
            bare_names=_bare_names(analysis, trials),
            stated=_stated(analysis),
            printed=_printed(analysis),
        )
    found: Paper = analysis.cache["linking.paper"]
    return found


def trial_cues(paper: Paper, sentence: Sentence) -> list[Cue]:
    """Cues that the names of trials give in a sentence: the paper's own trial is `own`, any other `other`."""
    found = list(_named(sentence.text))
    found += [(m.group().upper(), m.start(), m.end()) for m in paper.bare_names.finditer(sentence.text)]
    return [Cue(start, end, "own" if name in paper.trials else "other") for name, start, end in found]


def trial_names(text: str) -> list[str]:
    """Names of trials in a text, in capitals."""
    return [name for name, _, _ in _named(text)]


def _named(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _TRIAL_NAME.finditer(text):
        name = _name_of(match)
        if _is_trial(name):
            yield name, match.start(), match.end()


def _name_of(match: re.Match[str]) -> str:
    return match[match.lastgroup or 0].upper()


def _is_trial(name: str) -> bool:
    return name not in _NO_TRIALS and not re.match(r"PHASE |(?:[IVX]+[AB]?/?)+$", name)


def _own_trials(analysis: Analysis) -> frozenset[str]:
    """Names in the title, or that the abstract or the methods give where they tell of this study."""
    if is_case_report(analysis):
        return frozenset()
    names: set[str] = set()
    for sentence in analysis.sentences:
        if sentence.index < 2 and not _TELLS.search(sentence.text):  # a title
            names.update(_name_of(m) for m in _IN_TITLE.finditer(sentence.text))
        if sentence.section in ("front", "abstract", "methods") and _REGISTERS.search(sentence.text):
            names.update(trial_names(sentence.text))
    return frozenset(filter(_is_trial, names))


def _bare_names(analysis: Analysis, own: frozenset[str]) -> re.Pattern[str]:
    """The paper's own trial, and trials that it has named as such, with at least two capitals and four signs."""
    names = {n for s in analysis.sentences for n in trial_names(s.text)} | own
    known = sorted((re.escape(n) for n in names if len(n) > 3), key=len, reverse=True)
    # without a name, the pattern finds nothing
    return re.compile(rf"\b(?:{'|'.join(known)})(?![\w-])" if known else r"(?!)")


def _authors(analysis: Analysis) -> frozenset[str]:
    """Capitalised words of the front matter: the authors' names are among them."""
    front = [b for b in analysis.document.blocks if b.section == "front" or b.section is None][:30]
    text = " ".join(analysis.document.text[b.start : b.end][:600] for b in front)
    listed = analysis.document.metadata.get("authors", "")
    return frozenset(word.casefold() for word in re.findall(r"\b[^\W\d_]{2,}\b", f"{text} {listed}") if word[:1].isupper())


def _stated(analysis: Analysis) -> frozenset[tuple[float, str]]:
    sections = [s for s in analysis.sentences if s.section in _OWN_SECTIONS]
    return frozenset(
        (q.value, _unit(q)) for s in sections for q in analysis.quantities_in(s.start, s.end)
    )


def _printed(analysis: Analysis) -> frozenset[float]:
    text, blocks = analysis.document.text, analysis.document.blocks
    tables = [text[b.start : b.end] for b in blocks if b.kind == "table"]
    return frozenset(
        float(m.group().replace(",", "")) for table in tables for m in _NUMBER.finditer(table.replace("·", "."))
    )


def _unit(quantity: Quantity) -> str:
    return quantity.unit.code if quantity.unit else ""
