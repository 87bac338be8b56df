"""Which reader a file gets, told by its content; what is no paper gets one line that names it."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from hcclit.outcomes import Failure, find_papers
from hcclit.papers import process
from hcclit.readers import UnreadableError, read_bytes
from hcclit.readers.formats import format_of
from tests.readers.sheet import Sheet

JATS = b"<article><front/><body><p>AFP was 12 ng/mL.</p></body></article>"
SET = b"<pmc-articleset>" + JATS + b"</pmc-articleset>"


def zipped(name, content=b"x"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def tarred():
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("PMC1/paper.nxml"))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (JATS, "XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --><article/>", "XML"),
        ("<?xml version='1.0' encoding='utf-16'?><article/>".encode("utf-16"), "XML"),
        (b"<!DOCTYPE article PUBLIC 'x' 'y'><article/>", "XML"),
        (b"<j:article xmlns:j='http://jats.nlm.nih.gov'></j:article>", "XML"),
        (b"<TEI><text/></TEI>", "XML"),
        (b"<!doctype HTML><p>x", "HTML"),
        (b"<!-- saved from x --><HTML lang=en>", "HTML"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html/>", "HTML"),
        (b"<div><p>AFP</p></div>", "HTML"),
        (b"<article class='x'><header><h1>A case</h1></header></article>", "HTML"),
        ("<html><body>AFP</body></html>".encode("utf-16"), "HTML"),
        (b'[{"source": "PMC", "documents": []}]', "JSON"),
        (b'\xef\xbb\xbf{"passages": []}', "JSON"),
        (b"junk\n%PDF-1.4", "PDF"),
        (b"<10 ng/mL of AFP", None),
        (b"<Case> A man of 66 years", None),
        (b"[1] Tanabe", None),
        (b"{AFP}", None),
        (b"<!---->" * 600 + b"AFP", None),
    ],
)
def test_the_format_is_told_by_the_first_bytes(data, name):
    found = format_of(data)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (gzip.compress(JATS), "a gzip archive, which is not read; unpack it first"),
        (zipped("paper.xml"), "a zip archive, which is not read; unpack it first"),
        (zipped("paper.pdf", b"%PDF-1.4"), "a zip archive"),
        (zipped("word/document.xml"), "a Word file, which is not read; save it as PDF"),
        (zipped("xl/workbook.xml"), "an Excel file"),
        (zipped("mimetype", b"application/epub+zip"), "an EPUB book"),
        (zipped("mimetype", b"application/vnd.oasis.opendocument.text"), "an OpenDocument file"),
        (tarred(), "a tar archive, which is not read; unpack it first"),
        (b"{\\rtf1 AFP", "an RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Word"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture, which is not read; a picture has no text; run OCR"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"RIFF\0\0\0\0WEBP", "a WebP picture"),
        (b"%!PS-Adobe-3.0", "a PostScript file, which is not read; convert it to PDF first"),
        ("AFP was 12.".encode("utf-16"), "a text in UTF-16, not UTF-8; convert it"),
        ("AFP 12 µg".encode("latin-1"), "not UTF-8 .byte 7.; convert it"),
        (b"AFP\0was", "binary data"),
        (b" \n", "the file is empty"),
        (b"<TEI><text/></TEI>", "no JATS article .its root is <TEI>"),
        (SET.replace(JATS, JATS + JATS), "holds 2 articles; give each paper in a file of its own"),
        (b"<article><front/><body/></article>", "a JATS article without text"),
    ],
)
def test_what_is_not_read_is_one_clear_line(data, line):
    with pytest.raises(UnreadableError, match=line) as error:
        read_bytes(data, Path("paper.pdf"))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        SET,
        JATS.replace(b"<article>", b'<j:article xmlns:j="x">').replace(b"/article>", b"/j:article>"),
        JATS.replace(b"<article>", b'<article xmlns="http://jats.nlm.nih.gov">'),
        b"<OAI-PMH xmlns='http://www.openarchives.org'><record>" + JATS + b"</record></OAI-PMH>",
        "<?xml version='1.0' encoding='utf-16'?>".encode("utf-16") + JATS.decode().encode("utf-16-le"),
    ],
)  # fmt: skip
def test_one_article_is_read_however_it_is_wrapped(data):
    assert read_bytes(data, Path("x.txt")).text.strip() == "AFP was 12 ng/mL."


def test_endings_do_not_matter(tmp_path):
    sheet = Sheet()
    sheet.line(72, 100, "AFP was 12 ng/mL in May 2009.")
    for name, data in (("a.txt", sheet.data()), ("b.pdf", b"<html><body><p>AFP was 12 ng/mL.</p></body></html>")):
        (tmp_path / name).write_bytes(data)
        assert [r.value for r in process(tmp_path / name).records if r.type == "marker"] == [12]


def test_a_folder_gives_its_bioc_files_and_tells_of_packed_ones(tmp_path):
    names = {
        "a.json": b'[{"source": "PMC", "documents": [{"id": "1", "passages": []}]}]',
        "b.json": b'{"settings": true}',
        "c.json": b'{"tables": {"documents": ["x"]}}',
        "d.nxml.gz": gzip.compress(JATS),
        "e.xhtml": b"<html><body>AFP</body></html>",
        "f.png": b"\x89PNG",
    }
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
    found = [path for path in find_papers([tmp_path]) if not isinstance(path, Failure)]
    assert [path.name for path in found] == ["a.json", "d.nxml.gz", "e.xhtml"]
    failure = process(tmp_path / "d.nxml.gz").failure
    assert failure is not None
    assert "unpack it first" in failure.reason
