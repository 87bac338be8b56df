"""The axis of time: from days to inches, with ticks of the calendar or of the time since an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateFormatter, AutoDateLocator
from matplotlib.ticker import FuncFormatter, MaxNLocator

from hcclit.figures.times import DAYS, Span

_EPOCH = date(1970, 1, 1).toordinal()
"""What matplotlib counts days of the calendar from."""
_LEAST, _LEAST_OF_ONE = 10.0, 60.0
"""Days that an axis is long at least, and where all facts have one time."""
_UNITS = (("days", 1.0, 60), ("weeks", DAYS["W"], 52 * 7), ("months", DAYS["M"], 4 * 365), ("years", DAYS["Y"], None))


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Days from `low` to `high`; `origin` is the event that they count from, None for the calendar's."""

    low: float
    high: float
    origin: str | None

    @classmethod
    def over(cls, spans: list[Span], origin: str | None) -> TimeAxis:
        """An axis that holds all spans, with room for what goes on after the last."""
        low, high = min(s.low for s in spans), max(s.high for s in spans)
        widest = max(s.width for s in spans)
        room = max(high - low, 2 * widest if widest > 1 else 0, _LEAST if high - low > 1 else _LEAST_OF_ONE)
        more = room - (high - low)
        return cls(low - 0.05 * room - more / 2, high + 0.13 * room + more / 2, origin)

    @property
    def length(self) -> float:
        """Days from one end to the other."""
        return self.high - self.low

    def show(self, axes: Axes, *, labelled: bool) -> None:
        """Set limits, ticks and the axis' label; days of the calendar are drawn as matplotlib counts them."""
        axes.set_xlim(self.x(self.low), self.x(self.high))
        if self.origin is None:
            locator = AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]
            axes.xaxis.set_major_locator(locator)
            axes.xaxis.set_major_formatter(
                AutoDateFormatter(locator, defaultfmt="%Y-%m-%d")  # type: ignore[no-untyped-call]
            )
            axes.xaxis_date()
        else:
            axes.xaxis.set_major_locator(MaxNLocator(7, integer=True, steps=[1, 2, 3, 5, 6, 10]))
            axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.tick_params(axis="x", labelbottom=labelled, length=3 if labelled else 0)
        if labelled and self.origin is not None:
            axes.set_xlabel(f"{self._unit()[0]} since the {self.origin}")

    def x(self, day: float) -> float:
        """Where a day is drawn."""
        return day - _EPOCH if self.origin is None else day / self._unit()[1]

    def _unit(self) -> tuple[str, float]:
        return next((name, days) for name, days, most in _UNITS if most is None or self.length <= most)
