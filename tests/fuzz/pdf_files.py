"""PDF files written by hand: one with a plain table of its objects, one with objects and their table in streams."""

from __future__ import annotations

import zlib

LINES = [f"Sorafenib 400 mg twice daily, AFP {10 * i} ng/mL, line {i} of the page" for i in range(30)]
_MAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <20> <7E> <0020> endbfrange
1 beginbfchar <41> <00660069> endbfchar
endcmap end end"""


def _objects() -> list[bytes]:
    shown = b"\n".join(b"1 0 0 1 60 %d Tm (%s) Tj" % (780 - 14 * i, line.encode()) for i, line in enumerate(LINES))
    content = b"q BT /F1 10 Tf\n" + shown + b"\nET Q q 1 0 0 1 60 40 cm /X1 Do Q 60 50 400 0.5 re f"
    form = b"BT /F2 8 Tf (placed text of a form) Tj ET"
    resources = b"<</Font<</F1 4 0 R/F2 5 0 R>>/XObject<</X1 6 0 R>>>>"
    return [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 9 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 10 0 R]/Count 2/MediaBox[0 0 595 842]/Resources %s>>" % resources,
        b"<</Type/Page/Parent 2 0 R/Contents 7 0 R/Rotate 0/CropBox[0 0 595 842]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 32/LastChar 126/Widths[%s]/ToUnicode 8 0 R"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/Arial/Flags 32/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        b"/Ascent 900/Descent -200/CapHeight 700/StemV 80>>>>" % (b"500 " * 95),
        stream(form, b"/Type/XObject/Subtype/Form/BBox[0 0 400 40]/Resources %s" % resources),
        stream(content),
        stream(_MAP),
        b"<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents[7 0 R 7 0 R]/Rotate 90>>",
        b"<</Title(Results)/Parent 9 0 R/Dest[3 0 R/XYZ 0 0 0]>>",
    ]


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A packed stream with its dictionary."""
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (head, len(packed), packed)


def _written(objects: list[tuple[int, bytes]]) -> tuple[bytes, dict[int, int]]:
    out, places = b"%PDF-1.5\n", {}
    for number, body in objects:
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out, places


def classic() -> bytes:
    """Objects one after the other, a table of where they are, a trailer."""
    objects = list(enumerate(_objects(), 1))
    out, places = _written(objects)
    table = b"".join(b"%010d 00000 n \n" % places[number] for number, _ in objects)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))


def with_streams() -> bytes:
    """Objects packed in a stream, and the table of objects in another, as files since PDF 1.5 have them."""
    objects = list(enumerate(_objects(), 1))
    packed = [(number, body) for number, body in objects if b"stream" not in body]
    holder, table = len(objects) + 1, len(objects) + 2
    at, numbers, bodies = 0, b"", b""
    for number, body in packed:
        numbers += b"%d %d " % (number, at)
        bodies += body + b" "
        at = len(bodies)
    inner = stream(numbers + bodies, b"/Type/ObjStm/N %d/First %d" % (len(packed), len(numbers)))
    out, places = _written([(n, b) for n, b in objects if b"stream" in b] + [(holder, inner)])
    order = {number: index for index, (number, _) in enumerate(packed)}
    rows = b"\x00" + bytes(4) + b"\xff"
    for number in range(1, table):
        kind, value, index = (2, holder, order[number]) if number in order else (1, places[number], 0)
        rows += bytes([kind]) + value.to_bytes(4, "big") + bytes([index])
    rows += b"\x01" + len(out).to_bytes(4, "big") + b"\x00"
    body = stream(rows, b"/Type/XRef/Size %d/W[1 4 1]/Root 1 0 R" % (table + 1))
    return out + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, body, len(out))
