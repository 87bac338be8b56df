"""Sets the three papers of the tutorial as PDF: invented trials, in the words of trial reports.

No such trial exists and no number is of anybody's study. `python docs/tutorial/make_paper.py papers` writes them to the
folder `papers`. The paper fink-2021 has one planted error, for `hcclit check`: its text prints a share that its count
and total do not make.
"""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import FontFace

CATEGORIES = ("Complete response", "Partial response", "Stable disease", "Progressive disease", "Not evaluable")
NOTE = "This paper is invented for the tutorial of hcclit. There is no such trial."


@dataclass(frozen=True)
class Arm:
    """One arm: its drug, dose, median survivals in months as printed, and patients by best response."""

    drug: str
    dose: str
    survival: str
    progression: str
    responses: tuple[int, ...]

    @property
    def size(self) -> int:
        """Patients of the arm; each has one best response."""
        return sum(self.responses)

    @property
    def responders(self) -> int:
        """Patients with a complete or partial response."""
        return self.responses[0] + self.responses[1]

    def share(self, count: int) -> str:
        """Say what percentage of the arm `count` is, to one place."""
        return f"{100 * count / self.size:.1f}%"


@dataclass(frozen=True)
class Trial:
    """One paper: its title, its arms and its hazard ratios as printed; `misprint` replaces a share in the text."""

    name: str
    title: str
    arms: tuple[Arm, Arm]
    survival_ratio: str
    progression_ratio: str
    misprint: str | None = None

    @property
    def paragraphs(self) -> tuple[tuple[str, str], ...]:
        """The paper's sections: heading and text."""
        return (("Methods", self._methods()), ("Survival", self._survival()), ("Response", self._response()))

    def _methods(self) -> str:
        new, old = self.arms
        return (
            f"In this open-label, randomised trial, patients with unresectable hepatocellular carcinoma and no "
            f"previous systemic therapy received {new.drug} ({new.dose}) or {old.drug} ({old.dose}). The primary "
            f"endpoint was overall survival. A total of {new.size + old.size} patients were randomly assigned, "
            f"{new.size} to {new.drug} and {old.size} to {old.drug}."
        )

    def _survival(self) -> str:
        new, old = self.arms
        return (
            f"Median overall survival was {new.survival} in the {new.drug} group and {old.survival} in the {old.drug} "
            f"group (hazard ratio {self.survival_ratio}). Median progression-free survival was {new.progression} with "
            f"{new.drug} and {old.progression} with {old.drug} (hazard ratio {self.progression_ratio})."
        )

    def _response(self) -> str:
        new, old = self.arms
        share = self.misprint or new.share(new.responders)
        return (
            f"An objective response was seen in {new.responders} of {new.size} patients ({share}) in the {new.drug} "
            f"group and in {old.responders} of {old.size} patients ({old.share(old.responders)}) in the {old.drug} "
            "group. Best responses by mRECIST are listed in Table 1."
        )


TRIALS = (
    Trial(
        "amsel-2019",
        "Lenvatinib versus sorafenib in unresectable hepatocellular carcinoma: the AMSEL trial",
        (
            Arm(
                "lenvatinib",
                "12 mg once daily",
                "15.2 months (95% CI 13.1-17.6)",
                "7.4 months (95% CI 6.1-8.2)",
                (3, 33, 70, 32, 13),
            ),
            Arm(
                "sorafenib",
                "400 mg twice daily",
                "12.4 months (95% CI 10.6-14.3)",
                "4.6 months (95% CI 3.7-5.5)",
                (1, 13, 72, 48, 17),
            ),
        ),
        "0.78, 95% CI 0.61-0.99; P = 0.04",
        "0.66, 95% CI 0.52-0.84; P < 0.001",
    ),
    Trial(
        "fink-2021",
        "First-line lenvatinib or sorafenib for advanced hepatocellular carcinoma (FINK): a randomised trial",
        (
            Arm(
                "lenvatinib",
                "12 mg once daily",
                "14.1 months (95% CI 12.0-16.5)",
                "6.8 months (95% CI 5.4-7.9)",
                (2, 28, 68, 30, 14),
            ),
            Arm(
                "sorafenib",
                "400 mg twice daily",
                "12.9 months (95% CI 10.1-15.2)",
                "4.9 months (95% CI 3.6-6.0)",
                (0, 7, 33, 24, 8),
            ),
        ),
        "0.91, 95% CI 0.66-1.26; P = 0.57",
        "0.73, 95% CI 0.54-0.98; P = 0.04",
        misprint="27.1%",
    ),
    Trial(
        "meise-2022",
        "Lenvatinib compared with sorafenib in Child-Pugh A hepatocellular carcinoma: results of MEISE",
        (
            Arm(
                "lenvatinib",
                "8 mg once daily",
                "13.3 months (95% CI 11.8-15.0)",
                "7.0 months (95% CI 5.9-7.6)",
                (4, 41, 96, 37, 20),
            ),
            Arm(
                "sorafenib",
                "400 mg twice daily",
                "11.9 months (95% CI 10.4-13.2)",
                "3.9 months (95% CI 3.6-5.3)",
                (1, 17, 99, 58, 23),
            ),
        ),
        "0.86, 95% CI 0.69-1.07; P = 0.18",
        "0.62, 95% CI 0.50-0.77; P < 0.001",
    ),
)


def typeset(trial: Trial) -> bytes:
    """Set a trial's paper on one page."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))  # the same bytes every day
    pdf.set_margins(25, 20)
    pdf.add_page()
    _block(pdf, trial.title, 16, "B")
    _block(pdf, NOTE, 9, "I")
    for heading, text in trial.paragraphs:
        _block(pdf, heading, 12, "B")
        _block(pdf, text, 10.5, "")
    _table(pdf, trial.arms)
    return bytes(pdf.output())


def _block(pdf: FPDF, text: str, size: float, style: str) -> None:
    pdf.set_font("Times", style, size)
    pdf.multi_cell(0, size * 0.46, text, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1.5)


def _table(pdf: FPDF, arms: tuple[Arm, Arm]) -> None:
    pdf.ln(3)
    _block(pdf, "Table 1. Best overall response", 10, "B")
    pdf.set_font("Times", "", 10)
    heads = ("Response", *(f"{arm.drug.capitalize()} (n = {arm.size})" for arm in arms))
    cells = [(name, *(_cell(arm, i) for arm in arms)) for i, name in enumerate(CATEGORIES)]
    with pdf.table(borders_layout="HORIZONTAL_LINES", headings_style=FontFace(emphasis="BOLD"), align="L") as table:
        for line in (heads, *cells):
            table.row(line)


def _cell(arm: Arm, place: int) -> str:
    count = arm.responses[place]
    return f"{count} ({arm.share(count)})"


def write(folder: Path) -> None:
    """Write the papers to `folder`, made if it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for trial in TRIALS:
        (folder / f"{trial.name}.pdf").write_bytes(typeset(trial))


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "papers"))
