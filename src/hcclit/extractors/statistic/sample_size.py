"""Sizes of groups: patients enrolled, randomised, treated or analysed, in a study or in one of its arms.

Screened, excluded, identified or assessed patients are none, nor is a denominator (`14 of 80`), nor the size of a
subgroup with its percentage. A subgroup counts where its sentence gives a result for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.extractors.statistic.arm_sizes import is_arm_size
from hcclit.extractors.statistic.around import (
    ASSIGNS,
    ENROLS,
    EVENTS,
    MODIFIERS,
    N_EQUALS,
    PEOPLE_NEXT,
    Around,
    around,
)
from hcclit.extractors.statistic.scene import Figure, Scene, mark
from hcclit.extractors.statistic.size_phrases import is_of_a_rate, is_phrased, treated_in
from hcclit.extractors.statistic.size_sums import is_pair, is_whole, sums_up
from hcclit.extractors.statistic.size_verbs import is_bare, is_told
from hcclit.extractors.statistic.values import PEOPLE

_ENROLLED = re.compile(rf"\s(?:eligible\s)?(?:enrolled|randomi[sz]ed|randomly assigned|registered)\s{PEOPLE}\b", re.I)
_IN_SUBGROUP = re.compile(r"\b(?:[Ii]n|[Aa]mong)\s(?:the\s)?(?:subgroup|subset|patients|women|men|those)\b[^.;]*[(\[]$")
_STUDY_IN = re.compile(
    r"\b(?:study|trial)\s(?:that\s|which\s)?(?:compared|evaluated|assessed|tested|investigated|examined|explored"
    r"|comparing|evaluating|testing|investigating)\b"
    r"(?:[^.;]|\.\d)*\bin\s$",
    re.I,
)
_STARTS = re.compile(r"\s(?:started|began|commenced)\s(?:the\s|study\s|protocol\s)*treatment\s?[;,.)]")
_BEFORE = re.compile(
    rf"(?:\b(?:{ENROLS}|leaving|enrol(?:ling|s)|enrolls|randomi[sz](?:ing|es)|includ(?:ing|es)|involv(?:ing|ed|es)"
    r"|compris(?:ing|ed|es)(?:\sof)?|composed of|based on|consist(?:ing|ed|s) of|treat(?:ing|s)|evaluated"
    r"|recruit(?:ing|s)|compar(?:ing|ed)|contained)"
    r"(?:\s(?:a total of|an additional|the|all|overall|data (?:from|on|of)|results? (?:of|from)|another))?"
    r"(?:,?\s\(?(?:in an?\s)?\d:\d(?::\d)?(?:\s(?:ratio|fashion|manner))?[),]{0,2})?"
    r"|\b(?:a total of|study of|trial of|series of|analysis of|cohort of|for a total of|data (?:from|on|for)"
    r"|results (?:of|from|in)|(?:phase\s\w{1,4}(?:/\w{1,4})?|randomi[sz]ed|clinical|pilot|prospective|retrospective"
    r"|controlled|control)\s(?:study|trial|analysis)\s(?:of|in|with|on|among)"
    r"|(?:[Aa]n?|[Tt]his|[Oo]ur)\s(?:[\w-]+\s){0,4}(?:study|trial)\s(?:of|in|with|among)))\s*$",
    re.I,
)
_STRONGLY = re.compile(
    r"\b(?:leaving|enrol\w+|randomly|randomi[sz]\w+|assigned|allocated|registered|accrued|recruited|involv\w+|analy[sz]ed"
    r"|(?:population|sample) (?:was\s)?(?:included|comprised(?: of)?|consisted of)|consist(?:s|ed|ing) of|composed of"
    r"|based on|trial of|study of|series of|analysis of|study included|trial included|treated|data from|included"
    r"|comparing|compared|in|for a total of|additional)\b",
    re.I,
)
_RESULT_SET = re.compile(
    r"(?:\bamong\s(?:the\s|all\s|these\s)*|\b(?:in|for|of)\s(?:the\s|all\s|these\s|a\s|our\s)+"
    r"(?:subgroup of\s|subset of\s|total of\s|remaining\s|other\s|first\s)?)$",
    re.I,
)
_OF_SET = re.compile(
    r"(?:(?:^|[.,;:])\s*|\bOf\s|\bof\s(?:the|these|all)\s)(?:[Oo]f\s)?$"
    r"|(?<!subgroup )(?<!subset )(?<!total )\b[Oo]f\s$"
)
_DENOMINATOR = re.compile(
    r"(?:\d[%)\]]?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|\w{1,8}teen|none|all|most|half"
    r"|majority|proportion|percentage|%|percent))\s*(?:[)\]]\s*)?(?:[a-z]{1,20}\s){0,2}(?:/|(?:out )?of)\s"
    r"(?:the\s|these\s|a total of\s|all\s)*$",
    re.I,
)
_PLANNED = re.compile(
    r"\b(?:planned|target|goal|at least|up to|minimum|maximum|required|needed|expected)\b"
    r"(?:\s\w{1,20}){0,3}\s*$",
    re.I,
)
_PART = re.compile(
    r"[a-z],\sincluding\s$|\b[Ff]or every\s$|\b[Oo]ut of\s$"
    r"|\b(?:exclud(?:ed|ing)|lost)\s(?:a total of\s|another\s)?$"
    r"|\b(?:required|needed|planned|sample size of)\b[^.;()]{0,45}\($"
)
"""`25,871 participants, including 5106 women, ...`."""
_STRONG_JUST_BEFORE = re.compile(r"(?:randomi[sz]\w+|assigned|allocated|enrolled)\s(?:a total of\s)?$")
_OPENING = re.compile(
    r"(?:[A-Z][A-Za-z &/]{3,40}:\s)?(?:(?:In total|Overall),\s)?(?:(?:Between|From|In|During"
    r"|Since)\s[^,;]{4,60},\s)?(?:(?:A|a) total of\s)?"
)
_UNDERWENT = re.compile(
    rf"\s{MODIFIERS}{PEOPLE}(?:\s(?:with|who had|suffering from)\s[^,;.()]{{3,90}})?\s(?:underwent"
    rf"|received)\s(?!no\b|a second|further|repeat|additional)",
    re.I,
)
_OF_THESE = re.compile(r"Of (?:these|them|those)(?:\s\d+)?(?:\spatients)?,\s")
_ARM_HAD = re.compile(rf"\s(?:{PEOPLE}\s)?(?:had|received|underwent)\s", re.I)
_BEHIND_VALUE = re.compile(
    r"(?:\d\s?(?:months|years|weeks|days|%)[)\]]?|\d\s?(?:-|to)\s?[\d.]+[)\]])\s(?:for|in|among)\s(?:the\s)?$"
)
_OPENS_RESULT = re.compile(
    r"(?:^|[.:]\s)(?:[Ii]n|[Aa]mong|[Ff]or)\s$|\b(?:rates?|survival|ORR|PFS|OS|TTP|DFS)\b[^.;%]{0,60}[,\s]\s?in\s$"
)
"""`In 56 patients, the response rate was 68%`, `the response rate (CR + PR) in 92 patients was 63%`."""
_BY_SEX = re.compile(r"\s(?:(?:wo)?men|(?:fe)?males?)\sand\s[\w-]+\s(?:(?:wo)?men|(?:fe)?males?)\b")
_CODE = re.compile(r"[A-Za-z]\d?-$")  # "T2-4"
_NO_SET = re.compile(r"\s(?:[\w-]+\s){0,3}(?:who (?:were )?)?(?:classified|staged|graded|categori[sz]ed)\b")
_GROUPS_HAVE = re.compile(r"\bgroups?\s(?:each\s)?(?:included|comprised|contained|consisted of)\s$", re.I)
_ARM_HAS = re.compile(r"\b(?:control|study|trial|intervention|treatment|experimental|placebo)\sgroup\s[a-z ]+$", re.I)
_ALL_OF_IT = re.compile(rf"\s(?:[\w-]+\s){{0,2}}{PEOPLE}(?:\s(?:who|receiving|treated)\b|\s?[.,;(])", re.I)
_SMALL = 10  # what opens a paragraph with fewer patients tells of some of them
_WHOLE_SERIES = re.compile(
    r"\b(?:(?:was|were)\s(?:administered|given)\sto|(?:outcomes?|characteristics|records|charts)\sof)\s$", re.I
)
_SERIES = 20  # fewer may be some of the patients
_TAKEN_OUT = re.compile(r"\b(?:excluded|not included|withdrew|withdrawn)\b")


@dataclass(slots=True)
class Size:
    """The size of a group. `is_stated`: by a verb; `needs_result`: counts only where its sentence has a result."""

    figure: Figure
    is_stated: bool = False
    needs_result: bool = False


def find_sizes(scene: Scene) -> list[Size]:
    """Find the sizes of groups that a sentence states and mark their figures."""
    text = scene.text
    if not (re.search(PEOPLE, text, re.I) or ASSIGNS.search(text) or re.search(r"[nN]\s?=", text)):
        return []
    found = list(_sizes(scene))
    mark((size.figure for size in found if not size.needs_result), "size")
    mark((f for f in scene.figures if N_EQUALS.search(scene.before(f.start, 5))), "size")
    return found


def _sizes(scene: Scene) -> Iterator[Size]:
    last: Figure | None = None
    treated = treated_in(scene)
    for figure in scene.figures:
        if not _may_be_size(scene, figure):
            continue
        number = around(scene, figure, last)
        if _is_stated(number):
            last = figure
            within = re.search(r"\bin (?:the|our|a)\s[^.;]{0,40}$", number.before, re.I)
            yield Size(figure, is_stated=within is None)
        elif _opens_paper(number) or _is_treated(number) or figure.start in treated or is_phrased(number):
            last = figure
            yield Size(figure, is_stated=True)
        elif sums_up(number, last) or is_whole(number):
            last = last if sums_up(number, last) else figure
            yield Size(figure, is_stated=True)
        elif is_arm_size(number) or is_pair(number) or _ENROLLED.match(number.after):
            yield Size(figure)
        elif _is_analysed(number) or is_of_a_rate(number):
            yield Size(figure, needs_result=True)


def _may_be_size(scene: Scene, figure: Figure) -> bool:
    if figure.role is not None or not figure.is_plain or figure.is_decimal or figure.value < 2 or figure.is_bound:
        return False
    before = scene.before(figure.start, 60)
    if _GROUPS_HAVE.search(before) and not (_ARM_HAS.search(before) and _ALL_OF_IT.match(scene.text, figure.end)):
        return False
    if _CODE.search(before) or _BY_SEX.match(scene.text, figure.end) or _NO_SET.match(scene.text, figure.end):
        return False
    return not any(pattern.search(before) for pattern in (_DENOMINATOR, _PLANNED, _PART))


def _opens_paper(number: Around) -> bool:
    """`Thirty patients with ascites underwent ablation`: what the first sentence of a passage says of all patients."""
    scene, sentence = number.scene, number.scene.sentence
    opened = _OPENING.fullmatch(scene.text, 0, number.figure.start)
    if opened is None or number.figure.value < _SMALL or number.has_share:
        return False
    index, sentences = sentence.index, scene.analysis.sentences
    first = index == 0 or sentences[index - 1].passage != sentence.passage or opened.group()[:5].isupper()
    if not first or sentence.section not in ("abstract", "methods", "results", None):
        return False
    return bool(_UNDERWENT.match(number.after)) and not EVENTS.search(scene.text)


def _is_treated(number: Around) -> bool:
    """`Of these, 30 patients had chemoembolisation and 28 had resection`: the arms, by their treatments."""
    had = _ARM_HAD.match(number.scene.text, number.figure.end)
    if had is None or not _OF_THESE.match(number.scene.text):
        return False
    start = number.scene.sentence.start + had.end()
    named = number.scene.analysis.entities_in(start, start + 3)
    return any(e.label in ("DRUG", "PROCEDURE") for e in named)


def _is_analysed(number: Around) -> bool:
    """`In the 38 patients with ascites`, `in the subgroup of 261 patients`; not `of the 80 patients`."""
    if _IN_SUBGROUP.search(number.before) and re.match(rf"\s{PEOPLE}[)\]],", number.beside):
        return True
    if _BEHIND_VALUE.search(number.before) and PEOPLE_NEXT.match(number.after):
        return True
    if number.figure.value >= _SMALL and _OPENS_RESULT.search(number.before) and PEOPLE_NEXT.match(number.after):
        return True
    if not _RESULT_SET.search(number.before) or _OF_SET.search(number.before):
        return False
    return bool(PEOPLE_NEXT.match(number.after))


def _is_stated(number: Around) -> bool:
    """`232 patients were enrolled`, `175 were randomised`, `we randomly assigned 103 patients`."""
    if is_told(number):
        return True
    if _STARTS.match(number.after) or (_STUDY_IN.search(number.before) and PEOPLE_NEXT.match(number.after)):
        return True
    bare = is_bare(number)
    if bare is not None:
        return bare
    if number.has_share and not _STRONG_JUST_BEFORE.search(number.before):
        return False
    if _TAKEN_OUT.search(re.split(r"[;.]", number.after[:130])[0]):
        return False
    told = bool(_BEFORE.search(number.before) and _STRONGLY.search(number.before[-45:]))
    series = number.figure.value >= _SERIES and bool(_WHOLE_SERIES.search(number.before))
    return (told or series) and bool(PEOPLE_NEXT.match(number.after))
