"""Thresholds among a marker's numbers: reference ranges, cut-offs, criteria, bounds of subgroups.

A bound without such words (`AFP >400 ng/ml`) is a threshold unless it is said of a patient.
"""

from __future__ import annotations

import re

from hcclit.extractors.marker.attach import Owned
from hcclit.extractors.marker.values import Value
from hcclit.records import MarkerKind

Told = tuple[Owned, MarkerKind]

_REFERENCE = (
    r"(?:\b(?:normal|reference|ref|refs|NR|RR|nl|nv|n\.v|ULN|ULRR|upper\slimit|lower\slimit|cut-?offs?"
    r"|cut\soff|threshold|norm|normals|N)\b\.?)"
)
_REFERENCE_TAIL = (
    r"(?:\s?(?:laboratory|serum|adult|upper|range|ranges|value|values|level|levels|limit|limits"
    r"|interval|intervals|point|points|is|was|were|of|being|at"
    r"|set|defined|as|from|to|up|be|between|for|AFP|CEA|DCP|PIVKA-II|used|normal|tumou?r|markers?|the"
    r"|these|:|=|,|;|-|\())*\s?"
)
_REFERENCE_BEFORE = re.compile(rf"{_REFERENCE}{_REFERENCE_TAIL}$", re.IGNORECASE)
_NORMALIZED_TO = re.compile(
    r"\b(?:to|within|at)\s(?:a|the)?\s?normal\s(?:level|value|range|limit)s?\s(?:of\s|at\s|\()?$",
    re.IGNORECASE,
)
_REFERENCE_NAME = re.compile(
    r"\b(?:cut-?offs?|cut\soffs?|threshold|upper\slimits?(?:\sof\snormal)?|normal\s(?:range|value"
    r"|level|limit)s?"
    r"|reference\s(?:range|value|level|interval)s?)\s?(?:values?|levels?|points?)?\s(?:of"
    r"|for)\s(?:the\s)?(?:serum\s)?$",
    re.IGNORECASE,
)
_REFERENCE_AFTER = re.compile(
    r"\s?[)\]]?,?\s?(?:(?:was|were|is|being)\s)?(?:(?:used|chosen|set|taken|selected|defined"
    r"|regarded)\s)?(?:as\s)?"
    r"(?:the\s|an?\s)?(?:optimal\s|best\s|normal\s|upper\s|diagnostic\s)?"
    r"(?:cut-?off|threshold|upper\slimit|normal\srange|reference|limit\sof\snormal|normal\supper)",
    re.IGNORECASE,
)
_CALLED_NORMAL = re.compile(
    r"(?:(?<!limit of )(?<!limits of )\bnormal(?:\s(?:level|value|range|limit)s?)?\s?\("
    r"|\b(?:within|in|to)\s(?:the\s|its\s|a\s)?(?:normal|reference)(?:\s(?:level|value|range"
    r"|limit)s?)?\s?[,(:])\s?(?:at\s)?$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s?,?\s?[(\[]\s?")
_CRITERION = re.compile(
    r"\b(?:criteri\w+|eligib\w+|inclusion|included|exclusion|defined\sas|definition"
    r"|diagnosed\s(?:based|on|by|as|when|if)|diagnosis\s(?:was|is|of\sHCC\s(?:was|is))\s(?:based"
    r"|made\son|established)"
    r"|cut-?offs?|threshold|subgroups?|stratif\w+|univariate|multivariate|multivariable|hazard|HR|OR"
    r"|odds|risk\sfactors?"
    r"|prognostic|predict\w*|associated\swith|independent\w*|factors?\b|score\w*|points?\sfor|versus"
    r"|vs|groups?\b"
    r"|(?:patients|those|subjects|cases|individuals)\s(?:\w+\s)?with|patients\swhose|patients\shaving"
    r"|if\b|sensitivity|specificity"
    r"|when\sAFP|dichotomi[sz]ed|p\s?[<=]\s?0|regression|sub-?analys\w+|correlat\w+|suspicio\w+\sfor"
    r"|suggestive"
    r"|considered\s(?:as\s)?(?:diagnostic|abnormal|elevated|positive|high|normal)|guidelines?|recommend\w*)",
    re.IGNORECASE,
)
_CATEGORY = re.compile(
    r"\b(?:with|whose|having|groups?|categor\w+|stratif\w+|subgroups?|criteri\w+|defined|if|when"
    r"|level\s(?:over|of))\b",
    re.IGNORECASE,
)
_OF_PATIENT = re.compile(
    r"\b(?:his|her|he|she|our\spatient(?!s)|the\spatient(?!s)|this\spatient(?!s)|patient's|\d+-year-old"
    r"|(?:an?|one|the)\s(?:[\w-]+\s){0,3}?(?:man|woman|boy|girl|patient|male|female|case|infant)(?!s)"
    r"|patient\s\d+|admission|admitted|hospitali[sz]\w+|physical\sexamination"
    r"|laboratory\s(?:data|tests?|findings?|examinations?|results?|values?))\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:rose|risen|increas\w+|decreas\w+|fell|fallen|dropp\w+|declin\w+|reach\w+|elevat\w+|peak\w*"
    r"|return\w+|remain\w+"
    r"|stay\w+|reduc\w+|normali[sz]ed|raised|became)\b",
    re.IGNORECASE,
)
_DEFINED_HIGH = re.compile(
    r"^[^,;]{0,40}\b(?:elevated|high|abnormal|raised|positive|increased)(?:\slevels?)?\s?[(\[]\s?$",
    re.IGNORECASE,
)
_DEFINED_NORMAL = re.compile(r"\b(?:normal|normali[sz]ed|negative|undetectable)\s?[(\[]\s?$", re.IGNORECASE)
# "an AFP above 400 ng/mL is diagnostic of"
_SAYS_WHAT = re.compile(
    r"\s(?:is|are|may\sbe|can\sbe)\s(?:\w+ly\s|considered\s|regarded\sas\s|very\s){0,3}"
    r"(?:diagnostic|suggestive|indicative|specific|suspicious|associated|predictive|characteristic|abnormal)\b",
    re.IGNORECASE,
)
_BOUNDS = ("<", "<=", ">", ">=")


# "a normal level of CA19-9 (9 U/mL": the value that was normal; "the normal value of AFP (10 ng/mL)" says what is
_NORMAL_LEVEL_OF = re.compile(r"(?<!\bthe )\bnormal\s(?:level|value)s?\sof\s(?:serum\s)?$", re.IGNORECASE)


def is_threshold(text: str, item: Owned, told: list[Told], of_patients: bool) -> bool:
    """Whether a value is a threshold.

    Args:
        text: the sentence.
        item: the value with its marker.
        told: the values before it in the sentence, with their kinds.
        of_patients: whether the passage tells of individual patients.
    """
    if _is_reference(text, item, told, of_patients):
        return True
    value = item.value
    if told and told[-1][1] == "threshold":
        previous = told[-1][0]
        if previous.group == item.group and not previous.is_bound and value.comparator == previous.value.comparator:
            return True
        if _named_behind(previous) and _named_behind(item):
            return True
        if value.high is not None and previous.name_start == item.name_start and previous.value.comparator != "=":
            return True
    if value.high is not None:
        return _is_category(text, item)
    return value.comparator in _BOUNDS and _is_criterion(text, item, of_patients)


def _is_reference(text: str, item: Owned, told: list[Told], of_patients: bool) -> bool:
    value = item.value
    previous, kind = told[-1] if told else (None, None)
    since = previous.value.end if previous and previous.value.end <= value.start else 0
    before = text[max(since, value.start - 70) : value.start]
    if _is_normal_one(text, item):
        return False
    if _REFERENCE_BEFORE.search(before) and not (_NORMALIZED_TO.search(before) or _is_given_as_normal(before, value)):
        return True
    named = text[max(0, item.name_start - 60) : item.name_start]
    if _REFERENCE_AFTER.match(text, value.end) or _REFERENCE_NAME.search(named):
        return True
    if previous is None or previous.analyte != item.analyte or kind != "measurement":
        return False
    from_normal = value.high is not None and (
        value.value == 0 or (value.value <= 10 and _is_patients(text, of_patients))
    )
    bracketed = bool(_BRACKET.fullmatch(text[previous.value.end : value.start]))
    return bracketed and (value.comparator != "=" or from_normal)


def _named_behind(item: Owned) -> bool:
    """`the reference value was 0-5 ng/mL for CEA, 0-35 U/mL for CA19-9`."""
    return item.name_start >= item.value.end


def _is_given_as_normal(before: str, value: Value) -> bool:
    """`returned to normal (6 ng/ml)`: the value that was normal, not a bound of what is."""
    return bool(_CALLED_NORMAL.search(before)) and value.comparator in ("=", "~") and value.high is None


def _is_normal_one(text: str, item: Owned) -> bool:
    """`a normal level of CA19-9 (9 U/mL)`: the value in brackets is the one that was normal."""
    before = text[max(0, item.name_start - 60) : item.name_start]
    plain = item.value.comparator in ("=", "~") and item.value.high is None
    return plain and bool(
        _NORMAL_LEVEL_OF.search(before) and _BRACKET.fullmatch(text[item.name_end : item.value.start])
    )


def _is_category(text: str, item: Owned) -> bool:
    """`patients with AFP between 20 and 200`: a range that makes a subgroup."""
    before = text[max(0, item.name_start - 60) : item.value.start]
    if re.search(r"\brang\w*|\bIQR|interquartile|[(\[][^)\]]*$", before):
        return False
    return bool(_CATEGORY.search(before)) and not _is_patients(text, of_patients=False) and not _CHANGED.search(before)


def _is_patients(text: str, of_patients: bool) -> bool:
    return of_patients or bool(_OF_PATIENT.search(text))


def _is_criterion(text: str, item: Owned, of_patients: bool) -> bool:
    """Whether a bound is that of a subgroup or a criterion, and not what a patient had."""
    gap = text[item.name_end : item.value.start]
    if _DEFINED_NORMAL.search(gap):
        return True
    if _DEFINED_HIGH.search(gap):
        return not _is_patients(text, of_patients)
    if _SAYS_WHAT.match(text, item.value.end):
        return True
    if _CHANGED.search(gap):
        return False
    if _CRITERION.search(text):
        return not (_OF_PATIENT.search(text) and of_patients)
    return not _is_patients(text, of_patients)
