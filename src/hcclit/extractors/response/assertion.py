"""Whether a category is stated, denied, or neither: defined, wished for, possible, a matter of rates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hcclit.extractors.response.categories import Named
from hcclit.extractors.response.counts import COUNTED_PEOPLE, is_number_behind
from hcclit.extractors.response.scene import Scene
from hcclit.paper_kind import is_case_report

_ARTICLE = (
    r"(?:(?:an?|the|any|his|her|their|its|evidence of|signs? of|initial|first|further|objective|radiolog\w+"
    r"|patholog\w+|clinical\w*|confirmed|imaging|histolog\w+|documented|sustained|durable|single|true"
    r"|subsequent|such|of|in|for|either|to|as|been|be|with)\s){0,5}"
)
_LIST = r"(?:(?:\w+[ -]){1,3}(?:\([A-Za-z]{2,4}\)\s?)?(?:or|nor|and|,)\s(?:an?\s)?)?"
_REACHES = (
    r"(?:achiev\w*|reach\w*|show\w*|have|has|had|obtain\w*|attain\w*|meet|met|result\w*|lead|led"
    r"|experienc\w*|demonstrat\w*|develop\w*"
    r"|exhibit\w*|reveal\w*|represent\w*|correspond\w*|qualif\w*|produc\w*|induc\w*|observ\w*|see|seen|find"
    r"|found|yield\w*|get|got|enter\w*)"
)
_DENIED_BEFORE = re.compile(
    rf"(?:\b(?:no|without|absence of|lack of|free of|free from|nor|neither|ruled out|excluded|instead of"
    rf"|rather than)\s{_ARTICLE}{_LIST}{_ARTICLE}"
    rf"|\b(?:not|n't|never|cannot)\s(?:\w+ly\s|yet\s|been\s"
    rf"|able\sto\s)?(?:{_REACHES}\s)?{_ARTICLE}{_LIST}{_ARTICLE}"
    rf"|\bfail\w*\s(?:to\s{_REACHES}|in\sachieving)\s{_ARTICLE}{_LIST}{_ARTICLE}"
    rf"|\bwithout\s(?:achieving|reaching|obtaining|attaining|having|experiencing"
    rf"|developing)\s{_ARTICLE}{_LIST}{_ARTICLE})$",
    re.IGNORECASE,
)
_PEOPLE = (
    r"(?:drugs?|regimens?|treatments?|agents?|therap(?:y|ies)|stud(?:y|ies)|trials?|patients?|cases?|subjects?"
    r"|lesions?|tumou?rs?|arms?|groups?|persons?|individuals?|responders|one)"
)
_NOBODY = (
    rf"(?:\b(?:no|neither|not a single)\s(?:(?!with)[\w-]+\s){{0,3}}?{_PEOPLE}|\bnobody"
    rf"|\bnone(?:\sof\s(?:them|us|(?:(?:the|these|our|those|all)\s)?(?:[\w,-]+\s){{0,3}}?{_PEOPLE}))?)"
)
_NOBODY_BEFORE = re.compile(
    rf"{_NOBODY}(?:,?\s(?:in|with|of|who|on|treated|receiving|given)\s(?:[\w-]+\s){{1,6}}?|\s)(?:(?:has|have"
    rf"|had|was|were)\s)?(?:been\s)?"
    rf"(?:{_REACHES}|in|considered|evaluated|classified|rated|assessed|with)\s{_ARTICLE}{_LIST}{_ARTICLE}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^(?:\s\([^)]{1,12}\))?(?:,?\s(?:or|and|nor|neither)\s(?:[\w()-]+\s?){1,4}?)?\s(?:(?:was|were|is|are"
    r"|has|have|had|could|did|can)\s)"
    r"(?:never|not|n't)\s(?:\w+ly\s|been\s|be\s|to\sbe\s){0,2}(?:achiev|obtain|observ|seen|noted|reported"
    r"|found|reach|detect|document|record"
    r"|confirm|met\b|attain|evident|present|possible|induced|maintain|demonstrat|identif|diagnos|shown|so\b"
    r"|in any)|^\s(?:was|were)\s(?:seen|observed|found|noted|achieved|obtained|reported)\s(?:in|among)\s"
    r"(?:no|none|neither)\b|^\s(?:was|were)\s(?:ruled out|excluded|absent)",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(
    r"\b(?:patients|subjects|those|cases|participants|responders|individuals|women|men|anyone)\s(?:(?!with"
    r"|who)[\w-]+\s){0,3}?"
    r"(?:who|that|with|without|in whom|whose|having|had)\b[^,;]{0,50}$",
    re.IGNORECASE,
)
_WHO = re.compile(r"\bwho\s[^,;]{0,60}$", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:without|absence of|lack of|free of|free from|instead of|rather than|if|provided|as long as"
    r"|unless)\s(?:\w+\s){0,4}$",
    re.I,
)
_PRESENT = re.compile(r"\b(?:do|does|is|are|can|may) (?:not|no)\b|\bcannot\b", re.IGNORECASE)
_NO_DIRECTLY = re.compile(rf"\b(?:no|nor|neither)\s{_ARTICLE}{_LIST}{_ARTICLE}$", re.IGNORECASE)
_SELECTS = re.compile(
    r"^(?:\s\w+){0,4}\s(?:were|was)\s(?:included|enrolled|eligible|excluded|entered|recruited|randomi[sz]ed)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\bnot (?:yet )?(?:been )?(?:evalua\w+|assess\w+|determin\w+|available|done|performed|defined|included"
    r"|specified)\b|\bnot only\b",
    re.I,
)
# what stands between a doubt and the category holds no comma: "although surgery could not be done, she had CR"
_UNREAL_BEFORE = re.compile(
    r"\b(?:may|might|could|would|should|will|shall|can|if|whether|in case of|in the event of|unless|aim\w*"
    r"|goals?|expect\w*|hop(?:e|ed|ing)"
    r"|desir\w*|unlikely|likely to|conceivabl\w+|hypothe\w+|speculat\w+|assum\w+|such as|defined as"
    r"|considered when|categor\w+ (?:of|into|as)|divided into|classified into)\b[^,;()]{0,120}$"
    r"|\b(?:likelihood|chances?|probabilit(?:y|ies)|predict\w*|possib\w+|potential|proportion|percentage"
    r"|numbers? of|incidence|frequency|definitions?"
    r"|defin\w+|candidates? for|rarely|rare|seldom|rates? of|odds|end ?-?points?|markers? (?:of|for)"
    r"|distinguish\w*|differentiat\w*|mechanisms?"
    r"|correlat\w+|associat\w+ (?:of|with|between)|factors?|impact of|influence of|role of|assessment of"
    r"|surrogate|evaluable for|assessed for"
    r"|evaluated for|stratified by|questionable|suspected of|suspicious for|sum of|risk of|types? of"
    r"|significance of|durability of|achievement of"
    r" an?|incomplete or)\b[^,;()]{0,40}$",
    re.IGNORECASE,
)
_CRITERION_BEFORE = re.compile(r"\bcriteri(?:a|on) (?:for|of)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_TO_REACH = re.compile(
    r"\b(?:to|of|for|in order to)\s(?:achieve|obtain|reach|attain|induce|get|produce|maintain|prolong|gain"
    r"|have(?!\s\w+ed\b|\shad\b))\s(?:an?\s|the\s)?(?:\w+\s){0,2}$",
    re.I,
)
_REALLY = re.compile(
    r"\b(?:fail\w*|able|managed?|first|only|found|shown|seen|seemed|appeared|known|noted|allow\w*|reported"
    r"|considered|judged|deemed|felt|assessed|thought|classified|enabl\w+|continu\w+|sufficient|proved|came"
    r"|led \w+) to \w+ (?:an? |the )?(?:\w+ ){0,2}$",
    re.I,
)
_UNREAL_AFTER = re.compile(
    r"^s?(?:[\s-]rates?\b|\s?(?:\([^)]*\)\s)?(?:(?:is|was|were|are)\s(?:\w+\s)?(?:defined"
    r"|considered (?:when|if|as|to)|required|characteri[sz]ed by|"
    r"assumed|the (?:aim|goal|primary|secondary))|(?:is|are|remains?|has been"
    r"|have been)\s(?:\w+\s){0,2}?(?:rare\w*|uncommon|unusual|exceptional"
    r"|infrequent|limited|possible|unlikely|likely|difficult|regarded|associated|common|usually|often"
    r"|seldom|sometimes|occasionally|extremely"
    r"|very|reported in|observed in|seen in|expected|achieved in|obtained in|desirable|important|crucial"
    r"|needed|necessary|unknown)"
    r"|(?:was|were) (?:expected|hoped|planned|suspected|predicted|anticipated|unlikely|possible|rare|uncommon)"
    r"|(?:may|might|could|would|should|will|can|cannot)\b|requires?\b|means?\b|refers?\b|denotes?\b"
    r"|indicates?\b|criteri)"
    r"|[^,;()]{0,60}\s(?:is|are|remains?)\s(?:\w+\s){0,2}?(?:rare\w*|uncommon|unusual|exceptional"
    r"|infrequent|unlikely|difficult|possible)\b"
    r"|\s(?:patients?|groups?|cases|arms?|subgroups?|cohorts?|status|category|population|criteria"
    r"|definitions?|probabilit\w+|evaluation|assessment)\b)",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:may|might|could|would|will|can)\b", re.IGNORECASE)
_DEFINES = re.compile(r"\b(?:was|were|is|are|being) (?:\w+ )?(?:defined|considered (?:when|if)|categori[sz]ed"
                      r"|classified (?:as|into) (?:complete|CR)|graded as)\b"
                      r"|\bdefinitions? of\b|\bdenotes\b|(?:at least|≥"
                      r"|>) ?(?:an? )?\d+ ?%[^.]{0,60}\b(?:sum|diameters?)\b"
                      r"|\bdiameters?\b[^.]{0,60}(?:at least|≥) ?(?:an? )?\d+ ?%"
                      r"|\bneither sufficient\b", re.IGNORECASE)  # fmt: skip
_LISTS = re.compile(r"\s?(?:List of )?(?:abbreviations?|key ?-?words?|index terms|mesh terms)\b", re.IGNORECASE)
_JOINT = re.compile(
    r"^(?:\s?\([A-Z]{2,4}\))?(?:,?\s(?:or|versus|vs\.?|and/or)\s|\s?[/+]\s?)(?:an?\s)?(?:\w+\s){0,1}$", re.IGNORECASE
)
_ENUMERATED = re.compile(r"^s?(?:\s?\([A-Z]{2,4}\))?(?:,|,?\sand|,?\sor|\s?\+|\s?/)\s?(?:an?\s)?$")
_SHOWED = re.compile(r"\b(?:showed|revealed|demonstrated|confirmed)\s$")
_SAME = re.compile(r"^\s?(?:[,:=(\[-]|is|means|denotes|indicates|for)\s?(?:an?\s|the\s)?$")

# "complete response, disappearance of all lesions; partial response (PR), a decrease of 30%": criteria spelled out
_GLOSS = re.compile(
    r"\s?(?:\([A-Z]{2,4}\)\s?)?[,:=(]\s?(?:an?\s|the\s|at least\s|any\s)?(?:[\w≥>%-]+\s){0,2}"
    r"(?:disappearance|decreases?|increases?|reductions?|shrinkage|enlargement|growth|neither|not|absence|all"
    r"|appearance)\b",
    re.IGNORECASE,
)


def is_denied(scene: Scene) -> bool:
    """Whether the category is denied ("no CR", "CR was not obtained", "no patient achieved CR")."""
    before = scene.before[-110:]
    if _NOT_YET.search(before) or _NOT_YET.search(scene.after[:60]):
        return False
    return bool(
        _DENIED_BEFORE.search(before) or _NOBODY_BEFORE.search(before) or _DENIED_AFTER.search(scene.after[:110])
    )


def is_denied_of_group(scene: Scene) -> bool:
    """Whether a denial is a group's result: not the description of a subgroup, a condition, or a count."""
    if scene.sentence.section == "methods" or is_number_behind(scene):
        return False
    before = scene.text[: scene.start]
    if _NOBODY_BEFORE.search(scene.before[-110:]):
        return not _SELECTS.search(scene.after[:60])
    if (
        _DESCRIBES.search(before[-90:])
        or _WHO.search(before[-80:])
        or _CONDITION.search(before[-60:])
        or _PRESENT.search(before[-60:] + "|" + scene.after[:40])
    ):
        return False
    return bool(_NO_DIRECTLY.search(before[-60:])) or not COUNTED_PEOPLE.search(scene.text, *scene.clause)


def is_unreal(scene: Scene, *, settled: bool) -> bool:
    """Whether nobody is said to have had the category: a wish, a possibility, a definition, a rate.

    Args:
        scene: the category in its sentence.
        settled: it is denied, or presupposed by an anchor ("after the first PD"): doubt concerns something else.
    """
    after = _UNREAL_AFTER.search(scene.text[scene.end : scene.end + 80])
    if (
        _DEFINES.search(scene.near)
        or _LISTS.match(scene.sentence.text)
        or (after and not (settled and _MODAL.search(after.group())))
    ):
        return True
    before = scene.before[-140:]
    if _CRITERION_BEFORE.search(before) or (_TO_REACH.search(before) and not _REALLY.search(before)):
        return True
    return not settled and bool(_UNREAL_BEFORE.search(before))


def is_listed(scene: Scene, named: Named, places: Sequence[Named]) -> bool:
    """Whether the category stands in a definition (`CR, complete response`) or in a choice (`CR or PR`)."""
    shift = scene.start - named.start
    many = len({place.category for place in places}) >= 3
    if many and sum(bool(_GLOSS.match(scene.text, place.end + shift)) for place in places) >= 2:
        return True
    for one, other in pairwise(places):
        if named not in (one, other):
            continue
        between = scene.text[max(0, one.end + shift) : max(0, other.start + shift)]
        if one.category == other.category and _SAME.match(between):
            return True
        if "respectively" in scene.text[named.end + shift :]:
            continue
        if many and is_case_report(scene.analysis) and _SHOWED.search(scene.text[: places[0].start + shift]):
            continue  # "CT in weeks 8, 16 and 24 showed SD, PR and CR"
        if one.category != other.category and (_JOINT.match(between) or (many and _ENUMERATED.match(between))):
            return True
    return False
