"""A patient's course as data: steps of doses, values with their normal range, responses, what is missing."""

from datetime import date

import pytest

from hcclit.figures.doses import lanes_of
from hcclit.figures.ranges import Ranges
from hcclit.figures.timeline import timelines_of
from hcclit.figures.times import Span, span_of_date
from hcclit.figures.values import panels_of
from hcclit.language import analyse
from tests.figures.invented import COURSE, dose, marker, paper


def at(day):
    return Span(day, day)


def test_a_course_has_all_its_facts_on_one_axis():
    timelines, without = timelines_of(*paper(COURSE))
    assert without == []
    (course,) = timelines
    assert (course.origin, course.patient) == (None, None)
    (lane,) = course.lanes
    assert [(step.label, step.start) for step in lane.steps] == [
        ("400 mg ×2/day", span_of_date("2011-04-04")),
        ("200 mg ×2/day", span_of_date("2011-09")),
    ]
    assert lane.steps[0].until == span_of_date("2011-09")
    assert [step.level for step in lane.steps] == [1, 0.5]
    (panel,) = course.panels
    assert [point.label for point in panel.points] == ["1,905", "300", "normal"]
    assert (panel.normal.high, panel.normal.stated, panel.normal.with_high) == (10, True, False)
    (mark,) = course.responses
    assert mark.label == "PR"
    assert mark.span.middle == pytest.approx(date(2011, 4, 4).toordinal() + 61, abs=1)
    assert course.unplaced == ("CEA 3 ng/mL: no time is stated",)


def test_each_numbered_patient_has_an_axis_and_says_who_it_is():
    text = (
        "Case report\n\nCase 1\n\nIn March 2011 his AFP was 1,905 ng/mL.\n\nCase 2\n\nIn May 2012 her AFP was 77 "
        "ng/mL. Her CEA was 4 ng/mL.\n\nCase 3\n\nHis AFP was 8 ng/mL.\n"
    )
    timelines, without = timelines_of(*paper(text))
    assert [(t.patient, len(t.spans), t.unplaced) for t in timelines] == [
        ("1", 1, ()),
        ("2", 1, ("CEA 4 ng/mL: no time is stated",)),
    ]
    assert without == ["patient 3: not placed: AFP 8 ng/mL: no time is stated"]


def test_of_several_patients_a_fact_of_no_stated_one_is_on_no_axis():
    made = [
        marker(patient_id=patient, when="2010-05", section="case", start=n, end=n + 1)
        for n, patient in enumerate(("1", "2", None))
    ]
    timelines, without = timelines_of(paper("Case report\n\nword word")[0], made)
    assert [t.patient for t in timelines] == ["1", "2"]
    assert without == ["patient: not placed: AFP 20 ng/mL: which of the patients is not stated"]


def test_a_vaguer_time_in_the_abstract_makes_no_second_point():
    made = [
        marker(when="2010", section="abstract"),
        marker(when="2010-05-04", section="case", start=3, end=4),
        marker(when="2011", section="abstract", start=5, end=6),
    ]
    (only,), _ = timelines_of(paper("Case report\n\nword word")[0], made)
    assert [p.span for p in only.panels[0].points] == [span_of_date("2010-05-04"), span_of_date("2011")]


def test_what_one_figure_cannot_hold_is_listed():
    made = [
        dose(drug=f"drug {n % 40}", when="2010-05", section="case", start=n, end=n + 1, amount=n + 1)
        for n in range(400)
    ]
    (only,), _ = timelines_of(paper("Case report\n\nword word")[0], made)
    drawn = sum(len(lane.steps) for lane in only.lanes)
    assert (len(only.lanes), drawn, len(only.unplaced)) == (30, 200, 200)
    assert only.unplaced[0] == "drug 30 31 mg ×2/day: too much for one figure"


def test_facts_that_count_from_an_event_without_a_date_have_an_axis_of_their_own():
    text = (
        "Case report\n\nIn March 2011 his AFP was 1,905 ng/mL. Later he was started on sorafenib 400 mg twice daily. "
        "Ten days later, AFP was 90 ng/mL.\n"
    )
    timelines, _ = timelines_of(*paper(text))
    assert [(t.origin, len(t.spans)) for t in timelines] == [(None, 1), ("start of sorafenib", 2)]


def test_a_start_that_nothing_counts_from_is_listed():
    text = (
        "Case report\n\nIn March 2011 his AFP was 1,905 ng/mL. Later he was started on sorafenib 400 mg twice daily.\n"
    )
    (only,), _ = timelines_of(*paper(text))
    assert only.unplaced == ("sorafenib 400 mg ×2/day (start): the start of sorafenib has no date",)


def test_what_the_abstract_tells_again_is_not_listed_twice():
    text = "Abstract\n\nWe treated a patient whose AFP was 1,905 ng/mL.\n\n" + COURSE
    (course,), _ = timelines_of(*paper(text))
    assert course.unplaced == ("CEA 3 ng/mL: no time is stated",)


def test_a_paper_without_patients_has_no_axis():
    assert timelines_of(*paper("Results\n\nMedian OS was 9.2 months in 110 patients.\n")) == ([], [])


@pytest.mark.parametrize(
    ("second", "missing", "until"),
    [
        (dose(amount=200, daily_amount=400, action="reduce"), [], 30),
        (dose(amount=400, action="continue"), [], 30),
        # started anew: when did the first end?
        (dose(amount=200, daily_amount=400, action="restart"), [], None),
        (dose(amount=200, daily_amount=400), [], None),
        # another dose was given between, nobody knows when
        (
            dose(amount=200, daily_amount=400, action="reduce"),
            [dose(amount=300, daily_amount=600, start=5, end=6)],
            None,
        ),
        # no step: nothing is said of how often it was given
        (dose(amount=200, per_day=None, daily_amount=None, action="reduce"), [], None),
    ],
)
def test_a_dose_lasts_as_long_as_the_text_tells(second, missing, until):
    second = second.model_copy(update={"start": 10, "end": 11})
    (lane,) = lanes_of([(dose(action="start"), at(0)), (second, at(30))], missing)
    assert lane.steps[0].until == (None if until is None else at(until))


def test_a_dose_stated_twice_of_one_time_is_one_step_and_keeps_its_action():
    (lane,) = lanes_of(
        [(dose(), at(0)), (dose(start=3, end=4, action="start"), at(0)), (dose(start=5, end=6), at(0))], []
    )
    assert len(lane.steps) == 1


def test_drugs_stand_in_the_order_of_their_first_dose():
    timed = [(dose(drug="regorafenib", start=1, end=2), at(50)), (dose(start=2, end=3), at(3))]
    assert [lane.drug for lane in lanes_of(timed, [])] == ["sorafenib", "regorafenib"]


def test_values_in_several_units_of_one_size_share_a_panel():
    analysis = analyse(paper("Nothing.")[0])
    timed = [
        (marker(value=2.2, unit="ug/L", value_ng_ml=2.2), at(1)),
        (marker(value=10, unit="IU/mL", value_ng_ml=12.1), at(2)),
        (marker(value=0.05, value_high=0.1, unit="ug/mL", value_ng_ml=50, kind="range"), at(3)),
        (marker(value=30, comparator="<", analyte="PIVKA-II", unit="mAU/mL", value_ng_ml=None), at(3)),
        (marker(value=8, analyte="AFP", unit=None, value_ng_ml=None), at(4)),
        (marker(value=None, unit=None, value_ng_ml=None, kind="qualitative", interpretation="normal"), at(5)),
    ]
    panels = panels_of(timed, Ranges(analysis, []))
    assert [(p.analyte, p.unit, [point.label for point in p.points]) for p in panels] == [
        ("AFP", "ng/mL", ["2.2", "12.1", "50–100", "normal"]),
        ("AFP", "no unit", ["8"]),
        ("PIVKA-II", "mAU/mL", ["<30"]),
    ]
    assert [p.normal and p.normal.high for p in panels] == [9, None, 40]
    assert "ARUP" in panels[0].normal.source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("His AFP was 1,905 ng/mL (normal <10 ng/mL).", (0, 10)),
        ("His AFP was 1,905 ng/mL (reference range, 0.5-8 ng/mL).", (0.5, 8)),
        # bounds of other things are no normal range
        ("AFP above 400 ng/mL is diagnostic of HCC.", (0, 9)),
        ("An AFP of 2 times the upper limit of normal, 20 ng/mL, was required.", (0, 9)),
    ],
)
def test_the_normal_range_is_the_papers_own_if_it_states_one(text, expected):
    document, records = paper("Case report\n\nIn May 2010 a farmer was seen. " + text)
    found = Ranges(analyse(document), records).normal("AFP", "ng/mL")
    assert (found.low, found.high) == expected
