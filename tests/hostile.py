"""Files that no paper is, made anew for the tests and for `python -m tests.bench_hostile`.

`KINDS` has for each kind how a file of it is made in a folder, and what the line about it must say.
"""

from __future__ import annotations

import gzip
import io
import os
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.readers.sheet import HEIGHT, WIDTH, Sheet, prose

SENTENCE = "The first arm had a median survival of ten months, and all patients were seen again after it. "
FACTS = "sorafenib 400 mg twice daily and lenvatinib 12 mg with AFP 350 ng/mL and a median OS of 10.7 months, "
LIMIT = "took longer than|MB of memory"
MEGABYTE = 1_000_000
_LAUGHS = 10
_FORMS = 12


@dataclass(frozen=True)
class Kind:
    """How a file is made in a folder, and a pattern of the line that it gets; None where it is read."""

    make: Callable[[Path], Path]
    line: str | None


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of numbered objects, the first of them its catalogue, with a table of where they stand."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj" % number + body + b"endobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def pdf_pages(streams: list[bytes], packed: bool = False) -> bytes:
    """A PDF with a page for each content stream, set in Times."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(streams)))
    pages = b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", pages % (kids, len(streams)), font]
    for i, stream in enumerate(streams):
        objects.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R>>" % (5 + 2 * i))
        objects.append(_stream(stream, b"/Filter/FlateDecode" * packed))
    return pdf_of(objects)


def text_pages(count: int) -> bytes:
    """A PDF of so many pages, each with two columns of text of its own."""
    return pdf_pages([_text_page(number) for number in range(count)])


def _text_page(number: int) -> bytes:
    lines = [b"BT /F 10 Tf 12 TL"]
    for x in (50, 310):
        lines.append(b"1 0 0 1 %d 780 Tm" % x)
        lines += [b"(Group %d of arm %d was seen again after %d months) '" % (i, number, i + 2) for i in range(58)]
    return b"\n".join([*lines, b"ET"])


def _stream(body: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n" % (len(body), more) + body + b"\nendstream"


def _encrypted() -> bytes:
    sheet = Sheet()
    sheet.line(50, 100, "secret")
    sheet.pdf.set_encryption(owner_password="owner", user_password="user")
    return sheet.data()


def _truncated() -> bytes:
    data = text_pages(3)
    return data[: len(data) // 2]


def _picture() -> bytes:
    sheet = Sheet()
    sheet.pdf.image(Image.new("RGB", (60, 80), "white"), 0, 0, WIDTH, HEIGHT)
    return sheet.data()


def _unmapped() -> bytes:
    sheet = Sheet()
    sheet.column(50, 100, prose("only", 40))
    names = b"".join(b"/g%03d" % code for code in range(32, 127))
    return sheet.data().replace(b"/Encoding /WinAnsiEncoding", b"/Encoding<</Differences[32" + names + b"]>>")


def _stream_bomb() -> bytes:
    """A page of a megabyte that unpacks to more than the memory that it may have."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"BT /F 10 Tf 50 700 Td (Hello) Tj ET ")
    return pdf_pages([packed + b"".join(packer.compress(b" " * MEGABYTE) for _ in range(1000)) + packer.flush()], True)


def _nested_forms() -> bytes:
    """A page that draws a form ten times, which draws a form ten times, and so on."""
    inside = b"/Resources<</XObject<</X %d 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R" + inside % 5 + b">>", _stream(b"/X Do"),
    ]  # fmt: skip
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + inside
    return pdf_of(objects + [_stream(b"/X Do " * 10, form % number) for number in range(6, 6 + _FORMS)])


def _billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(_LAUGHS))
    return _article(f"<p>&e{_LAUGHS};</p>", f'<!DOCTYPE article [<!ENTITY e0 "lol">{entities}]>')


def _quadratic() -> bytes:
    return _article(f"<p>{'&e;' * 100_000}</p>", f'<!DOCTYPE article [<!ENTITY e "{"x" * 100_000}">]>')


def _article(body: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<article><body><sec>{body}</sec></body></article>'.encode()


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body><article>{body}</article></body></html>".encode()


def _nested(tag: str) -> str:
    return f"<{tag}>" * 100_000 + SENTENCE + f"</{tag}>" * 100_000


def _zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("paper.txt", bytes(100 * MEGABYTE))
    return out.getvalue()


def _text(piece: str, megabytes: int) -> str:
    return piece * (megabytes * MEGABYTE // len(piece))


def _written(name: str, make: Callable[[], bytes]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_bytes(make())
        return folder / name

    return write


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.txt")
    return folder / "pipe.txt"


def _device(folder: Path) -> Path:
    (folder / "device.txt").symlink_to("/dev/zero")
    return folder / "device.txt"


def _loop(folder: Path) -> Path:
    (folder / "loop.txt").symlink_to("loop.txt")
    return folder / "loop.txt"


def _sparse(folder: Path) -> Path:
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(2 * 2**30)
    return folder / "sparse.txt"


def _unreadable(folder: Path) -> Path:
    (folder / "closed.txt").write_text(SENTENCE)
    (folder / "closed.txt").chmod(0)
    return folder / "closed.txt"


def _strange_name(folder: Path) -> Path:
    name = Path(os.fsdecode(os.fsencode(folder) + b"/stra\nnge\xff.txt"))
    name.write_text(SENTENCE)
    return name


KINDS = {
    "PDF, encrypted": Kind(_written("encrypted.pdf", _encrypted), "encrypted"),
    "PDF, truncated": Kind(_written("truncated.pdf", _truncated), "cut short"),
    "PDF, no pages": Kind(_written("empty.pdf", lambda: pdf_pages([])), "no pages"),
    "PDF, pictures only": Kind(_written("scan.pdf", _picture), "no text layer"),
    "PDF, fonts without letters": Kind(_written("fonts.pdf", _unmapped), "fonts do not say"),
    "PDF, 500 pages": Kind(_written("p500.pdf", lambda: text_pages(500)), None),
    "PDF, 5,000 pages": Kind(_written("p5000.pdf", lambda: text_pages(5000)), LIMIT),
    "PDF, a line of 1 MB": Kind(
        _written("line.pdf", lambda: pdf_pages([f"BT /F 9 Tf 50 700 Td ({_text(SENTENCE, 1)}) Tj ET".encode()])), None
    ),
    "PDF, a page that unpacks to 1 GB": Kind(_written("bomb.pdf", _stream_bomb), LIMIT),
    "PDF, forms in forms": Kind(_written("forms.pdf", _nested_forms), LIMIT),
    "PDF, pages that hold themselves": Kind(
        _written(
            "tree.pdf",
            lambda: pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1000000>>"]),
        ),
        "PDF",
    ),
    "PDF, dictionaries 100,000 deep": Kind(
        _written("deep.pdf", lambda: pdf_of([b"<</Pages " * 100_000 + b">>" * 100_000])), "PDF"
    ),
    "text, a line of 20 MB": Kind(_written("line.txt", lambda: _text(SENTENCE, 20).encode()), LIMIT),
    "text, a line of 20 MB full of facts": Kind(_written("facts.txt", lambda: _text(FACTS, 20).encode()), LIMIT),
    "text, a word of 20 MB": Kind(_written("word.txt", lambda: _text("a", 20).encode()), LIMIT),
    "JATS, a line of 1 MB": Kind(_written("line.xml", lambda: _article(f"<p>{_text(SENTENCE, 1)}</p>")), None),
    "JATS, a line of 20 MB": Kind(
        _written("long.xml", lambda: _article(f"<p>{_text(SENTENCE, 20)}</p>")), f"{LIMIT}|too long"
    ),
    "JATS, billion laughs": Kind(_written("laughs.xml", _billion_laughs), "XML|entit"),
    "JATS, quadratic blowup": Kind(_written("quadratic.xml", _quadratic), "XML|entit"),
    "JATS, 100,000 deep": Kind(_written("deep.xml", lambda: _article(_nested("sec"))), "deep|depth|nested"),
    "JATS, truncated": Kind(_written("cut.xml", lambda: _article(f"<p>{SENTENCE}</p>")[:-20]), "XML"),
    "HTML, a line of 1 MB": Kind(_written("line.html", lambda: _page(f"<p>{_text(SENTENCE, 1)}</p>")), None),
    "HTML, a line of 20 MB": Kind(_written("long.html", lambda: _page(f"<p>{_text(SENTENCE, 20)}</p>")), "."),
    "HTML, 100,000 deep": Kind(_written("deep.html", lambda: _page(_nested("div"))), "deep|depth|nested"),
    "HTML, 100,000 deep in a line": Kind(_written("bold.html", lambda: _page(_nested("b"))), "deep|depth|nested"),
    "JSON, 100,000 deep": Kind(
        _written("deep.json", lambda: b'{"documents": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "JSON"
    ),
    "gzip": Kind(_written("paper.txt.gz", lambda: gzip.compress(bytes(100 * MEGABYTE))), "gzip"),
    "zip under another name": Kind(_written("zip.pdf", _zipped), "zip"),
    "binary junk": Kind(_written("junk.txt", lambda: random.Random(1905).randbytes(MEGABYTE)), "binary|UTF-8"),
    "PDF under another name": Kind(_written("really.txt", lambda: text_pages(1)), None),
    "text under another name": Kind(_written("really.pdf", SENTENCE.encode), None),
    "JATS under another name": Kind(_written("really.html", lambda: _article(f"<p>{SENTENCE}</p>")), None),
    "a pipe": Kind(_pipe, "pipe or a device"),
    "a device": Kind(_device, "pipe or a device"),
    "a folder": Kind(lambda folder: folder, "folder"),
    "a link to itself": Kind(_loop, "cannot be read"),
    "2 GB of nothing": Kind(_sparse, "has 2,147 MB"),
    "no rights": Kind(_unreadable, "cannot be read"),
    "a name that cannot be written": Kind(_strange_name, "name"),
}
