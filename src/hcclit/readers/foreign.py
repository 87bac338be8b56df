"""Files that are no papers in a format that is read, told by their first bytes, each with what to do about it."""

from __future__ import annotations

_UNPACK = "unpack it first"
_SAVE = "save it as PDF or as UTF-8 text first"
_PICTURE = "a picture has no text; run OCR first and give its PDF or text"
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "a gzip archive", f"{_UNPACK} (gunzip, or tar -xzf for a .tar.gz)"),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a rar archive", _UNPACK),
    (b"{\\rtf", "an RTF file", _SAVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file", _SAVE),
    (b"%!PS", "a PostScript file", "convert it to PDF first"),
    (b"AT&TFORM", "a DjVu file", "convert it to PDF first"),
    (b"\x89PNG\r\n", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF8", "a GIF picture", _PICTURE),
    (b"II*\x00", "a TIFF picture", _PICTURE),
    (b"MM\x00*", "a TIFF picture", _PICTURE),
    (b"bplist00", "a web archive", "save the page as HTML first"),
    (b"From: <Saved by ", "a web archive", "save the page as HTML first"),
    (b"MIME-Version:", "a web archive or mail", "save it as HTML or as UTF-8 text first"),
)
_ZIPS: tuple[tuple[bytes, str, str], ...] = (
    (b"application/epub+zip", "an EPUB book", _SAVE),
    (b"application/vnd.oasis", "an OpenDocument file", _SAVE),
    (b"word/", "a Word file", _SAVE),
    (b"xl/", "an Excel file", "a spreadsheet is no paper"),
    (b"ppt/", "a PowerPoint file", _SAVE),
    (b"[Content_Types].xml", "an Office file", _SAVE),
)
_HEAD = 4096


def refusal(data: bytes) -> str | None:
    """Why a file is not read, and what to do: one line; None for what may be a paper as it is."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        inside = next((each for each in _ZIPS if each[0] in data[:_HEAD] or each[0] in data[-_HEAD:]), None)
        return _line(*inside[1:]) if inside else _line("a zip archive", _UNPACK)
    if data[257:262] == b"ustar":
        return _line("a tar archive", f"{_UNPACK} (tar -xf)")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _line("a WebP picture", _PICTURE)
    return next((_line(name, advice) for begin, name, advice in _BEGINNINGS if data.startswith(begin)), None)


def _line(name: str, advice: str) -> str:
    return f"{name}, which is not read; {advice}"
