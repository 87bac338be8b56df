"""Values of a test before its p-value (`χ2 = 4.2, P < 0.05`, `t = 2.31`, `df = 1`): no results, but asides."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.scene import Scene, mark

_NAME = (
    r"(?:[χΧ](?:\s?\^?\s?2)?|[Xx]\s?\^?\s?2|[Cc]hi[- ]?(?:2|squared?)(?:\s(?:test|statistic|value))?"
    r"|[Ll]og-?\s?[Rr]ank(?:\s(?:test|statistic|value))?|[Ww]ald(?:\s(?:test|statistic))?"
    r"|[tFzZ](?:[- ](?:test|value|score|statistic))?"
    r"|[Uu](?:[- ](?:test|value|statistic))|[Dd]\.?[Ff]\.?|degrees? of freedom)"
)
_TEST = re.compile(
    rf"(?<![\w.-]){_NAME}(?:\s?[(\[](?:\s?\d+\s?,?){{1,2}}[)\]])?\s?(?:=|:)\s?(?P<sign>[-+]\s?)?(?=\d|\.\d)"
)
_SIGN_BEFORE = re.compile(r"[\s,;]*(?:\b(?:and|with)\s)?")


def find_tests(scene: Scene) -> None:
    """Mark the values of tests, so that no other step reads them, and leave them out of the words between numbers."""
    if "=" not in scene.text and ":" not in scene.text:
        return
    for test in _TEST.finditer(scene.text):
        figure = scene.figure_at(test.end())
        if figure is None or not figure.is_plain or figure.role is not None:
            continue
        mark(scene.between(test.start(), figure.end), "test")
        following = _SIGN_BEFORE.match(scene.text, figure.end)
        scene.asides.append((test.start(), following.end() if following else figure.end))
