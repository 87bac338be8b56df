"""Doses."""
from __future__ import annotations
def extract(analysis):
    yield from ()
