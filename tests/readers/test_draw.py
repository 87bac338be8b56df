"""`hcclit draw`: pictures of pages that show what was read of them."""

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops
from typer.testing import CliRunner

from hcclit.cli import app
from tests.readers.sheet import Sheet, prose

LEFT, SCALE = 60, 1.5


def draw(*args):
    return CliRunner().invoke(app, ["draw", *map(str, args)])


@pytest.fixture
def paper(tmp_path):
    """Two pages: a title and a paragraph, and a paragraph with a record."""
    sheet = Sheet()
    sheet.line(LEFT, 100, "2. Methods", size=12, style="B")
    sheet.column(LEFT, 130, prose("first", 20))
    sheet.page()
    sheet.column(LEFT, 100, ["Median overall survival was 10.7 months (95% CI, 9.4 to 13.3)", "in the sorafenib arm."])
    path = tmp_path / "paper.pdf"
    path.write_bytes(sheet.data())
    return path


def plain(path, number):
    file = pdfium.PdfDocument(path)
    return file[number - 1].render(scale=SCALE).to_pil().convert("RGB")


def drawn_on(path, picture, box):
    """Whether a picture differs from the bare page inside a box of points."""
    with Image.open(picture) as drawn:
        number = int(picture.stem[-3:])
        bare = plain(path, number)
        change = ImageChops.difference(drawn.convert("RGB").crop((0, 0, *bare.size)), bare)
    return change.crop([round(v * SCALE) for v in box]).getbbox() is not None


def test_each_page_becomes_a_picture_with_its_blocks(paper, tmp_path):
    result = draw(paper, "-o", tmp_path / "drawn")
    assert result.exit_code == 0
    assert "2 pages drawn" in result.stderr
    pictures = sorted((tmp_path / "drawn").iterdir())
    assert [picture.name for picture in pictures] == ["paper-001.png", "paper-002.png"]
    assert drawn_on(paper, pictures[0], (LEFT, 90, LEFT + 40, 104))
    assert drawn_on(paper, pictures[0], (LEFT, 120, LEFT + 40, 140))
    assert not drawn_on(paper, pictures[0], (LEFT, 500, 500, 800))


def test_records_are_underlined_where_they_are_asked_for(paper, tmp_path):
    under = (LEFT, 102.4, 500, 103.6)
    differ = []
    for name, options in (("without", []), ("with", ["--records"])):
        assert draw(paper, "-o", tmp_path / name, *options).exit_code == 0
        with Image.open(tmp_path / name / "paper-002.png") as picture:
            differ.append(picture.convert("RGB").crop([round(v * SCALE) for v in under]).tobytes())
    assert differ[0] != differ[1]


def test_what_has_no_pages_gets_one_line(paper, tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("AFP fell to 12 ng/mL.\n")
    result = draw(other, paper, "-o", tmp_path / "drawn")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == f"{other}: not a PDF; only a PDF has pages to draw"
    assert (tmp_path / "drawn" / "paper-001.png").exists()


def test_pictures_of_papers_of_one_name_are_not_mixed(paper, tmp_path):
    result = draw(paper, paper, "-o", tmp_path / "drawn")
    assert result.exit_code == 2
    assert "same name" in result.stderr
