"""JATS XML, the format of the PMC archive: `read_jats` gives its text, blocks, tables and metadata."""

from hcclit.readers.jats.article import read_jats

__all__ = ["read_jats"]
