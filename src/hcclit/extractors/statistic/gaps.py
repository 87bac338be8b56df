"""Whether the words between an endpoint's name and a number let the name govern the number.

The words are cut at commas and conjunctions. A piece that begins like an arm, a comparison or a preposition goes on
with the same statement; a piece that begins with another noun has a subject of its own, and the name ends there.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.scene import Scene

_CUT = re.compile(r"[,;:()\[\]]|\b(?:and|but|while|whereas|or|although|though|vs|versus|v)\b\.?", re.I)
_STARTERS = frozenset(
    """in for with among of by on from to after at within between during over per under until than versus vs v as compared comparing
    was were is are be been being had has have showed shows show reached remained remains appeared seemed did does do not no
    respectively significantly slightly markedly similarly only also even still approximately about nearly almost just both
    longer shorter higher lower better worse greater improved increased decreased superior inferior similar equivalent comparable equal different
    median medians mean means average rate rates estimate estimates estimated time times duration value values proportion percentage
    observed seen noted found achieved obtained reported recorded documented occurred occurring attained detected demonstrated confirmed
    favoring favouring favored favoured receiving given treated assigned allocated randomized randomised who that those which whom this these it they
    corresponding resulting ranging ranged statistically prolonged extended reduced its their respectively. n months weeks days years month
    patients patient women men participants subjects cases responders the a an each all one two three four five overall total
    control placebo observation experimental treatment standard combination monotherapy alone arm arms group groups cohort cohorts
    using according based assessed evaluated measured per-protocol intention-to-treat independent investigator investigator-assessed
    however also more less greater fewer instead
    plus including because due irrespective regardless if when where until while compare exceeded approached fell rose declined dropped
    improving consistently favorable favourable nonsignificantly numerically clinically expected reported up out rather least
    one-sided two-sided 1-sided 2-sided log-rank logrank stratified unstratified nominal hazard wald test by
    local central blinded best confirmed unconfirmed actuarial cumulative crude adjusted unadjusted kaplan-meier probability probabilities
    """.split()
)
_ARM_WORD = re.compile(r"\b(?:groups?|arms?|cohorts?|regimens?|patients|controls?|placebo|alone|recipients|therapy|treatment)\b", re.I)
_NEW_PREDICATE = re.compile(
    r"(?<!who )(?<!that )(?<!which )(?<!was )(?<!were )\b(?:experienced|developed|required|underwent|completed|discontinued|withdrew|dropped out|crossed over"
    r"|had (?:a |an |grade|received|at least|no |more|previously|their|been)|were (?:alive|positive|negative|male|female|men|women|white|older|younger|treated|excluded|lost)"
    r"|was associated with)\b|\b(?:although|though|because|unsurprising\w*)\b",
    re.I,
)
_OTHER_NOUN = re.compile(
    r"\b(?!(?:rates?|medians?|means?|survival|estimates?|probabilit\w+|proportions?|percentages?|total|values?|times?|durations?|periods?|average|responses?|recurrences?|relapses?"
    r"|result|level|ratio|mortality|deaths?|intervals?|arms?|groups?|cohorts?|patients|all|each|both|one|only|incidences?|frequency|frequencies|most|best|part|set|half|and|or|end|control|benefit)\b)"
    r"[a-z][a-z-]{3,}\s(?:of|level|status)\s(?:about\s|approximately\s|only\s)?$",
    re.I,
)
_DIFFERENCE = re.compile(
    r"\b(?:differences?|improvements?|increases?|increments?|gains?|benefits?|reductions?|decreases?|advantages?|prolongations?|extensions?|declines?"
    r"|margin|changes?|drop|fall|delta|excess|shortening)\b(?P<rest>[^()\[\];]*)$",
    re.I,
)
_CHANGED_BY = re.compile(r"\b(?:improved|increased|reduced|decreased|prolonged|extended|lowered|exceeded|lengthened|differed|shortened|dropped|declined|rose|fell)\b[^()\[\];,]{0,60}\bby\s*(?:a median of\s*)?$", re.I)


def governs(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing between two places opens a statement of its own."""
    if end - start > 420:
        return False
    words = scene.skeleton(start, end)
    if _NEW_PREDICATE.search(words) or _OTHER_NOUN.search(words):
        return False
    at, compares = 0, False
    for cut in [*_CUT.finditer(words), None]:
        piece = words[at : cut.start() if cut else len(words)]
        if not compares and not _goes_on(scene, piece, first=at == 0):
            return False
        at, compares = (cut.end(), cut.group().lower().startswith("v")) if cut else (at, False)
    return True


def _goes_on(scene: Scene, piece: str, first: bool) -> bool:
    words = piece.split()
    if not words:
        return True
    head = words[0].lower().strip("\"'*†‡")
    if head in _STARTERS or head.endswith("ly") or ("-" not in head and head.endswith(("ed", "ing"))) or head[:1].isdigit() or not head[:1].isalpha():
        return True
    if first and len(words) <= 2:  # "OS times", "response profile was": what follows the name itself
        return head.endswith("s") or len(words) == 1
    return _is_arm(scene, piece)


def _is_arm(scene: Scene, piece: str) -> bool:
    """Whether a piece names an arm: by its words, by its capitals, by a drug, or as the paper calls its arms."""
    if _ARM_WORD.search(piece) or re.match(r"\s*(?:[A-Z0-9][A-Za-z0-9/+-]*[A-Z0-9+]|[A-Z])\b", piece):
        return True
    head = piece.split()[0]
    drugs = scene.analysis.cache.get("statistic_drug_words")
    if drugs is None:
        drugs = {w.lower() for e in scene.analysis.entities if e.label in ("DRUG", "PROCEDURE") for w in re.split(r"[\s/+-]+", e.text)}
        scene.analysis.cache["statistic_drug_words"] = drugs
    return any(w.lower() in drugs for w in re.split(r"[/+-]", head))


def is_difference(scene: Scene, start: int, end: int) -> bool:
    """Whether a number is a difference, not a value: `an improvement of 3 months`, `reduced by 20%`."""
    words = scene.text[max(0, start) : end]
    if _CHANGED_BY.search(words):
        return True
    found = _DIFFERENCE.search(words)
    return bool(found) and len(found["rest"].split()) <= 7 and not re.search(r"\bfrom\b|\bmedian\b|\bto\s*$|\brespectively\b|\d|\bwith (?:a|an)\b", found["rest"])
