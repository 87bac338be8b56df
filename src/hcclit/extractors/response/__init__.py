"""Responses: a response category said of an individual patient, or denied of a group without a number.

Every place that names a category is judged in four steps: does the form mean a response here (`meaning`), is it
stated, denied or neither (`assertion`), is it counted (`counts`), and whose is it (`reference`). What is left is a
record, with the criteria that it was judged by (`criteria`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hcclit.extractors.response.assertion import is_denied, is_denied_of_group, is_listed, is_unreal
from hcclit.extractors.response.categories import Named, aliases, codes, find_named, is_candidate
from hcclit.extractors.response.counts import is_anchor, is_counted
from hcclit.extractors.response.criteria import Criterion, criteria_of, find_criteria, paper_criteria
from hcclit.extractors.response.meaning import means_response
from hcclit.extractors.response.reference import is_of_animals, names_one, whose
from hcclit.extractors.response.scene import Scene, blotted, scene_of
from hcclit.language import Analysis, Sentence
from hcclit.mention import Mention
from hcclit.records import Assertion

_NO_SECTIONS = frozenset({"back", "front"})
_TERMINAL = ".;:!?)]"
_MOST = 40  # a sentence that names more categories is no sentence, but a table run into the text


@dataclass(frozen=True, slots=True)
class _Found:
    sentence: Sentence
    named: Named
    places: Sequence[Named]
    criteria: Sequence[Criterion]
    assertion: Assertion


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Find the responses of a paper."""
    found = list(_find(analysis))
    habit = paper_criteria(analysis, {f.sentence.index for f in found})
    for f in found:
        code = codes().get(f.named.category)
        fields = {
            "category": f.named.category,
            "assertion": f.assertion,
            "criteria": criteria_of(analysis, f.named, f.places, f.criteria, habit),
            "codes": {"ncit": code} if code else {},
        }
        yield Mention("response", f.named.start, f.named.end, fields)


def _find(analysis: Analysis) -> Iterator[_Found]:
    short_forms = aliases(analysis)
    for sentence in analysis.sentences:
        if not is_candidate(sentence.text) or not _is_telling(analysis, sentence):
            continue
        places = find_named(sentence.text, sentence.start, short_forms)
        if not 0 < len(places) <= _MOST:
            continue
        criteria = find_criteria(sentence.text, sentence.start)
        places = _categories([n for n in places if means_response(analysis, sentence, n)], criteria)
        text = blotted(analysis, sentence) if places else ""
        for named in places:
            assertion = _assertion(analysis, scene_of(analysis, sentence, text, named), named, places)
            if assertion is not None:
                yield _Found(sentence, named, places, criteria, assertion)


def _is_telling(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence can tell a result at all: titles, headings and what stands around a paper cannot."""
    if sentence.kind == "heading" or sentence.section in _NO_SECTIONS:
        return False
    if (sentence.section == "methods" or is_of_animals(sentence.text)) and not names_one(sentence.text):
        return False
    passage = analysis.view.passages[sentence.passage]
    whole = sentence.start == passage.start and analysis.text[sentence.end : passage.end].strip() == ""
    return sentence.kind in ("caption", "note") or not whole or sentence.text[-1] in _TERMINAL


def _categories(places: Sequence[Named], criteria: Sequence[Criterion]) -> list[Named]:
    """Words like "stability" name a category only where criteria are named, and no category beside them."""
    proper = [n for n in places if n.form != "other"]
    return proper if proper or not criteria else list(places)


def _assertion(analysis: Analysis, scene: Scene, named: Named, places: Sequence[Named]) -> Assertion | None:
    """What is said of a category: affirmed of one patient, denied of one or of a group, or None for no record."""
    denied = is_denied(scene)
    if is_unreal(scene, settled=denied or is_anchor(scene)) or (is_listed(scene, named, places) and not denied):
        return None
    subject = whose(analysis, scene)
    if denied:
        return "negated" if subject == "one" or is_denied_of_group(scene) else None
    if named.plural or subject != "one" or is_counted(scene):
        return None
    return "affirmed"
