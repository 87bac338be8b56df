"""What the marked sentences do not show: source text in names, carry-over between sentences, cost, vocabulary."""

import re
import time

import pytest

from hcclit import extract_text
from hcclit.extractors.statistic import extract
from hcclit.language import analyse
from hcclit.readers.text import read_text
from hcclit.records import ENDPOINT
from hcclit.vocabulary import rows


def statistics(text):
    return [r for r in extract_text(text) if r.type == "statistic"]


def test_group_is_copied_from_the_source_with_white_space_collapsed():
    text = "Median overall survival was 9\u00b76 months in the TACE plus\nsora\ufb01nib group of this trial."
    (record,) = statistics(text)
    assert (record.text, record.value, record.group) == ("9\u00b76 months", 9.6, "TACE plus sora\ufb01nib")


def test_span_keeps_the_line_break_that_it_holds():
    (record,) = statistics("The median overall survival of all our patients was 17.4\nmonths in this trial.")
    assert record.text == "17.4\nmonths"


def test_unlabelled_pair_keeps_to_its_paragraph():
    first = "The median PFS was 5.5 months (range, 0.9-22.4)."
    second = "The median OS was 14.2 months (11.8-17.0)."
    together, apart = statistics(f"{first} {second}"), statistics(f"{first}\n\n{second}")
    assert (together[1].range_low, together[1].ci_low) == (11.8, None)
    assert (apart[1].range_low, apart[1].ci_low) == (None, 11.8)


def test_endpoint_is_resumed_only_where_the_words_say_so():
    first = "Median progression-free survival was 6.0 months in the first arm."
    resumed = statistics(f"{first} In the second arm, the corresponding duration was 4.1 months.")
    unrelated = statistics(f"{first} The operation took 4.1 months to arrange.")
    assert [(r.endpoint, r.value) for r in resumed] == [("PFS", 6.0), ("PFS", 4.1)]
    assert [(r.endpoint, r.value) for r in unrelated] == [("PFS", 6.0)]


def test_short_form_means_what_the_paper_says():
    text = "Median survival (MS) was the endpoint. MS was 8.4 months. Pharmacodynamics (PD) changed in 40% of patients."
    assert [(r.endpoint, r.value) for r in statistics(text)] == [("OS", 8.4)]


def test_rr_is_the_response_rate_where_the_paper_speaks_of_responses():
    assert [r.endpoint for r in statistics("Response rate [RR] was assessed. Overall RR was 35%.")] == ["ORR"]


def test_complete_response_of_an_antiemetic_is_no_tumour_response():
    text = "Patients received antiemetic prophylaxis. Complete response was achieved in 54% of patients."
    assert [r.endpoint for r in statistics(text)] == ["other"]


def test_response_rate_of_a_survey_is_no_tumour_response():
    text = "A questionnaire was mailed to 90 patients. The response rate was 61%."
    assert "ORR" not in [r.endpoint for r in statistics(text)]


def test_vocabulary_holds_endpoints_of_the_contract():
    table = list(rows("endpoints"))
    written = [name for row in table for name in row["written"].split("|")]
    assert all(re.match(ENDPOINT, row["endpoint"]) for row in table)
    assert {row["kind"] for row in table} == {"time", "span", "rate", "event", "verb", "topic"}
    assert all(name == name.strip() and name for name in written)


@pytest.mark.parametrize(
    "text",
    [
        "OS was " + "9" * 50_000 + " months.",
        "(" * 200 + "OS 5%" + ")" * 200,
        "OS was " + "5.1 months (95% CI 3-7) in A and B versus C, " * 80,
        "time to " + "a-" * 1_900 + "b was 5 months",
        "A v B " * 600 + "OS 5 v 6 months",
        "n = 5 patients, " * 240,
        "100 patients with A " + "in B and " * 150 + "were enrolled",
        "1-, " * 900 + "year OS 5%",
    ],
    ids=["digits", "brackets", "values", "hyphens", "arms", "sizes", "clauses", "landmarks"],
)
def test_hostile_sentence_costs_little(text):
    analysis = analyse(read_text(text, "hostile"))
    began = time.process_time()
    list(extract(analysis))
    assert time.process_time() - began < 2
