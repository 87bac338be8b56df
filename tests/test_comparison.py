"""Two readings of one paper: records are matched by value and by what stands around them."""

import json

import pytest

from hcclit.comparison import Reading, UnpairedError, compare, pairs_of
from hcclit.pipeline import extract_document
from hcclit.readers.text import read_text
from tests.readers.sheet import Sheet

PARAGRAPHS = {
    "1. Introduction": [
        "In 2009 a trial of sorafenib showed a median overall survival of 10.7 months in patients with HCC."
    ],
    "2. Case": [
        "A farmer of 61 years was seen in October 2012. His AFP was 1,905 ng/mL. He was started on sorafenib",
        "400 mg twice a day; after 8 weeks his AFP was 12 ng/mL, and partial response (PR) by mRECIST was",
        "recorded. In March 2013 the dose was reduced to 200 mg twice a day.",
    ],
    "3. Discussion": ["Such a response is rare: 3 (2.1%) of 142 patients had a complete response in that trial."],
}
HISTORY = "Received 4 May 2014; Accepted 19 July 2014"


def pdf():
    sheet = Sheet()
    sheet.column(40, 40, ["Annals of Invented Oncology", "Volume 2014, Article ID 71, 1 page"], step=9, size=7)
    sheet.line(40, 90, "Sorafenib in a Farmer", size=16, style="B")
    sheet.line(40, 110, HISTORY, size=8)
    y = 150
    for title, lines in PARAGRAPHS.items():
        sheet.line(40, y, title, size=12, style="B")
        y = sheet.column(40, y + 20, lines) + 20
    return sheet.data()


def jats(old="", new=""):
    sections = "".join(f"<sec><title>{t}</title><p>{' '.join(lines)}</p></sec>" for t, lines in PARAGRAPHS.items())
    dates = [("received", 4, 5), ("accepted", 19, 7)]
    history = "".join(
        f"<date date-type='{kind}'><day>{day}</day><month>{month}</month><year>2014</year></date>"
        for kind, day, month in dates
    )
    return (
        "<article><front><journal-meta><journal-title>Annals of Invented Oncology</journal-title></journal-meta>"
        "<article-meta><title-group><article-title>Sorafenib in a Farmer</article-title></title-group>"
        f"<pub-date pub-type='ppub'><year>2014</year></pub-date><history>{history}</history></article-meta></front>"
        f"<body>{sections}</body></article>"
    ).replace(old or "\0", new)


def reading(text):
    document = read_text(text, "paper")
    return Reading.of(document, extract_document(document))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "farmer.pdf").write_bytes(pdf())
    (tmp_path / "farmer.xml").write_text(jats())
    return tmp_path


def test_a_paper_in_two_formats_agrees(hcclit, folder):
    done = hcclit("compare", folder, "--format", "json", "--differences")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    (pair,) = found["pairs"]
    assert (pair["name"], pair["differences"]) == ("farmer", [])
    assert found["lines"] == pair["lines"]
    scores = found["lines"]
    assert scores["micro"]["left"] == scores["micro"]["right"] == sum(scores[line]["left"] for line in (
        "dose", "marker", "date", "response", "statistic"))  # fmt: skip
    assert all(scores[line]["left"] > 0 for line in ("dose", "marker", "date", "response", "statistic"))
    assert scores["micro"]["core"]["f1"] == scores["micro"]["full"]["f1"] == 1


def test_what_differs_is_shown_with_its_sentence(hcclit, folder):
    (folder / "farmer.xml").write_text(jats("reduced to 200 mg", "reduced to 300 mg"))
    done = hcclit("compare", folder / "farmer.pdf", folder / "farmer.xml", "--differences")
    told = [line for line in done.stdout.splitlines() if line.startswith("farmer:")]
    assert told == [
        "farmer: unlike, dose: amount 200.0 / 300.0 | In March 2013 the dose was reduced to [[200 mg twice a day]]. | "
        "In March 2013 the dose was reduced to [[300 mg twice a day]]."
    ]


def test_files_without_a_partner_and_unreadable_ones_are_told(hcclit, folder):
    (folder / "alone.txt").write_text("In 2009 he was well.")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4")
    (folder / "broken.xml").write_text(jats())
    done = hcclit("compare", folder)
    assert done.returncode == 1
    assert "Agreement of 1 pairs" in done.stdout
    assert [line.partition(": ")[2].split(" ")[0] for line in done.stderr.splitlines()] == ["no", "the"]


def test_pairs_are_files_of_one_name(tmp_path):
    for name in ("left/a.pdf", "left/b.pdf", "right/a.xml", "right/c.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    left, right = tmp_path / "left", tmp_path / "right"
    assert pairs_of(left, right) == ([(left / "a.pdf", right / "a.xml")], [left / "b.pdf", right / "c.xml"])
    for paths in ((left, None), (left, right / "a.xml"), (left / "a.pdf", None), (left, tmp_path / "gone")):
        with pytest.raises(UnpairedError):
            pairs_of(*paths)


def test_a_number_here_is_not_the_same_number_there():
    here = "At the third visit CR was seen in 3 patients of the placebo arm."
    there = "In women who stayed abroad until autumn a CR was achieved in 3 patients. " + here
    pair = compare("a", reading(there), reading(here))
    assert (pair.counts["statistic"].gold, pair.counts["statistic"].core) == (2, 1)
    (difference,) = pair.differences()
    assert difference.left is not None
    assert difference.left.start == there.index("3")
    assert compare("a", reading(there[:72]), reading(here)).counts["statistic"].core == 0


def test_twins_find_the_partner_that_stands_alike():
    one, two = "In Osaka the median OS was 9 months.", "In Kyoto, where surgery came first, the median OS was 9 months."
    pair = compare("a", reading(f"{one}\n\n{two}"), reading(f"{two}\n\n{one}"))
    pairs = [(a.start, b.start) for a, b in pair.matchings["statistic"].pairs]
    assert sorted(pairs) == [
        (one.index("9"), len(two) + 2 + one.index("9")),
        (len(one) + 2 + two.index("9"), two.index("9")),
    ]


def test_one_mention_read_in_two_ways_is_unlike():
    pair = compare("a", reading("The median OS was 9 months in the sorafenib arm."),
                   reading("The median PFS was 9 months in the sorafenib arm."))  # fmt: skip
    (difference,) = pair.differences()
    assert (difference.kind, difference.fields) == ("unlike", ("endpoint",))


def test_records_of_tables_can_be_left_aside():
    text = "Table 1. Doses\nPatient\tSorafenib (mg)\n1\t400\n2\t800\n\nIn 2009 he was given sorafenib 400 mg daily."
    read = reading(text)
    whole, outside = compare("a", read, read), compare("a", read.outside_tables(), read.outside_tables())
    assert whole.counts["dose"].core > outside.counts["dose"].core == 1
