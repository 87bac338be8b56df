"""How long after an event a fact was stated."""

import pytest

from tests.linking.place import linked


@pytest.mark.parametrize(
    ("text", "lapses"),
    [
        ("Two weeks later, our patient's AFP was [[12 ng/mL]].", ["P2W"]),
        (
            "A year and a half after surgery, his AFP was [[14 ng/mL]]; about 20 months after it, [[390 ng/mL]].",
            ["P1Y6M", "P20M"],
        ),
        ("The AFP of our patient is [[normal]] 15 months after surgery.", ["P15M"]),
        ("At 3 months, his AFP was [[12 ng/mL]].", ["P3M"]),
        ("At the 6-month follow-up his AFP was [[12 ng/mL]].", ["P6M"]),
        ("On postoperative day 5 his AFP was [[12 ng/mL]].", ["P5D"]),
        ("Two weeks later, AFP fell from [[22,100]] to [[1,436 ng/mL]] in our patient.", [None, "P2W"]),
        # none of these counts from an event to the value
        ("Ten years ago his AFP was [[12 ng/mL]].", [None]),
        ("Within two months his AFP was [[12 ng/mL]].", [None]),
        ("His AFP was [[normal]] for almost five years.", [None]),
        ("The [[normal]] AFP of our patient was maintained for 18 months.", [None]),
        ("A 74-year-old man had an AFP of [[12 ng/mL]].", [None]),
        ("After 6-8 weeks his AFP was [[12 ng/mL]].", [None]),
        ("About 6 and 8 months after the start, his AFP was [[12 ng/mL]].", [None]),
        ("After the third cycle, which was given every 3 weeks, AFP was [[12 ng/mL]].", [None]),
        ("Two months before surgery his AFP was [[12 ng/mL]].", [None]),
        # the assessment of which the sentence before tells
        ("The second assessment took place after 2 months of treatment. The AFP was [[normal]].", ["P2M"]),
        ("An assessment took place when he had undergone treatment for two weeks. The AFP was [[12 ng/mL]].", ["P2W"]),
        ("The assessment took place after 2 months. Sorafenib was started. The AFP was [[normal]].", [None]),
        ("All lesions disappeared eight months after the start. AFP was [[12 ng/mL]].", [None]),
    ],
)
def test_marker(text, lapses):
    assert [f.get("elapsed") for f in linked(text, "marker", kind="measurement")] == lapses


@pytest.mark.parametrize(
    ("text", "lapses"),
    [
        ("After two months, CT showed growth, and [[PD]] was diagnosed in our patient.", ["P2M"]),
        ("Our patient achieved [[PR]] after 10 months beyond [[PD]].", ["P10M", None]),
        (
            "Although the diagnosis was [[PD]], most lesions shrank eight months after the diagnosis of [[PD]].",
            [None, None],
        ),
        ("A CT scan obtained on July 10, 2009, i.e., one month after treatment, demonstrated [[CR]].", ["P1M"]),
        ("Later, [[PD]] was diagnosed.", [None]),
    ],
)
def test_response(text, lapses):
    assert [f.get("elapsed") for f in linked(text, "response", assertion="affirmed")] == lapses


@pytest.mark.parametrize(
    ("text", "lapse"),
    [
        ("In our patient the dose was reduced to [[200 mg]] twice a day five weeks later.", "P5W"),
        ("Sorafenib was withheld in our patient and restarted 2 weeks later at [[200 mg]] bid.", "P2W"),
        ("In this trial, the dose was raised to [[400 mg]] two weeks after the first dose.", "P2W"),
    ],
)
def test_dose(text, lapse):
    [fields] = linked(text, "dose")
    assert fields.get("elapsed") == lapse


def test_a_landmark_is_no_lapse_but_one_patient_s_event_has_one():
    [rate] = linked("Two years after resection, [[43%]] had recurred.", "statistic", measure="rate", value=43)
    [one] = linked("After 6 weeks of treatment, [[1]] patient stopped.", "statistic", measure="count", value=1)
    assert (rate.get("elapsed"), one["elapsed"]) == (None, "P6W")
