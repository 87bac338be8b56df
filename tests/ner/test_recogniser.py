"""Sentences that the model reads, and what becomes of its spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcclit.entities import Entity
from hcclit.language import analyse, matcher
from hcclit.ner.gate import unexplained
from hcclit.ner.names import normal_name
from hcclit.ner.recogniser import merged
from hcclit.pipeline import extract_document
from hcclit.quantity import scan
from hcclit.readers.text import read_text
from hcclit.settings import ModelSettings, Settings

LABELS = {"CHEMICAL": "DRUG"}


def entities(text, ruler, source="both"):
    settings = Settings(entities=source, model=ModelSettings(name=str(ruler)))
    return [(e.text, e.label, e.name, e.source) for e in analyse(read_text(text, "t"), settings).entities]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("He took sorafenib 400 mg twice daily.", False),
        ("He took 400 mg of oral sorafenib.", False),
        ("Sorafenib was given at a starting dose of 400 mg.", False),
        ("Sorafenib and foobarin 400 mg.", True),
        ("Foobarin 400 mg was given.", True),
        ("400 mg of foobarin, not sorafenib.", True),
        ("AFP was 400 ng/mL and survival 10.7 months.", False),
        ("He weighed 80 kg.", False),
        ("Foobarin was given.", False),
    ],
)
def test_the_model_is_asked_where_no_known_drug_stands_beside_an_amount(text, asked):
    assert bool(unexplained(text, [(0, len(text))], scan(text), matcher()(text, {}))) == asked


def test_only_the_sentence_in_question_is_read_and_endless_ones_never():
    text = "Sorafenib 400 mg. Foobarin 30 mg. " + "x" * 3000 + " quuxol 3 mg"
    spans = [(0, 17), (18, 33), (34, len(text))]
    assert unexplained(text, spans, scan(text), matcher()(text, {})) == [1]


def test_the_vocabulary_wins_where_both_name_something(ruler):
    text = "He took Foobarin sorafenib 30 mg and quuxol 20 mg for plorositis."
    assert entities(text, ruler) == [
        ("Foobarin", "DRUG", "foobarin", "model"),
        ("sorafenib", "DRUG", "sorafenib", "vocabulary"),
        ("quuxol", "DRUG", "quuxol", "model"),
        ("plorositis", "DISEASE", "plorositis", "model"),
    ]
    assert [e[0] for e in entities(text, ruler, "vocabulary")] == ["sorafenib"]
    assert [e[0] for e in entities("AFP rose. quuxol.", ruler, "model")] == ["AFP", "quuxol"]


def test_a_short_form_that_the_paper_defines_gets_the_vocabulary_s_name_and_codes(ruler):
    settings = Settings(entities="both", model=ModelSettings(name=str(ruler)))
    text = "Patients had sorafenib (SFN). Then SFN was given, 200 mg daily, to each of them."
    (first, second) = analyse(read_text(text, "t"), settings).entities
    assert (second.text, second.name, second.codes, second.source) == ("SFN", "sorafenib", first.codes, "model")
    assert first.codes


@given(st.lists(st.integers(1, 30), min_size=2, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_merged_entities_are_in_order_and_apart(widths, sources):
    at, known, found = 0, [], []
    for index, (width, is_known) in enumerate(zip(widths, sources, strict=False)):
        entity = Entity(at, at + width, "DRUG", "x", "x", source="vocabulary" if is_known else "model")
        (known if is_known else found).append(entity)
        at += width - (index % 3 == 0) * min(width - 1, 2)  # some overlap the next
    apart = [e for i, e in enumerate(found) if not any(o.end > e.start for o in found[:i])]
    both = merged(known, apart)
    assert [e for e in both if e.source == "vocabulary"] == known
    assert all(e in both or any(k.start < e.end and e.start < k.end for k in known) for e in apart)
    model = [e for e in both if e.source == "model"]
    assert all(e.end <= k.start or k.end <= e.start for e in model for k in known)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Foobarin", "foobarin"),
        ("foobarin  mesylate", "foobarin"),
        ("Foobarin® tablets", "foobarin"),
        ("oral foobarin", "foobarin"),
        ("FBR-1234", "fbr-1234"),
        ("sodium", "sodium"),
        ("Plant sterol ester", "plant sterol ester"),
        ("liposomal foobarin", "liposomal foobarin"),
        ("(-", ""),
        ("12", ""),
    ],
)
def test_names_are_written_as_records_have_them(written, name):
    assert normal_name(written) == name


def doses(text, ruler, source="both"):
    settings = Settings(entities=source, model=ModelSettings(name=str(ruler)))
    return [(r.drug, r.text) for r in extract_document(read_text(text, "t"), settings) if r.type == "dose"]


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """A model that finds what it should not, too."""
    from tests.ner.conftest import make_ruler

    folder = tmp_path_factory.mktemp("models") / "names"
    chemicals = [
        "foobarin",
        "Foobarin",
        "foobarin 75 mg",
        "hydroperitoneum",
        "tablet",
        "grade-2",
        "ERT",
        "QXL",
        "chelation",
        "sorafanib",
    ]
    make_ruler({"CHEMICAL": chemicals}).to_disk(folder)
    return folder


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Her drugs were foobarin 75 mg daily and others.", [("foobarin", "75 mg daily")]),
        ("At home she had foobarin (75 mg daily).", [("foobarin", "75 mg daily")]),
        ("2 g of foobarin was instilled.", [("foobarin", "2 g")]),
        ("0.25 mL of 1% foobarin was added.", []),
        ("The mean foobarin level was 75 mg.", []),
        ("Ascites, hydroperitoneum (2500 mL) and others.", []),
        ("He had gefitinib (Foobarin, 250 mg daily).", [("gefitinib", "250 mg daily")]),
        ("Patients had quuxolide (QXL). Then QXL 30 mg daily was added.", [("quuxolide", "30 mg daily")]),
        ("Enzyme replacement therapy (ERT) was begun. Then ERT 60 mg daily was added.", []),
        ("Each tablet 400 mg.", []),
        ("A grade-2 reaction occurred and the dose was 400 mg.", []),
        ("She began ERT at 60 mg daily.", []),
        ("With chelation at a dose of 60 mg daily.", []),
        ("Her drugs were sorafanib 400 mg daily.", [("sorafenib", "400 mg daily")]),
        (
            "He had sorafenib, not foobarin, since his dose was reduced to 200 mg daily.",
            [("sorafenib", "200 mg daily")],
        ),
    ],
)
def test_a_name_by_the_model_makes_a_dose_only_where_it_can_be_one(names, text, found):
    assert doses(text, names) == found


def test_a_dose_whose_drug_the_model_alone_knows_says_so_in_its_signals(names):
    from hcclit.pipeline import extract_with_signals

    document = read_text("Her drugs were foobarin 75 mg daily and sorafenib 400 mg daily.", "t")
    found = extract_with_signals(document, Settings(entities="both", model=ModelSettings(name=str(names))))
    assert [(r.drug, "dose: name by the model alone" in signals) for r, signals in found] == [
        ("foobarin", True),
        ("sorafenib", False),
    ]
