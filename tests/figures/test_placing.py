"""Where facts stand in time: what the text says is placed, what it leaves open is not guessed."""

from datetime import date

import pytest

from hcclit.figures.placing import place_facts
from hcclit.language import analyse
from tests.figures.invented import paper


def placed(text):
    """`fact: time` for each fact about the patient; days of the calendar as dates, others with what they count from."""
    document, records = paper("Case report\n\n" + text)
    out = {}
    for each in place_facts(analyse(document), records):
        time = each.time
        if time is None:
            out[each.fact.text] = None
        elif time.origin is None:
            first, last = (date.fromordinal(int(day)) for day in (time.span.low, time.span.high))
            out[each.fact.text] = f"{first}..{last}"
        else:
            out[each.fact.text] = f"{time.origin.label} {time.span.low:g}..{time.span.high:g}"
    return out


START = "On 4 April 2011 sorafenib 400 mg twice daily was started. "
UNDATED = "The patient was started on sorafenib 400 mg twice daily. "


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("In March 2011 his AFP was 1,905 ng/mL.", "1,905 ng/mL", "2011-03-01..2011-04-01"),
        ("At the end of 2008 his AFP was 119 ng/mL.", "119 ng/mL", "2008-09-01..2009-01-01"),
        (START, "400 mg twice daily", "2011-04-04..2011-04-05"),
        (START + "Two weeks later, AFP was 300 ng/mL.", "300 ng/mL", "2011-04-14..2011-04-22"),
        (START + "After 10 days of treatment, AFP was 300 ng/mL.", "300 ng/mL", "2011-04-14..2011-04-15"),
        (START + "AFP was 300 ng/mL 10 days after the start of sorafenib.", "300 ng/mL", "2011-04-14..2011-04-15"),
        (
            START + "He had a rash. After 10 days of sorafenib, AFP was 300 ng/mL.",
            "300 ng/mL",
            "2011-04-14..2011-04-15",
        ),
        (START + "AFP was 300 ng/mL 10 days after starting sorafenib.", "300 ng/mL", "2011-04-14..2011-04-15"),
        (
            "He underwent hepatectomy on 4 April 2011. Ten days after surgery, his AFP was 8 ng/mL.",
            "8 ng/mL",
            "2011-04-14..2011-04-15",
        ),
        (
            "He underwent TACE on 4 April 2011. His AFP was 8 ng/mL 10 days after TACE.",
            "8 ng/mL",
            "2011-04-14..2011-04-15",
        ),
        (
            "He was admitted on 4 April 2011. AFP was 8 ng/mL 10 days after admission.",
            "8 ng/mL",
            "2011-04-14..2011-04-15",
        ),
        ("Sorafenib 800 mg per day was prescribed since 4 April 2011.", "800 mg per day", "2011-04-04..2011-04-05"),
    ],
)
def test_what_the_calendar_can_place(text, fact, expected):
    assert placed(text)[fact] == expected


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        (UNDATED, "400 mg twice daily", "start of sorafenib 0..0"),
        (UNDATED + "Ten days later, AFP was 300 ng/mL.", "300 ng/mL", "start of sorafenib 10..10"),
        (
            UNDATED + "Ten days later, AFP was 300 ng/mL. Four days later, AFP was 90 ng/mL.",
            "90 ng/mL",
            "start of sorafenib 14..14",
        ),
        ("AFP was 300 ng/mL 10 days after the start of sorafenib.", "300 ng/mL", "start of sorafenib 10..10"),
        # either from what was told last, or from the start of the treatment
        (
            UNDATED + "Ten days later, the dose was reduced to 200 mg twice daily. After 20 days, AFP was 90 ng/mL.",
            "90 ng/mL",
            "start of sorafenib 20..30",
        ),
        (
            "He was started on gefitinib 250 mg daily and prednisolone 20 mg daily. Ten days later, AFP was 90 ng/mL.",
            "90 ng/mL",
            "start of gefitinib and prednisolone 10..10",
        ),
    ],
)
def test_what_has_only_the_time_since_an_event(text, fact, expected):
    assert placed(text)[fact] == expected


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("His AFP was 300 ng/mL.", "300 ng/mL"),
        # what the length counts from is not told, or is no event of the text
        ("The liver was small. Two weeks later, AFP was 300 ng/mL.", "300 ng/mL"),
        ("In May 2010 he felt well. AFP was 300 ng/mL 8 months after the end of therapy.", "300 ng/mL"),
        (START + "AFP was 300 ng/mL 8 months after the fall from a ladder.", "300 ng/mL"),
        # time went on between, nobody knows how far
        (START + "Subsequently, he underwent a biopsy. Two weeks later, AFP was 300 ng/mL.", "300 ng/mL"),
        # two dates: which of them is meant?
        ("In May 2010 and July 2010 he felt well. Two weeks later, AFP was 300 ng/mL.", "300 ng/mL"),
        # at a clinic's routine of its own
        (START + "At 12 months, AFP was 300 ng/mL.", "300 ng/mL"),
    ],
)
def test_what_is_not_guessed(text, fact):
    assert placed(text).get(fact, "not found") is None


def test_a_restart_without_a_date_is_a_time_of_its_own():
    found = placed(
        START + "It was stopped in May. Sorafenib was restarted. After 10 days of sorafenib, AFP was 9 ng/mL."
    )
    assert found["9 ng/mL"] == "start of sorafenib 10..10"


def test_no_event_counts_from_itself():
    found = placed("Sorafenib 400 mg twice daily was initiated at 4 months. AFP was 9 ng/mL.")
    assert found == {"400 mg twice daily": "start of sorafenib 0..0", "9 ng/mL": None}


def test_long_chains_of_times_end():
    found = placed(UNDATED + "".join(f"Two days later, AFP was {1000 + n} ng/mL. " for n in range(400)))
    assert len(found) == 401
    assert found["1399 ng/mL"] in (None, "start of sorafenib 800..800")
    assert found["1010 ng/mL"] == "start of sorafenib 22..22"


def test_a_column_headed_by_a_date_dates_its_values():
    table = "Table 1. Course of the patient\n\tMay 4, 2009\tJune 6, 2009\nAFP (ng/mL)\t1905\t12\n"
    found = placed("A farmer was seen.\n\n" + table)
    assert found == {"1905": "2009-05-04..2009-05-05", "12": "2009-06-06..2009-06-07"}


def test_cited_and_general_facts_have_no_place_here():
    text = (
        "In March 2011 his AFP was 1,905 ng/mL (normal <10 ng/mL).\n\nDiscussion\n\nThe recommended dose of "
        "sorafenib is 400 mg twice daily. Smith et al. reported a patient with an AFP of 77 ng/mL in May 2003 [4]."
    )
    assert list(placed(text)) == ["1,905 ng/mL"]
