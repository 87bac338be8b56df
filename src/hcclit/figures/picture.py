"""A figure as it is handed out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as SVG that stands alone.

    `name` is fit for a file's name and differs between the pictures of one paper. `unplaced` are the facts that belong
    into it but have no place, each with the reason.
    """

    name: str
    title: str
    svg: str
    unplaced: tuple[str, ...] = ()
