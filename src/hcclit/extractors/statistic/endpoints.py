"""Mentions of endpoints, by `vocabulary/endpoints.csv` and by the short forms that the paper itself defines.

A mention says what its values are (`kind`): a time to an event, a span of time, the rate of a category, an event,
or a verb (`died`, `responded`) that comes after its number. What surrounds a name may change it: `local`
recurrence and `PSA` response are `other`, `survival benefit` is no value of survival.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from hcclit.extractors.statistic.scene import Scene
from hcclit.language import Analysis
from hcclit.vocabulary import rows

CORE_RATES = ("ORR", "DCR", "CBR", "CR", "PR", "SD", "PD")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint named at a place. `weak`: the words after it turn it from a result into a topic (`OS analysis`)."""

    start: int
    end: int
    code: str
    kind: str
    weak: bool = False
    gain: bool = False  # "survival benefit": a number right after it is a difference
    landmarks: tuple[str, ...] = ()
    name: str = ""
    base: str = ""  # what its events are counted for: `DFS` of "DFS events"

    @property
    def topic(self) -> str:
        """The endpoint that a ratio or p-value beside it is about."""
        return self.base or self.code


@dataclass(slots=True)
class _Table:
    exact: dict[str, tuple[str, str]] = field(default_factory=dict)
    lower: dict[str, tuple[str, str]] = field(default_factory=dict)


_MODIFIER = re.compile(
    r"(?:\b(?:local|loco-?regional|regional|nodal|distant|intrahepatic|extrahepatic|intra-?cranial|cranial|CNS|brain|lung|bone|pelvic"
    r"|vaginal|peritoneal|hepatic|liver|biochemical|PSA|bPFS|serological|symptomatic|clinical PSA|immune-related|marginal|in-field"
    r"|metastatic|metastasis|metastases|systemic|ipsilateral|contralateral|in-?breast|breast tumou?r|lymph[- ]node|port-site|anastomotic|bladder"
    r"|chest wall|axillary|abdominal|cancer-specific|disease-specific|cause-specific|tumou?r-specific|colostomy-free|larynx|symptom|pain"
    r"|graft|cell|vein|stent|patency|catheter|shunt|biliary|emetic|vomiting|emesis|urinary|sexual|PSA-|cognitive|hematologic|testosterone"
    r"|cytogenetic|antibody|vaccine|T-cell|virologic(?:al)?|pathologic(?:al)?|prostate-specific antigen|AFP|CA-125|CA125|radiation|late)"
    r"[\s-]+(?:and\s)?(?:disease\s|tumou?r\s|cancer\s)?|non-)$",
    re.I,
)
_LAST_WORD = re.compile(r"([\w/-]+)\s*$")
_PLAIN_DEATH = re.compile(
    r"(?:\d+-(?:day|month|week|year)|\d+|(?:all|any)[- ]cause|\w+-(?:related|associated|induced)|toxic|overall|total|early|late|in-?hospital|in-?house|hospital|(?:peri|post|intra)-?operative|operative|surgical"
    r"|patients?|crude|cumulative|estimated|observed|further|additional|more|fewer|no|any|and|or|of|the|in|for|to|by|with|from|was|were|had|a|an|on|reported|all|these|first|second|induction|higher|lower|increased"
    r"|reduced|similar|unexpected|possible|median|mean|year|month|day|icu|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|including|subsequent|their|its|whose|both|as|high|low|excess|annual|actuarial"
    r"|at|between|than|short-term|long-term|peritransplant|recorded|documented|fatal|into|causes?|until|cause|there|grade|after|before)",
    re.I,
)
_CAUSED_BY_DISEASE = re.compile(r"(?:cancer|disease|tumou?r|liver|hcc|progression|infection|aids|heart|cardiac|lung|breast|prostate|melanoma|lymphoma|myeloma|leuk\w+|sepsis|relapse|smoking|alcohol)-related", re.I)
_CAUSE_AFTER = re.compile(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:of|from|due to|because of|as a result of|resulting from|caused by|attributed to|attributable to|related to|owing to"
    r"|without|unrelated to)\s+(?!any|all|treatment|the treatment|therapy|toxic|study|drug|patients|surgery|complications? of|\d)",
    re.I,
)
_SITE_AFTER = re.compile(r"\s*(?:rates?\s)?(?:in|at|of|within)\s+(?:the\s)?(?:regional|nodes|lungs?|bones?|brain|liver|lymph|primary site|breast|pelvi|scalp|remnant|local|remaining)", re.I)
_SUFFIX_OTHER = re.compile(r"[\s-]+(?:events?\b|failures?\b)", re.I)
_SUFFIX_WEAK = re.compile(
    r"(?:\s*\([^()]{1,12}\))?[\s-]+(?:analys[ie]s|end-?\s?points?|curves?|data|outcomes?|follow-?up|patients?|population"
    r"|results|estimates? (?:were|was) (?:made|calculated)|status|scores?|assessments?|criteria|evaluations?|prediction|models?|comparisons?)\b",
    re.I,
)
_SUFFIX_GAIN = re.compile(r"(?:\s*\([^()]{1,12}\))?[\s-]+(?:benefits?|advantages?|differences?|improvements?|gains?|prolongation)\b", re.I)
_NO_SHORT_FORM = re.compile(r"[-+]?\s?(?:positive|negative|status|interval|expression|domain|gene|-L1|inhibitor|blockade)|\s?\+(?!\s?(?:SD|PR|CR|PD)\b)|[-/]L?\d", re.I)
_RESPONSE_BEFORE = re.compile(
    r"(?:^|\b(?:an?|the|of|no|any|in|had|have|confirmed|unconfirmed|radiographic|radiologic(?:al)?|their|responses?|to|achieved|with|showed|and|,|were|was"
    r"|maintained|in terms of|including|major|overall|mRECIST|RECIST|WHO|\d|one|two|three|four|five|six|seven|eight|nine|ten|%))\W*$",
    re.I,
)  # fmt: skip
_GENERIC = re.compile(
    r"\b(?:(?:median |mean )?time (?:from (?:[\w-]+\s){1,5}?)?(?:to|until) (?:the |a |an )?(?:[\w-]+\s){0,2}?[\w-]+(?= \(|,| was| were| of|\.| in| with| did| between|;|$)"
    r"|[\w-]+[- ](?:free|specific|related) survival\b|(?:duration|length) of (?:the )?(?:[a-z][\w-]*\s)?[a-z][\w-]*)", re.I
)  # what is measured like an endpoint but is none of the list
_TREATMENT = re.compile(
    r"\b(?:duration|length) of (?:the\s)?(?:[\w/+-]+\s){0,4}?(?:treatment|therapy|use|administration|exposure|intake|medication|chemotherapy|radiotherapy)\b"
    r"|\b[\w/+-]+\s(?:treatment|therapy|exposure) duration\b|\btime on (?:[\w/+-]+\s){0,2}?(?:treatment|therapy)\b|\btreated for (?:a|an) (?=median|mean)", re.I
)
_STRATIFIES = re.compile(r"-(?:stratified|based|adjusted|related|guided|directed|driven|like)|\s(?:events? per|per person)", re.I)
_ELLIPTIC = re.compile(r"\boverall(?=\s(?:\(OS\)\s)?(?:and|or)\s(?:median\s)?[\w-]+[\s-]free\b)|\boverall(?=\s(?:\(OS\)\s)?survival)", re.I)
_TOPIC_BEFORE = re.compile(
    r"\b(?:analys[ie]s|predictors?|assessment|definition|evaluation|estimation|measures?|follow-?up)\s(?:of|for|was|were|is)\s(?:the\s|median\s)?$", re.I
)
_ALIVE = re.compile(
    r"\b(?:percentages?|proportions?|probabilit\w+|estimates?|rates?|likelihood) of (?:the\s|all\s)?(?:patients?\s|being\s|participants\s|women\s|men\s)?(?:who (?:were|remained)\s)?(?:still\s)?alive\b(?! and| without)", re.I
)
_CATEGORIES = ("CR", "PR", "SD")
_ADDED = re.compile(r"\s?(?:\([A-Z]{2}\)\s?)?(?:\+|plus|or|/|and/or|,\s?(?:or|\+)?)\s?(?:an?\s|confirmed\s)?", re.I)
_EMETIC = re.compile(r"anti-?emetic|no emesis|chemotherapy-induced (?:nausea|vomiting|emesis)|emetogenic chemo\w+", re.I)
_ANCHOR_BEFORE = re.compile(r"\b(?:after|before|following|until|since|prior to|despite|without|beyond|to|(?:of|for|in|by)(?=\s(?:achieving|obtaining|attaining|reaching)))\s(?:\w+ing\s)?(?:an?\s|the\s|this\s)?(?:\w+\s)?$", re.I)
_FREE_OF = re.compile(r"\b(?:free|freedom)\s(?:of|from)\s(?:\w+\s)?$|\bwithout\s(?:any\s|evidence of\s)?(?:\w+\s)?$", re.I)
_DURATION_OF = re.compile(r"\b(?:duration|time|length|maintenance|interval)s?\s(?:of|to)\s(?:the\s|a\s)?$", re.I)


def find_endpoints(scene: Scene) -> list[Endpoint]:
    """Find the endpoints that a sentence names, in order, not overlapping; those within intervals are left out."""
    pattern, table = _lexicon(scene.analysis)
    found: list[Endpoint] = []
    for match in pattern.finditer(scene.text):
        entry = table.exact.get(_key(match.group())) or table.lower.get(_key(match.group().lower()))
        if entry is None or any(a <= match.start() and match.end() <= b for a, b in scene.asides):
            continue
        endpoint = _in_context(scene.text, Endpoint(match.start(), match.end(), *entry, name=match.group()))
        if endpoint is not None and not _repeats(scene.text, found, endpoint):
            found.append(endpoint)
    found = _composed(scene.text, found)
    found = _add(found, (Endpoint(m.start(), m.end(), "OS", "time", name="overall") for m in _ELLIPTIC.finditer(scene.text)))
    alive = [Endpoint(m.start(), m.end(), "OS", "time", name="alive") for m in _ALIVE.finditer(scene.text)]
    found = [e for e in found if not any(a.start <= e.start < a.end for a in alive)] + alive
    treated = [Endpoint(m.start(), m.end(), "treatment_duration", "span", name=m.group()) for m in _TREATMENT.finditer(scene.text)]
    found = _add(treated, found) if treated else found
    found = _with_generic(scene.text, found)
    return sorted(found, key=lambda e: e.start)


def _composed(text: str, found: list[Endpoint]) -> list[Endpoint]:
    """`PR + SD`, `CR or PR`: categories added up are one endpoint; in brackets after a name they define it."""
    out: list[Endpoint] = []
    chain: list[Endpoint] = []
    for endpoint in [*_without_definitions(text, found), None]:
        if endpoint is not None and endpoint.code in _CATEGORIES and (not chain or _ADDED.fullmatch(text[chain[-1].end : endpoint.start])):
            chain.append(endpoint)
            continue
        out += _sum(text, chain)
        chain = [] if endpoint is None or endpoint.code not in _CATEGORIES else [endpoint]
        if endpoint is not None and not chain:
            out.append(endpoint)
    return out


def _sum(text: str, chain: list[Endpoint]) -> list[Endpoint]:
    if len(chain) < 2 or not re.search(r"\+|plus|\bor\b|/", text[chain[-2].end : chain[-1].start], re.I):
        return chain
    code = "DCR" if any(e.code == "SD" for e in chain) else "ORR"
    return [replace(chain[0], end=chain[-1].end, code=code, name=text[chain[0].start : chain[-1].end])]


def _without_definitions(text: str, found: list[Endpoint]) -> list[Endpoint]:
    """Leave out categories that only define the name before their brackets: `disease control (CR, PR and SD)`."""
    out: list[Endpoint] = []
    for endpoint in found:
        last = out[-1] if out else None
        opened = text.rfind("(", last.end, endpoint.start) if last is not None else -1
        if last is None or opened < 0 or text[last.end : opened].strip() not in ("", "rate", "rates") or last.kind != "rate":
            out.append(endpoint)
            continue
        inside = text[opened : text.find(")", opened) + 1]
        if not inside or re.search(r"\d", inside) or endpoint.code not in _CATEGORIES or endpoint.end > opened + len(inside):
            out.append(endpoint)
        elif last.code == "SD" and endpoint.code == "PR":
            out[-1] = replace(last, code="DCR")
    return out


def _add(found: list[Endpoint], more: Iterable[Endpoint]) -> list[Endpoint]:
    return found + [e for e in more if not any(f.start < e.end and e.start < f.end for f in found)]


def _with_generic(text: str, found: list[Endpoint]) -> list[Endpoint]:
    """Add what is measured like an endpoint but is none; `chemotherapy-free survival` is no survival either."""
    for match in _GENERIC.finditer(text):
        generic = Endpoint(match.start(), match.end(), "other", "time", name=match.group())
        inside = [e for e in found if e.start < generic.end and generic.start < e.end]
        if all(e.start > generic.start and e.end <= generic.end and e.name.lower() == "survival" for e in inside):
            found = [e for e in found if e not in inside] + [generic]
    return found


def _in_context(text: str, endpoint: Endpoint) -> Endpoint | None:
    """What a name means with the words around it; None where it is not an endpoint there."""
    before, after = text[max(0, endpoint.start - 60) : endpoint.start], text[endpoint.end : endpoint.end + 60]
    short = endpoint.name.isupper() or endpoint.name in ("CRs", "PRs", "PDs")
    if _STRATIFIES.match(after):
        return None
    if short and (_NO_SHORT_FORM.match(after) or re.search(r"(?:\bER/|mean \(|[±/]\s?|\d\s?[-±])$", before) and endpoint.name in ("SD", "PR")):
        return None
    if re.search(r"\bbest\s(?:overall\s)?$", before, re.I) and endpoint.name.lower() in ("response", "overall response", "tumor response", "tumour response"):
        return None
    if endpoint.name.lower() in ("response", "responses") and not _RESPONSE_BEFORE.search(before):
        return replace(endpoint, code="other")
    if endpoint.kind == "ae":
        return _event(endpoint, before)
    if endpoint.kind != "span" and endpoint.code != "other" and _DURATION_OF.search(before) and endpoint.code in CORE_RATES:
        return replace(endpoint, code="other", kind="time")
    if endpoint.name.lower().startswith("survival") and re.search(r"(?:^|\s)(?!OS |MS )[A-Z][A-Z-]+\d?\s$", before):
        return replace(endpoint, code="other")
    code = _code_in_context(endpoint, before, after)
    if _SUFFIX_OTHER.match(after):
        return replace(endpoint, code="other", kind="event", weak=False, base=code, name=f"{endpoint.name} events") if endpoint.kind == "time" else replace(endpoint, code=code)
    gain = bool(_SUFFIX_GAIN.match(after))
    anchor = endpoint.kind in ("rate", "event") and bool(_ANCHOR_BEFORE.search(before))
    if code == "ORR" and endpoint.name.lower() in ("response rate", "response rates") and re.match(r"\s(?:at\s[^.;]{1,40}\s(?:was|were)\s.{1,16})?for the (?:outcome|questionnaire|survey)", after):
        code = "other"
    return replace(endpoint, code=code, gain=gain, weak=anchor or bool(_SUFFIX_WEAK.match(after) or _TOPIC_BEFORE.search(before)))


def _event(endpoint: Endpoint, before: str) -> Endpoint | None:
    """An adverse event by its wording, its grade left out; what patients had before, or die of, is none."""
    if re.search(r"\b(?:death|died|deaths|dead)\s(?:\w+\s){0,3}$|\b(?:history of|chronic|viral)\s$", before, re.I):
        return None
    return replace(endpoint, code=f"AE:{endpoint.name.lower()}")


def _code_in_context(endpoint: Endpoint, before: str, after: str) -> str:
    code = endpoint.code
    if code in ("recurrence", "mortality", "PD") and _FREE_OF.search(before):
        return "other"
    if code in ("recurrence", "ORR", "CR", "DCR") or endpoint.kind == "time":
        if _MODIFIER.search(before) and not (code == "CR" and re.search(r"patholog\w+\s$", before)):
            return "other"
        if code in ("recurrence", "DCR") and _SITE_AFTER.match(after):
            return "other"
    if code == "mortality" and re.search(r"(?:treatment|therapy|drug|procedure|surgery|toxicity|operation)-related\s$|toxic\s$|all-cause\s$", before, re.I):
        return code
    if code == "mortality" and re.search(r"discontinu|reasons? for|withdraw", before, re.I):
        return "other"
    if code == "mortality" and (endpoint.kind == "event" and not _dies_of_anything(before) or _CAUSE_AFTER.match(after)) and "all-cause" not in before.lower():
        return "other"
    return code


def _dies_of_anything(before: str) -> bool:
    """Whether the word before `deaths` or `mortality` names no cause: `vascular deaths` are of one cause."""
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    return bool(_PLAIN_DEATH.fullmatch(word[1])) and not _CAUSED_BY_DISEASE.fullmatch(word[1])


def _repeats(text: str, found: list[Endpoint], endpoint: Endpoint) -> bool:
    """`overall survival (OS)`: the short form in brackets right after its own long form."""
    return bool(found) and found[-1].code == endpoint.code and text[found[-1].end : endpoint.start].strip() in ("(", "[")


@cache
def _vocabulary() -> _Table:
    table = _Table()
    for row in rows("endpoints"):
        for written in row["written"].split("|"):
            is_short = any(c.isupper() for c in written) and " " not in written
            target = table.exact if is_short else table.lower
            target.setdefault(_key(written if is_short else written.lower()), (row["endpoint"], row["kind"]))
    for row in rows("adverse_events"):
        for written in row["written"].split("|"):
            table.lower.setdefault(_key(written.lower()), ("AE", "ae"))
    return table


def _key(written: str) -> str:
    return re.sub(r"[\s-]+", " ", written).strip()


def _lexicon(analysis: Analysis) -> tuple[re.Pattern[str], _Table]:
    """The vocabulary with the paper's own short forms, as one pattern; made once a paper."""
    if "statistic_endpoints" not in analysis.cache:
        analysis.cache["statistic_endpoints"] = _own_lexicon(short_forms(analysis), bool(_EMETIC.search(analysis.text)), _is_survey(analysis.text))
    lexicon: tuple[re.Pattern[str], _Table] = analysis.cache["statistic_endpoints"]
    return lexicon


def _is_survey(text: str) -> bool:
    """Whether a paper asks people instead of measuring tumours."""
    return bool(re.search(r"questionnaire|survey|return-to-work|mailed|telephone", text, re.I)) and not re.search(
        r"RECIST|objective respon|tumou?r respon|partial respon|complete respon|overall respon|remission|\bORR\b|\bWHO criteria", text, re.I
    )


def short_forms(analysis: Analysis) -> dict[str, str]:
    """Short forms that the paper defines; for endpoints also those in square brackets, and `RR` where it cannot be a risk."""
    base = _vocabulary()
    found = dict(analysis.abbreviations)
    for match in re.finditer(r"(?P<long>(?:[A-Za-z-]+\s){1,4})[(\[](?P<short>[A-Za-z][A-Za-z-]{1,6})[)\]]", analysis.text):
        words = match["long"].lower().split()
        for length in range(len(words), 0, -1):
            if _key(" ".join(words[-length:])) in base.lower:
                found.setdefault(match["short"], " ".join(words[-length:]))
                break
    if "RR" not in found and not re.search(r"relative risk|risk ratio|rate ratio", analysis.text, re.I) and re.search(r"respon", analysis.text):
        found["RR"] = "response rate"
    return found


def _own_lexicon(abbreviations: dict[str, str], emetic: bool, surveyed: bool) -> tuple[re.Pattern[str], _Table]:
    base = _vocabulary()
    exact = dict(base.exact)
    for short, long in abbreviations.items():
        entry = _meaning(long, base)
        if entry is not None:
            exact[_key(short)] = entry
        elif _key(short) in exact and len(short) <= 4 and not re.search(r"surviv|progress|respon|control|benefit|remission|disease", long, re.I):
            del exact[_key(short)]
    if emetic:  # the complete response of an antiemetic is no tumour response
        exact = {k: v for k, v in exact.items() if v[0] != "CR"}
        base = _Table(exact, {k: ("other", "rate") if v[0] == "CR" else v for k, v in base.lower.items()})
    if surveyed:  # the response rate of a survey is no tumour response
        base = _Table(exact, {k: ("other", "rate") if k in ("response rate", "response rates", "response", "responses") else v for k, v in base.lower.items()})
    table = _Table(exact, base.lower)
    return _pattern(table), table


def _meaning(long: str, table: _Table) -> tuple[str, str] | None:
    """What a long form means: `median survival` is survival, `best objective response rate` the response rate."""
    plain = _key(long.lower())
    while plain:
        if plain in table.lower:
            return table.lower[plain]
        first, _, rest = plain.partition(" ")
        if first not in ("median", "mean", "the", "best", "actuarial", "estimated", "confirmed", "total", "tumor", "duration", "of"):
            return _ending(plain, table)
        plain = rest
    return None


def _ending(plain: str, table: _Table) -> tuple[str, str] | None:
    """A long form that was read with a word too many before it: the longest name of three words or more at its end."""
    words = plain.split()
    for length in range(len(words) - 1, 2, -1):
        found = table.lower.get(" ".join(words[-length:]))
        if found is not None:
            return found
    return None


def _pattern(table: _Table) -> re.Pattern[str]:
    def alternatives(written: list[str]) -> str:
        ordered = sorted(written, key=len, reverse=True)
        return "|".join(re.escape(w).replace(r"\ ", r"(?:\s|\s?-\s?)") for w in ordered)

    exact, lower = alternatives(list(table.exact)), alternatives(list(table.lower))
    return re.compile(rf"(?<![A-Za-z0-9])(?:(?:{exact})|(?i:{lower}))(?![A-Za-z0-9])")


def index_before(endpoints: list[Endpoint], place: int) -> int:
    """How many endpoints begin before a place."""
    return bisect_left([e.start for e in endpoints], place)
