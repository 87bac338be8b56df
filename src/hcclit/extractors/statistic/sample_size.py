"""Sizes of groups: patients enrolled, randomised, treated or analysed, in a study or in one of its arms."""

from __future__ import annotations

from dataclasses import dataclass

from hcclit.extractors.statistic.scene import Figure, Scene


@dataclass(slots=True)
class Size:
    """The size of a group."""

    figure: Figure
    group: str | None = None


def find_sizes(scene: Scene) -> list[Size]:
    """Find the sizes of groups that a sentence states and mark their figures."""
    return []
