"""How papers print an estimate, its interval and its p-value; every pattern is for the cleaned text of a view."""

from __future__ import annotations

import re

from hcclit.checks.intervals import Stated

NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?!\d)|0,\d{3}(?!\d)|\d+(?:\.\d+)?|\.\d+)"
_LEVEL = r"(?:(?P<level>\d{2}(?:\.\d+)?)\s?-?(?:%|per ?cent)\s?-?\s?)"
_WORDS = (
    r"(?:(?:two-sided|2-sided|repeated|adjusted|stratified|exact|bootstrap|Wald|profile|asymptotic)\s)?"
    r"(?:[Cc]onfidence [Ii]nterval(?:s|\b)(?:\s?[\[(]\s?CIs?\s?[\])])?|[Cc]onfidence limits?|CIs?\b|C\.I\.)"
)
INTERVAL_WORDS = rf"(?:{_LEVEL}?{_WORDS}(?:\s?\(?{_LEVEL.replace('level', 'level_after')}\)?)?)"
_BETWEEN = r"\s?(?P<between>-|~|to|and|;|,(?=\s|(?!\d{3}(?!\d))\d*\.\d))\s?"
LIMITS = rf"(?P<low>{NUMBER})(?P<low_unit>\s?%)?{_BETWEEN}(?P<high>{NUMBER})(?![\d/]|\.\d|,\d)(?:\s?%)?"

LABELLED = re.compile(rf"{INTERVAL_WORDS}\s?(?:\s(?:was|of|from|between|is|ranged from)\s)?[,:;=]?\s?[(\[]?\s?{LIMITS}")
"""`95% CI, 0.55 to 0.87`, `CI (95%): [0.55; 0.87]`."""
BARE = re.compile(rf"(?<=[(\[])\s?{LIMITS}(?=\s?[)\];,])")
"""`(0.55-0.87)`: an interval only where the words before it make it one."""

UNIT = (
    r"(?P<unit>\s?%|\s?percentage points|\s?percent\b|[ -](?:months?|mo|weeks?|wk|years?|yr|days?|hours?|points?)\b\.?)"
)
_COUNTS = r"(?:(?:n\s?=\s?)?\d+\s?(?:/|of|out of)\s?\d+(?: patients)?\s?[,;)]\s?[(\[]?\s?)"
_P_OF = r"(?:-?\s?(?:[Vv]alues?|VALUES?))?"
_P_WORDS = r"(?:(?:two|one|2|1)-?\s?(?:sided|tailed)|nominal|descriptive|adjusted|unadjusted|stratified|log-?\s?rank)"
_P = (
    rf"(?:{_P_WORDS},?\s){{0,3}}\b[pP]{_P_OF}\s?(?:\((?:{_P_WORDS}\s?){{1,2}}\)|\bby (?:the )?log-?rank(?: test)?)?"
    rf"\s?(?P<op>[=<>\u2264\u2265:]|\bof\b|\bwas\b|\bless than\b|\bis\b)\s?(?P<less><)?=?\s?"
    r"(?P<p>\d?\.\d+|0,\d+|[01](?![.,]?\d))"
    r"(?![\d%]|\.\d|\s?[x\u00d7*\u00b7]\s?10|[eE]-?\d|\s\d)"
)
ESTIMATE = re.compile(
    rf"(?P<estimate>{NUMBER}){UNIT}?(?:\s?[)\]])?\s?[,;:]?\s?[(\[]?\s?{_COUNTS}?(?:with (?:a |an )?)?"
    rf"(?:(?P<p_part>{_P})\s?[,;]\s?)?\Z"
)
"""What stands before an interval: the estimate, its unit, perhaps counts, perhaps the p-value."""
AFTER = re.compile(rf"\s?[)\]]{{0,2}}\s?(?:[,;:]|and)?\s?[(\[]?\s?(?:with (?:a )?|by )?(?P<p_part>{_P})")
"""What follows an interval directly: its p-value."""
P_ASIDE = re.compile(
    r"\s?[,;)\]]?\s?(?:for |of |on )?(?:the )?(?:non-?\s?inferiority|equivalence|interaction|trend|heterogeneity"
    r"|effect modif|difference between|superiority of)|\s?(?:and|,|;|vs\.?|or)\s?(?:[pP]\s?)?[=<>]?\s?\d?\.\d",
)
"""What follows a p-value that tests something else, or that is one of several."""
P_OTHER = re.compile(r"non-?inferior|interaction|trend|heterogeneity|equivalence", re.IGNORECASE)
NON_INFERIORITY = re.compile(r"non-?\s?inferior|equivalence", re.IGNORECASE)
ANOTHER_TEST = re.compile(
    r"log-?\s?rank|fisher|chi-?\s?squared?|\u03c7|mantel|wilcoxon|mann|mcnemar|score test|likelihood|t-?test|breslow"
    r"|gehan|exact test|permutation|bootstrap",
    re.IGNORECASE,
)
ONE_SIDED = re.compile(r"\b(?:one|1|single)-?\s?(?:sided|tailed)", re.IGNORECASE)
TWO_SIDED = re.compile(r"\b(?:two|2)-?\s?(?:sided|tailed)", re.IGNORECASE)
UNEVEN = re.compile(
    r"\bexact\b|bootstrap|credib|bayes|posterior|profile|fisher|clopper|repeated|median[- ]unbiased|predict|permut"
    r"|penali[sz]ed|firth|monte carlo|\bBCa\b|mid-?p",
    re.IGNORECASE,
)
"""Methods whose intervals need not be symmetric about the estimate."""
RESAMPLED = re.compile(
    r"(?:bootstrap|bayes|posterior)[^.;]{0,60}(?:\bCIs?\b|\bCI's|intervals?\b)"
    r"|(?:\bCIs?\b|intervals?\b)[^.;]{0,60}(?:bootstrap|bayes|posterior)",
    re.IGNORECASE,
)
"""How a paper says once that none of its intervals is made of a standard error."""

RATIO = re.compile(
    r"(?P<HR>\b[Hh]azards?[- ][Rr]atios?(?:\s?[\[(][^)\]\d]{1,20}[\])])?|\b(?:a|s|c|u|m)?HRs?(?:adj)?\b)"
    r"|(?P<OR>\b[Oo]dds[- ][Rr]atios?(?:\s?[\[(][^)\]\d]{1,20}[\])])?|\b(?:a|c|u|m)?ORs?(?:adj)?\b)"
    r"|(?P<RR>\b(?:[Rr]elative [Rr]isks?|[Rr]isk [Rr]atios?|(?:[Ii]ncidence )?[Rr]ate [Rr]atios?|[Rr]elative [Rr]ates?)"
    r"(?:\s?[\[(][^)\]\d]{1,20}[\])])?|\b(?:a|I)?RRs?\b)"
    r"|(?P<difference>\b[Dd]ifferences?\b|\bMD\b)"
)
LABEL_TO_ESTIMATE = re.compile(
    rf"(?:[^\d;.]|(?<=[A-Za-z-])\d|\bvs?\.){{0,90}}?"
    rf"(?:[(\[,]\s?{INTERVAL_WORDS.replace('level', 'head_level')}\s?[)\]]?[^\d;.]{{0,30}})?\Z"
)
"""What may stand between `hazard ratio` and its number: words without digits, and `(95% CI)`."""
ANOTHER_NAME = re.compile(
    r"\b(?:median|mean|average|rates?|incidence|proportion|percent\w*|months?|score|log|ln|reduction|increase|decrease"
    r"|ratios?|HR|OR|RR|differences?|survival was|probability|CI)\b|%"
)
"""Words between a ratio's name and a number that make the number something else."""
MEASURED = re.compile(
    r"\b(?:median|mean|average|AUCs?|AUROC|area under the (?:ROC |receiver[- ]operating[- ]characteristic )?curve"
    r"|[Cc]-index|C-?statistics?|concordance(?: index)?|kappa|sensitivity|specificity|accuracy|survival|rate"
    r"|coefficient)"
    r"[^\d;.,()\[\]]{0,60}\b(?:was|were|is|of|=|:)\s?\Z"
)
"""Names of results that have no unit, with the word that gives their value."""
LISTED = re.compile(r"(?:\bvs?\.?|\bversus|\band|\bor|\bto|\bthan|\bwith|\bfrom|\bbetween|[,/&+\u00b1-])\s?\Z")
COUNTED = re.compile(
    r"(?:[nNk]\s?=|\b(?:grades?|stages?|weeks?|months?|days?|years?|cycles?|arms?|phase|table|figure|fig\.|groups?|level"
    r"|per|percent|patients?|cohort|line|type|class|score|age|aged|of age|at|after|within|by|every|than|over|during"
    r"|until|least|about|part|model|quartile|tertile|visit|version|number|no\.|p|cutoff|threshold|[<>=\u2264\u2265]=?))\s?\Z",
    re.IGNORECASE,
)
"""Words before a number that make it no estimate."""


def read_number(text: str) -> Stated:
    """A printed number with its sign; a comma before one or two digits, or after a lone zero, is a decimal sign."""
    sign = -1 if text.startswith("-") else 1
    plain = text.lstrip("+-")
    if re.fullmatch(r"0,\d+|\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    plain = plain.replace(",", "")
    return Stated(sign * float(plain), len(plain.partition(".")[2]))
