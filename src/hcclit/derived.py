"""Fields of a record that follow from its others; nobody reads or types them."""

from __future__ import annotations

_NG_ML = {"ng/mL": 1.0, "ug/L": 1.0, "ug/mL": 1000.0, "ng/dL": 0.01, "IU/mL": 1.21, "kU/L": 1.21}


def daily_amount(amount: float, per_day: float | None) -> float | None:
    """What is given on a day; None where no frequency is stated, or less than one a day."""
    if per_day is None or per_day < 1:
        return None
    return round(amount * per_day, 6)


def in_ng_ml(analyte: str, value: float | None, unit: str | None) -> float | None:
    """A value of AFP in ng/mL, rounded as far as a float's last digits go; None for other markers and units."""
    if analyte != "AFP" or value is None or unit not in _NG_ML:
        return None
    return float(f"{value * _NG_ML[unit]:.12g}")
