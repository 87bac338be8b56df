"""Sizes of groups: patients enrolled, randomised, treated or analysed, in a study or in one of its arms.

Screened, excluded, identified or assessed patients are none, nor is a denominator (`14 of 80`), nor the size of a
subgroup with its percentage. A subgroup counts where its sentence gives a result for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.extractors.statistic.scene import Figure, Scene, mark
from hcclit.extractors.statistic.values import PEOPLE

_VERB = (
    r"(?:enrol(?:l?ed|led)|randomi[sz]ed|assigned|allocated|registered|accrued|recruited|entered|included|treated|analy[sz]ed|studied|evaluable|analy[sz]able|participated"
    r"|randomly (?:assigned|allocated|selected|divided)|underwent (?:randomi[sz]ation|random assignment)|(?:received|started) (?:the )?(?:study|protocol|assigned|allocated|trial)?\s?(?:treatment|drug|therapy|medication|intervention)"
    r"|took part|completed randomi[sz]ation|divided)"
)
_WEAK_VERB = re.compile(r"(?:treated|included|analy[sz]ed|studied|evaluable|divided|entered)$", re.I)
_AUXILIARY = re.compile(r"\b(?:were|was|been|be|being|are)\b", re.I)
_HAPPENS = re.compile(r"\b(?:discontinued|died|withdrew|had|experienced|developed|relapsed|progressed|crossed|responded|achieved|refused|did not|reported|never)\b", re.I)
_OVERALL = re.compile(r"(?:\b(?:total|overall|in all),?\s*|total of\s)$", re.I)
_NOT_VERB = r"(?:screen|exclu|identif|assess|withdr|drop|discontinu|lost|refus|declin|ineligib|crossed|not |never|died|had (?!been))"
_MODIFIERS = (
    r"(?:(?!(?:in|of|for|with|was|were|had|to|on|by|at|from|than|the|that|occurred|more|less|months?|years?|weeks?|days|cycles|trials?|studies|cent(?:er|re)s|events?|a|an|sessions|visits|items)\b)"
    r"(?:[A-Za-z][\w'/+-]*|\([^()]{1,30}\)),?\s+){0,7}?"
)
_AFTER_PEOPLE = re.compile(
    rf"\s*(?P<of>of (?:the |these )?\d[\d,]*\s)?{_MODIFIERS}{PEOPLE}(?P<between>[^.;:]{{0,150}}?)\b(?P<verb>{_VERB})\b", re.I
)
_BARE = re.compile(rf"\s*(?:of whom\s)?(?:were|was|had been|have been|being)\s(?:eligible,?\s(?:and\s)?|evaluable\s(?:and\s)?|then\s|finally\s|randomly\s|subsequently\s)*(?:(?:were|was)\s)?(?P<verb>{_VERB})\b", re.I)
_BETWEEN = re.compile(
    r"(?:\s|,|\([^()]{0,60}\)|\b(?:were|was|are|is|had|have|been|who|that|which|finally|then|subsequently|randomly|prospectively|consecutively|initially|ultimately|eligible(?: and)?|evaluable and|successfully|actually|of whom|centrally"
    r"|overall|and|being|1:1|2:1|to be|also|ultimately|gave consent and|consented and|in total|centrally|retrospectively|equally|in the (?:study|trial)|(?:with|from|in|at|of|aged?|between|undergoing|considering|newly|diagnosed)\s[^.;:()]{2,130}?))*",
    re.I,
)
_BEFORE = re.compile(
    rf"(?:\b(?:{_VERB}|enrol(?:ling|s)|enrolls|randomi[sz](?:ing|es)|includ(?:ing|es)|involv(?:ing|ed|es)|compris(?:ing|ed|es)|consist(?:ing|ed|s) of|treat(?:ing|s)|evaluated|recruit(?:ing|s)|compar(?:ing|ed)|contained)"
    r"(?:\s(?:a total of|an additional|the|all|overall|data (?:from|on|of)|results? (?:of|from)|another|an additional))?(?:\s\d:\d(?::\d)?)?"
    r"|\b(?:a total of|study of|trial of|series of|analysis of|cohort of|for a total of|data (?:from|on|for)|results (?:of|from|in)|(?:phase\s\w+(?:/\w+)?|randomi[sz]ed|clinical|pilot|prospective|retrospective|controlled)\s(?:study|trial|analysis)\s(?:of|in|with|on)))\s*$",
    re.I,
)
_STRONG_BEFORE = re.compile(r"\b(?:enrol\w+|randomi[sz]\w+|assigned|allocated|registered|accrued|recruited|involv\w+|analy[sz]ed|population (?:included|comprised|consisted of)|trial of|study of|series of|analysis of|study included|trial included|treated|data from|included|comparing|compared|in|for a total of|additional)\b", re.I)
_PEOPLE_NEXT = re.compile(rf"\s*(?:\((?:\d+(?:\.\d+)?%)\)\s*)?{_MODIFIERS}{PEOPLE}\b", re.I)
_TO_ARM = re.compile(
    rf"\s*(?:\(\d+(?:\.\d+)?%\)|\[\d+(?:\.\d+)?%\])?\s*(?:{PEOPLE}\s)?(?:(?:were|was)\s)?(?:(?:randomly\s)?(?:assigned|allocated|randomi[sz]ed)\s)?"
    r"(?:to\s(?:receive|undergo|have|be|the|an?|treatment|arm|group|(?!(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+\s?%)\b)\w)|in\s(?:the\s)?(?:[\w+/,-]+\s){0,8}?(?:group|arm|cohort)s?\b|in\s(?:arm|group|cohort)\s|(?:for|with)\s(?:the\s)?(?-i:[A-Z])|(?:per|in each|in both|for each)\s?(?:group|arm|treatment)?s?\b|patients? (?:per|in each) (?:arm|group)|received\b|underwent\b|each\b)",
    re.I,
)
_ASSIGNS = re.compile(r"\b(?:randomi[sz]\w*|random assignment|randomly|assigned|allocated|enrol\w+|recruited|registered|accrued|population|intention-to-treat|were treated|were included|divided|analysis of|into)\b", re.I)
_NO_ARMS = re.compile(r"\b(?:died|deaths?|adverse|toxicit\w+|events?|withdrew|discontinued|dropped|excluded|progressed|relapsed|responses?|survived|recurrences?|lost to|because|due to|crossed over|completed)\b", re.I)
_N_EQUALS = re.compile(r"(?:^|[\s(\[,;])[nN]\s?=\s?$")
_N_HOLDER = re.compile(
    rf"(?:\b{PEOPLE}|\b(?:group|arm|cohort)\s[A-Z0-9]{{1,3}}\b|\b(?:groups?|arms?|cohorts?|populations?|set|placebo|controls?|observation|alone|subgroup|subset|therapy|treatment|chemotherapy|radiotherapy|(?-i:[A-Z][A-Z0-9+/-]+)|\w+(?:mab|nib|platin|taxel|xate|bine|cin|tinib|lisib|parib|stat|ide|ene|ole|fen|ane)))"
    r"(?:\s(?:with|of|who|receiving|in|on|for|treated|given|aged)\s[^.;:()]{1,110})?\s*$",
    re.I,
)
_RESULT_SET = re.compile(r"(?:\bamong\s(?:the\s|all\s|these\s)*|\b(?:in|for|of)\s(?:the\s|all\s|these\s|a\s|our\s)+(?:subgroup of\s|subset of\s|total of\s|remaining\s|other\s)?)$", re.I)
_DENOMINATOR = re.compile(r"(?:\d[%)\]]?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|none|all|most|half|majority|proportion|percentage|%|percent))\s*(?:[)\]]\s*)?(?:[a-z]+\s){0,2}(?:/|(?:out )?of)\s(?:the\s|these\s|a total of\s|all\s)*$", re.I)
_PLANNED = re.compile(r"\b(?:planned|target|goal|at least|up to|minimum|maximum|required|needed|expected)\b(?:\s\w+){0,3}\s*$", re.I)


@dataclass(slots=True)
class Size:
    """The size of a group."""

    figure: Figure
    group: str | None = None
    is_stated: bool = False  # by a verb: enrolled, randomised ...
    needs_result: bool = False  # counts only where its sentence gives a result for the group


def find_sizes(scene: Scene) -> list[Size]:
    """Find the sizes of groups that a sentence states and mark their figures."""
    if not re.search(PEOPLE, scene.text, re.I) and not _ASSIGNS.search(scene.text) and not re.search(r"[nN]\s?=", scene.text):
        return []
    found = list(_sizes(scene))
    mark((size.figure for size in found if not size.needs_result), "size")
    mark((f for f in scene.figures if _N_EQUALS.search(scene.text[max(0, f.start - 5) : f.start])), "size")
    return found


def _sizes(scene: Scene) -> Iterator[Size]:
    last: Figure | None = None
    for figure in scene.figures:
        if not _may_be_size(scene, figure):
            continue
        before = scene.text[max(0, figure.start - 150) : figure.start]
        after = re.sub(r"\s+", " ", scene.skeleton(figure.end, min(len(scene.text), figure.end + 300)))
        if _is_stated(before, after, scene.text[figure.end : figure.end + 40]):
            last = figure
            yield Size(figure, is_stated=not re.search(r"\bin (?:the|our|a)\s[^.;]{0,40}$", before, re.I))
        elif _is_arm_size(scene, figure, before, after, figure.start - last.end if last else 0):
            yield Size(figure)
        elif _RESULT_SET.search(before) and _PEOPLE_NEXT.match(after) and not re.search(r"(?:(?:^|[.,;:])\s*|\bOf\s|\bof\s(?:the|these|all)\s)(?:[Oo]f\s)?$|(?<!subgroup )(?<!subset )(?<!total )\b[Oo]f\s$", before):
            yield Size(figure, needs_result=True)


def _may_be_size(scene: Scene, figure: Figure) -> bool:
    if figure.role is not None or not figure.is_plain or figure.value != int(figure.value) or figure.value < 2:
        return False
    if figure.comparator not in (None, "=", "~"):
        return False
    before = scene.text[max(0, figure.start - 60) : figure.start]
    return not _DENOMINATOR.search(before) and not _PLANNED.search(before)


def _is_stated(before: str, after: str, scene_text: str) -> bool:
    """`232 patients were enrolled`, `we randomly assigned 103 patients`."""
    if (found := _AFTER_PEOPLE.match(after)) and _BETWEEN.fullmatch(found["between"]) and not re.search(rf"{_NOT_VERB}|\bof (?:the )?\d", found["between"], re.I):
        weak = _WEAK_VERB.match(found["verb"])
        if not _AUXILIARY.search(found["between"]) and _HAPPENS.search(after[found.end() : found.end() + 160]):
            return False
        if found["of"] and (weak or not _AUXILIARY.search(found["between"])):
            return False
        if re.match(r"\s*(?:\w+\s)?[(\[]\d+(?:\.\d+)?%[)\]]", scene_text) and not _AUXILIARY.search(found["between"]):
            return False
        if (weak or re.match("received|started", found["verb"], re.I)) and re.match(r"\s*[(\[]\d+(?:\.\d+)?%", scene_text):
            return False
        return not weak or bool(re.search(r"\b(?:were|was|been|who|that|be|and)\b", found["between"]))
    if (bare := _BARE.match(after)) and not re.search(_NOT_VERB, bare.group(), re.I):
        return not _WEAK_VERB.match(bare["verb"]) or not re.match(r"\s*[(\[]\d+(?:\.\d+)?%", scene_text)
    if re.match(r"\s*[(\[]\d+(?:\.\d+)?%", scene_text) and not re.search(r"(?:randomi[sz]\w+|assigned|allocated|enrolled)\s(?:a total of\s)?$", before):
        return False
    if re.search(r"\b(?:excluded|not included|withdrew|withdrawn)\b", re.split(r"[;.]", after[:130])[0]):
        return False
    return bool(_BEFORE.search(before) and _STRONG_BEFORE.search(before[-45:]) and _PEOPLE_NEXT.match(after))


def _is_arm_size(scene: Scene, figure: Figure, before: str, after: str, assigned: int) -> bool:
    """`assigned` is how far back the last stated size ends, 0 for none: `117 were allocated to X and 115 to Y`, `(n = 54)`, `86 patients per arm`."""
    if _N_EQUALS.search(before):
        return _holds_patients(scene, figure, after)
    if (assigned or re.search(r"randomi[sz]|randomly|assigned", scene.text)) and _is_listed(scene, figure, before):
        return True
    if not (assigned or _ASSIGNS.search(scene.text)) or (_NO_ARMS.search(before[-assigned:][-70:] if assigned else before[-70:]) and "leaving" not in before) or re.search(r"excluded|withdrew|died|discontinu|crossed over", after[:110]):
        return False
    if assigned and before.endswith("(") and re.match(r"\s?\[\d+(?:\.\d+)?%\]\)", scene.text[figure.end : figure.end + 10]):
        return True
    found = _TO_ARM.match(after)
    shared = re.match(r"\s*[(\[]\d+(?:\.\d+)?%", scene.text[figure.end : figure.end + 10])
    if found is not None and re.search(r"received|underwent", found.group()) and not assigned and not _OVERALL.search(before):
        return False
    return found is not None and not (shared and not re.search(r"\bto\b", found.group()))


def _is_listed(scene: Scene, figure: Figure, before: str) -> bool:
    """`(A, 146; B, 149)` and `(784 patients; the combination group)` in a sentence that assigns patients."""
    bracket = scene.bracket_of(figure.start)
    if bracket is None or re.search(r"%|\d\.\d|\byears?\b", scene.text[bracket[0] : bracket[1]]):
        return False
    if re.search(r"[(;,]\s*(?:[\w/+-]+\s){0,4}[\w/+-]+,\s*$", before):
        return bool(re.match(r"\s*[;,)\]]", scene.text[figure.end : figure.end + 3]))
    return bool(re.search(r"[(\[]\s*$", before)) and bool(re.match(rf"\s{PEOPLE}\s*[;,)\]]", scene.text[figure.end : figure.end + 20], re.I))


def _holds_patients(scene: Scene, figure: Figure, after: str) -> bool:
    """`women (n = 235)`, `nivolumab (n = 157)`; not `sepsis (n = 1)`, not `(n = 14; 12.7%)`."""
    bracket = scene.bracket_of(figure.start)
    end = bracket[0] if bracket is not None else figure.start
    holder = scene.skeleton(max(0, end - 170), end)
    inner = re.sub(r"[(\[,;]?\s*[nN]\s?=\s?$", "", scene.text[end : figure.start]).strip("([ ")
    if "%" in inner or re.search(r"\bbecause\b|\bdue to\b|dropout|ineligib|\b[Rr]easons?|adverse|excluded|discontinu|withdr|deaths?\b|events?\b", f"{holder} {inner}"):
        return False
    if re.match(r"\s*[,;]?\s*[(\[]?\d+(?:\.\d+)?%", after):
        return False
    several = len(re.findall(r"\b[nN]\s?=\s?\d", scene.text)) > 1 and not _NO_ARMS.search(scene.text)
    return bool(several or _ASSIGNS.search(scene.text) or _N_HOLDER.search(holder) or (inner and _N_HOLDER.search(inner)) or _ends_with_drug(scene, end))


def _ends_with_drug(scene: Scene, place: int) -> bool:
    shift = scene.sentence.start
    near = scene.analysis.entities_in(max(0, place - 40) + shift, place + shift)
    return any(e.label in ("DRUG", "PROCEDURE") and place - (e.end - shift) <= 2 for e in near)
