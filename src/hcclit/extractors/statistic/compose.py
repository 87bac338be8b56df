"""A sentence's statistics from its parts: figures, intervals, p-values, ratios, endpoints, landmarks, arms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hcclit.extractors.statistic.across import several_compared
from hcclit.extractors.statistic.assign import assign
from hcclit.extractors.statistic.echoes import echo
from hcclit.extractors.statistic.effects import Effect, bare_effects, find_effects
from hcclit.extractors.statistic.endpoints import find_endpoints
from hcclit.extractors.statistic.groups import set_groups
from hcclit.extractors.statistic.intervals import Interval, find_intervals
from hcclit.extractors.statistic.landmarks import find_landmarks, landmark_lists
from hcclit.extractors.statistic.lists import group_names
from hcclit.extractors.statistic.measures import set_measures
from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.parts import add_parts
from hcclit.extractors.statistic.probability import attach_pvalues
from hcclit.extractors.statistic.pvalues import PValue, find_pvalues
from hcclit.extractors.statistic.ratios import adopt_medians, ratio_values
from hcclit.extractors.statistic.sample_size import Size, find_sizes
from hcclit.extractors.statistic.scene import Figure, Scene, make_scene
from hcclit.extractors.statistic.scope import is_of_the_case, is_one_patient, is_plan
from hcclit.extractors.statistic.size_groups import name_respective, size_group
from hcclit.extractors.statistic.subgroups import within_subgroup
from hcclit.extractors.statistic.tallies import join_counts, tally
from hcclit.extractors.statistic.tested import find_tests
from hcclit.extractors.statistic.timing import set_landmarks
from hcclit.extractors.statistic.told_by_p import name_by_pvalues
from hcclit.extractors.statistic.values import Value, find_values
from hcclit.language import Analysis, Sentence
from hcclit.mention import Mention

_RESUMES = re.compile(
    r"\b(?:corresponding|respective)\s(?:median\s|\d-year\s)?(?:durations?|rates?|values?|figures?|medians?|times?|percentages?|proportions?)\b",
    re.I,
)


_LONGEST = 4000
"""A longer stretch without an end is no sentence, but a table or a list that lost its lines."""


@dataclass(slots=True)
class Paragraph:
    """What later sentences of a paragraph take from earlier ones: labels of intervals by measure."""

    passage: int = -1
    labels: dict[str, Interval] = field(default_factory=dict)
    arms: list[str] = field(default_factory=list)
    last: Endpoint | None = None

    def resumed(self, text: str) -> list[Endpoint]:
        """`the corresponding durations were`: the endpoint of the sentence before."""
        found = _RESUMES.search(text)
        if found is None or self.last is None:
            return []
        return [replace(self.last, start=found.start(), end=found.end(), weak=False, gain=False)]


def records_of(analysis: Analysis, sentence: Sentence, paragraph: Paragraph) -> Iterator[Mention]:
    """Find the statistics of one sentence."""
    text = sentence.text
    if len(text) > _LONGEST:
        return
    paragraph.arms = several_compared(text) or paragraph.arms
    if not analysis.quantities_in(sentence.start, sentence.end) or is_plan(text):
        return
    scene = make_scene(analysis, sentence)
    find_tests(scene)
    # the order matters: what a step recognises is no number for the next one
    pvalues, intervals, sizes = find_pvalues(scene), find_intervals(scene), find_sizes(scene)
    endpoints = find_endpoints(scene) or paragraph.resumed(text)
    paragraph.last = endpoints[-1] if endpoints else None
    effects = [*find_effects(scene), *bare_effects(scene, intervals)]
    landmarks = landmark_lists(scene, find_landmarks(scene))
    groups = group_names(scene, endpoints)
    values = _values(scene, groups, effects, intervals, pvalues)
    set_landmarks(scene, landmarks, values)
    set_measures(scene, endpoints, values)
    _attach_intervals(intervals, values, paragraph)
    values += attach_pvalues(scene, pvalues, values, groups)
    paragraph.arms = set_groups(scene, values, paragraph.arms)
    if is_one_patient(text) or is_of_the_case(analysis, sentence):
        values = [v for v in values if v.kind != "time"]
    yield from (_mention(scene, value) for value in values)
    found = [_size_mention(scene, size) for size in sizes if _counts(size, values)]
    name_respective(scene, found)
    yield from found


def _values(
    scene: Scene,
    groups: list[list[Endpoint]],
    effects: list[Effect],
    intervals: list[Interval],
    pvalues: list[PValue],
) -> list[Value]:
    """The values of a sentence whose endpoint it tells, in order."""
    values = find_values(scene)
    _reach_over(scene, intervals, values)
    assign(scene, groups, values)
    name_by_pvalues(scene, pvalues, groups, values)
    tally(scene, groups, values)
    join_counts(scene, values)
    echo(scene, groups, values)
    add_parts(scene, values)
    values += ratio_values(scene, effects, groups)
    adopt_medians(scene, values)
    _reach_over(scene, intervals, values)
    return sorted((v for v in values if v.endpoint is not None), key=lambda v: v.start)


def _counts(size: Size, values: list[Value]) -> bool:
    """Whether a size is one: not what a rate of its sentence is taken of, and with a result where it needs one."""
    if not size.is_stated and _is_total(size.figure, values):
        return False
    if not size.needs_result:
        return True
    results = [v for v in values if v.kind != "count" and v.total is None]
    return bool(results) and size.figure.role is None and all(v.figure is not size.figure for v in values)


def _is_total(figure: Figure, values: list[Value]) -> bool:
    """Whether a number is what a rate of the sentence is taken of."""
    if any(v.total is figure for v in values):
        return True
    rates, counts = [v.figure for v in values if v.kind == "percent"], [v for v in values if v.kind == "count"]
    return any(abs(100 * c.figure.value / figure.value - r.value) < 0.06 for r in rates for c in counts)


def _reach_over(scene: Scene, intervals: list[Interval], values: list[Value]) -> None:
    """Let a value reach over the interval that belongs to it, so that gaps are measured from there."""
    for interval in intervals:
        for value in values:
            if interval.owner is value.figure:
                bracket = scene.bracket_of(interval.start + 1)
                outside = bracket is not None and value.start < bracket[0]
                value.right = max(value.right, bracket[1] if outside and bracket else interval.end)


def _attach_intervals(intervals: list[Interval], values: list[Value], paragraph: Paragraph) -> None:
    """Give values their intervals; a pair without a label takes the label of the last one of its measure."""
    owners = {id(v.figure): v for v in values}
    for interval in intervals:
        value = owners.get(id(interval.owner))
        if value is None or value.measure in ("count", "p"):
            continue
        if interval.kind == "unlabelled":
            like = paragraph.labels.get(_label_key(value))
            interval.kind = like.kind if like else "range" if value.endpoint == "follow_up" else "ci"
            interval.level = like.level if like else None
        elif interval.kind in ("ci", "range", "iqr"):
            paragraph.labels[_label_key(value)] = interval
        value.fields.update(interval.fields())


def _label_key(value: Value) -> str:
    """Follow-up has its own kind of interval: a quartile range beside it says nothing of a survival time's."""
    return "follow_up" if value.endpoint == "follow_up" else value.measure or ""


def _mention(scene: Scene, value: Value) -> Mention:
    shift = scene.sentence.start
    fields = {k: v for k, v in value.fields.items() if k != "difference"}
    fields |= {"endpoint": value.endpoint, "measure": value.measure, "value": value.figure.value, "unit": value.unit}
    if value.kind == "percent":
        fields["n"] = int(value.n.value) if value.n is not None else None
        fields["total"] = int(value.total.value) if value.total is not None else None
    return Mention("statistic", value.start + shift, value.end + shift, fields)


def _size_mention(scene: Scene, size: Size) -> Mention:
    shift, figure = scene.sentence.start, size.figure
    fields = {
        "endpoint": "sample_size",
        "measure": "count",
        "value": figure.value,
        "unit": "1",
        "group": within_subgroup(scene, size_group(scene, figure, size.needs_result), figure.start),
    }
    return Mention("statistic", figure.start + shift, figure.end + shift, fields)
