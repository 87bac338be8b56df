"""Figures as drawn: nothing is cut or written over, the same data gives the same bytes, any name is only a name."""

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import RendererAgg

from hcclit.figures import of_paper, of_papers, style
from hcclit.figures.make import data_of, drawings_of, drawings_over
from hcclit.figures.rows import Interval, Row, RowPlot, Section
from hcclit.figures.timeline import Timeline
from tests.figures.invented import COURSE, dose, marker, paper, response, statistic

SVG = "{http://www.w3.org/2000/svg}"
LONG = "pegylated liposomal doxorubicin hydrochloride with transarterial chemoembolisation and " * 3


@pytest.fixture
def boxes(monkeypatch):
    """Draw, and give the place of every text on the picture, in pixels from its lower left corner, as Agg draws it."""

    def draw(drawing):
        found = []
        real = RendererAgg.draw_text

        def note(self, gc, x, y, s, prop, angle, *more, **options):  # noqa: PLR0917  # as matplotlib calls it
            width, height, down = self.get_text_width_height_descent(s, prop, False)
            if s.strip() and not angle:
                bottom = self.height - y - down
                found.append((s, (x, bottom, x + width, bottom + height)))
            real(self, gc, x, y, s, prop, angle, *more, **options)

        with monkeypatch.context() as patched, style._styled():
            patched.setattr(RendererAgg, "draw_text", note)
            figure = drawing.draw()
            figure.canvas.draw()
            size = figure.get_size_inches() * figure.dpi
        return found, size

    return draw


def check(found, size):
    assert found
    for text, (left, bottom, right, top) in found:
        assert left >= 0 and bottom >= 0 and right <= size[0] and top <= size[1], f"{text!r} is cut"
    for (a, one), (b, other) in combinations(found, 2):
        wide = min(one[2], other[2]) - max(one[0], other[0])
        high = min(one[3], other[3]) - max(one[1], other[1])
        assert wide <= 1 or high <= 2, f"{a!r} is written over {b!r}"


def many(count):
    """A patient of whom much is told."""
    when = [f"20{10 + n // 12:02d}-{n % 12 + 1:02d}" for n in range(count)]
    drugs = ["sorafenib", LONG, "<script>alert('$x_1$')</script>"]
    place = iter(range(10**6))

    def at(make, **fields):
        start = next(place)
        return make(start=start, end=start + 1, section="case", **fields)

    records = [
        at(dose, drug=drugs[n % 3], amount=100 * (n % 5 + 1), when=when[n], action="reduce") for n in range(count)
    ]
    records += [at(marker, value=10 ** (n % 7), value_ng_ml=10 ** (n % 7), when=when[n]) for n in range(count)]
    records += [at(response, category=("CR", "PR", "SD", "PD")[n % 4], when=when[n]) for n in range(count)]
    records += [at(dose, drug=LONG, amount=n + 1) for n in range(count)]
    return records


def factors(count, name=LONG):
    return [
        statistic(
            start=n, end=n + 1, measure="HR", unit="1", value=0.5 + n / 7, ci_low=0.01 + n / 20, ci_high=3.0 + n * n,
            factor=f"{name} {n}", group=f"arm {n}", comparator_group="placebo and best supportive care",
        )
        for n in range(count)
    ]  # fmt: skip


def drawings(records):
    document, _ = paper("Case report\n\n" + "word " * 40)
    return list(drawings_of(data_of(document, records)))


@pytest.mark.parametrize("count", [1, 2, 7, 30])
def test_a_crowded_course_has_no_label_over_another(boxes, count):
    (drawing,) = drawings(many(count))
    check(*boxes(drawing))


@pytest.mark.parametrize("count", [1, 3, 40, 41])
def test_forty_long_factors_are_neither_cut_nor_written_over(boxes, count):
    for drawing in drawings(factors(count)):
        check(*boxes(drawing))


def test_long_intervals_of_several_kinds_fit(boxes):
    rows = tuple(
        Row(
            f"{LONG} {n}",
            10.123 * n,
            (Interval("CI", 1.23456, None, 99.9), Interval("range", 0.12345, 123456.7)),
            "1.2345 (99.9% CI 1.23456–NR) (range 0.12345–123,456.7)",
        )
        for n in range(5)
    )
    plot = RowPlot("medians", LONG, "months", log=False, sections=(Section(LONG[:60], rows),))
    data = replace(data_of(*paper("Nothing.")), plots=(plot,))
    (drawing,) = drawings_of(data)
    check(*boxes(drawing))


def test_a_swimmer_plot_of_long_names_fits(boxes):
    papers = [data_of(*paper(COURSE, f"{n}-{LONG}")) for n in range(4)]
    for drawing in drawings_over(papers):
        check(*boxes(drawing))


@pytest.mark.parametrize("text", [COURSE, COURSE.replace("On 4 April 2011", "Then")])
def test_courses_of_texts_fit(boxes, text):
    made = list(drawings_of(data_of(*paper(text))))
    assert made
    for drawing in made:
        check(*boxes(drawing))


def test_the_same_data_gives_the_same_bytes_whatever_the_users_settings(monkeypatch):
    import matplotlib as mpl

    (drawing,) = drawings_of(data_of(*paper(COURSE)))
    svg, png = drawing.picture().svg, drawing.png()
    with mpl.rc_context({"svg.hashsalt": None, "font.size": 20, "svg.fonttype": "path"}):
        assert (drawing.picture().svg, drawing.png()) == (svg, png)
        assert mpl.rcParams["font.size"] == 20
    assert png.startswith(b"\x89PNG")


def test_an_svg_stands_alone_and_says_what_it_shows():
    (picture,) = of_paper(*paper(COURSE))
    root = ElementTree.fromstring(picture.svg)
    assert root.get("role") == "img"
    assert (
        root.get("aria-label") == root.find(f"{SVG}title").text == picture.title == "Course of the patient (invented)"
    )
    said = root.find(f"{SVG}desc").text
    assert "2011-04-04: sorafenib 400 mg ×2/day" in said
    assert "Not placed in time: CEA 3 ng/mL: no time is stated" in said
    # nothing is fetched: no document type, no metadata, no link but into the picture itself
    links = set(re.findall(r'(?:href|url)[=(]["\']?([^"\')]+)', picture.svg))
    assert all(link.startswith("#") for link in links)
    assert "<!DOCTYPE" not in picture.svg and "<metadata" not in picture.svg


def test_pictures_of_one_page_share_no_names():
    text = COURSE + "\nHe was then started on regorafenib 160 mg daily. Ten days later, AFP was 90 ng/mL.\n"
    pictures = of_paper(*paper(text))
    names = [set(re.findall(r' id="([^"]+)"', picture.svg)) for picture in pictures]
    assert len(pictures) == 2
    assert not names[0] & names[1]
    for picture, own in zip(pictures, names, strict=True):
        assert set(re.findall(r"(?:url\(|href=\")#([^)\"]+)", picture.svg)) <= own


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>", '" onload="x', "a & b < c", "$\\frac{1}{0}$", "$x", "nul\x00\x0b\ufffe",
        "\u202eabc", "肝細胞癌", "%s {0}", "_" * 400,
    ],
)  # fmt: skip
def test_a_hostile_name_is_only_a_name(name):
    made = [dose(drug=name, when="2010-05"), *factors(2, name)]
    document, _ = paper("Case report\n\nword word", name.replace("\x00", "") or "x")
    for picture in of_paper(document, made):
        root = ElementTree.fromstring(picture.svg)
        assert not [element for element in root.iter() if element.tag.endswith(("script", "foreignObject"))]
        assert not [key for element in root.iter() for key in element.attrib if key.lower().startswith("on")]
    for drawing in drawings_of(data_of(document, made)):
        assert drawing.png().startswith(b"\x89PNG")


def test_no_category_is_told_by_its_colour_alone(boxes):
    """Each has a sign of its own and its name beside it; in grey, too, fillings differ from white and black."""
    from hcclit.figures.draw_responses import _SHAPES

    assert len({shape for shape, _ in _SHAPES.values()}) == 4
    greys = [
        sum(int(c[i : i + 2], 16) * w for i, w in ((1, 0.299), (3, 0.587), (5, 0.114))) for _, c in _SHAPES.values()
    ]
    assert all(60 < grey < 240 for grey in greys)
    (drawing,) = drawings_of(data_of(*paper(COURSE)))
    assert "PR" in [text for text, _ in boxes(drawing)[0]]


def test_papers_together_give_a_swimmer_and_a_forest_plot():
    trial = "Results\n\nOverall survival was longer with sorafenib than placebo (HR 0.69, 95% CI 0.55-0.87).\n"
    pictures = of_papers([paper(COURSE, "one"), paper(COURSE, "two"), paper(trial, "three")])
    assert [picture.name for picture in pictures] == ["swimmer", "forest"]
    assert "three: sorafenib" in pictures[1].svg


def test_a_paper_with_nothing_to_draw_gives_no_picture():
    assert of_paper(*paper("Methods\n\nWe searched two databases.\n")) == []
    assert of_papers([]) == []


def test_an_empty_course_of_one_day_is_drawn(boxes):
    (drawing,) = drawings([marker(value=0, value_ng_ml=0, when="2010-05-04", section="case")])
    check(*boxes(drawing))


def test_a_timeline_is_plain_data():
    (course,) = data_of(*paper(COURSE)).timelines
    assert isinstance(course, Timeline)
    assert hash(course) == hash(replace(course))
