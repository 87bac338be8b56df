"""Flattened tables: where they stand in a text, and the cells that are read from them.

A cell is written as its row heads, outermost first, its column heads and its text: `Gender > Male | PFS > Median: 6.0`.
"""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcclit.document import Table
from hcclit.readers.flat_tables import parse_table
from hcclit.readers.lines import split_lines
from hcclit.readers.raw_rows import gap_fields, raw_rows
from hcclit.readers.regions import table_regions
from hcclit.readers.text import read_text
from hcclit.readers.value_units import tail, units

SEEDS = Path(__file__).parents[2] / "seeds"
PROSE = "The patients were followed until death or until the data were analysed by the authors."


def tables_of(text: str) -> list[Table]:
    lines = split_lines(text)
    found = [parse_table(text, lines[r.first : r.last + 1]) for r in table_regions(lines)]
    return [table for table in found if table is not None]


def written(table: Table) -> list[str]:
    out = []
    for cell in table.values:
        heads = f" | {' > '.join(cell.column_heads)}" if cell.column_heads else ""
        out.append(f"{' > '.join(cell.row_heads)}{heads}: {cell.text}")
    return out


def the_table(text: str) -> Table:
    """The only table of a text that has running text before and after it."""
    tables = tables_of(f"{PROSE}\n\n{text}\n\n{PROSE}\n")
    assert len(tables) == 1, tables
    return tables[0]


LAYOUTS = {
    "tabs": (
        "Table 1. Response.\nResponse\tDrug A (n=20)\tPlacebo (n=21)\nCR, n (%)\t1 (5.0)\t0\n"
        "PR, n (%)\t4 (20.0)\t1 (4.8)\n",
        """
        CR, n (%) | Drug A (n=20): 1 (5.0)
        CR, n (%) | Placebo (n=21): 0
        PR, n (%) | Drug A (n=20): 4 (20.0)
        PR, n (%) | Placebo (n=21): 1 (4.8)
        """,
    ),
    "tabs, p-values on the block heads, sub-rows indented": (
        "Table 2. Survival.\nFactor\tN\tMedian OS\tP\nSex\t\t\t0.21\n  Male\t50\t8.1\n"
        "  Female\t9\t7.7\nStage\t\t\t<0.001\n  B\t20\t12.0\n",
        """
        Sex | P: 0.21
        Sex > Male | N: 50
        Sex > Male | Median OS: 8.1
        Sex > Female | N: 9
        Sex > Female | Median OS: 7.7
        Stage | P: <0.001
        Stage > B | N: 20
        Stage > B | Median OS: 12.0
        """,
    ),
    "tabs, p-values on the block heads, nothing indented": (
        "Table 2. Survival.\nFactor\tN\tMedian OS\tP\nSex\t\t\t0.21\nMale\t50\t8.1\n"
        "Female\t9\t7.7\nAge, years\t59\t8.0\t0.5\n",
        """
        Sex | P: 0.21
        Sex > Male | N: 50
        Sex > Male | Median OS: 8.1
        Sex > Female | N: 9
        Sex > Female | Median OS: 7.7
        Age, years | N: 59
        Age, years | Median OS: 8.0
        Age, years | P: 0.5
        """,
    ),
    "tabs, heads that span columns over a rule": (
        "Table 3. Times.\n\t\tPFS (months)\tOS (months)\n\t\t-----------\t-----------\n"
        "Factor\tEvents\tMedian\tP-value\tMedian\tP-value\nSex\t\t\t0.1\t\t0.2\n"
        "  Men\t7\t3.0\t\t9.0\n",
        """
        Sex | PFS (months) > P-value: 0.1
        Sex | OS (months) > P-value: 0.2
        Sex > Men | Events: 7
        Sex > Men | PFS (months) > Median: 3.0
        Sex > Men | OS (months) > Median: 9.0
        """,
    ),
    "tabs, the size of each group below its name": (
        "Table 2. Outcome.\n\tGEMOX\tXELOX\t\n\tn = 51\tn = 48\tp\nStable\t9 (18%)\t7 (15%)\t0.71\n"
        "Unstable\t3 (6%)\t4 (8%)\t0.66\n",
        """
        Stable | GEMOX > n = 51: 9 (18%)
        Stable | XELOX > n = 48: 7 (15%)
        Stable | p: 0.71
        Unstable | GEMOX > n = 51: 3 (6%)
        Unstable | XELOX > n = 48: 4 (8%)
        Unstable | p: 0.66
        """,
    ),
    "tabs, one field for a head over two columns, and for a row's value over two": (
        "Table 2. Outcome.\nItem\tWeekly (n = 51)\tMonthly (n = 48)\tP-value\n\t \t \n\tNo.\t(%)\tNo.\t(%)\t\n"
        "Age\t\t\t\t\t0.40\nMean\t50.1\t49.2\t\nOver 60\t9\t18\t7\t15\t\n",
        """
        Age | P-value: 0.40
        Age > Mean | Weekly (n = 51): 50.1
        Age > Mean | Monthly (n = 48): 49.2
        Age > Over 60 | Weekly (n = 51) > No.: 9
        Age > Over 60 | Weekly (n = 51) > (%): 18
        Age > Over 60 | Monthly (n = 48) > No.: 7
        Age > Over 60 | Monthly (n = 48) > (%): 15
        """,
    ),
    "tabs, heads over several rows and columns without fields of their own": (
        "Table 3. Toxicity.\n\tArm A\tArm B\n(ramucirumab)\t(placebo)\nN = 61\tN = 59\n"
        "Grade 3\tGrade 4\tGrade 3\tGrade 4\n"
        "N\t%\tN\t%\tN\t%\tN\t%\nRash\t2\t3\t–\t–\t1\t2\t–\t–\nPain\t4\t7\t–\t–\t3\t5\t–\t–\n",
        """
        Rash | Arm A > (ramucirumab) > N = 61 > Grade 3 > N: 2
        Rash | Arm A > (ramucirumab) > N = 61 > Grade 3 > %: 3
        Rash | Arm A > (ramucirumab) > N = 61 > Grade 4 > N: –
        Rash | Arm A > (ramucirumab) > N = 61 > Grade 4 > %: –
        Rash | Arm B > (placebo) > N = 59 > Grade 3 > N: 1
        Rash | Arm B > (placebo) > N = 59 > Grade 3 > %: 2
        Rash | Arm B > (placebo) > N = 59 > Grade 4 > N: –
        Rash | Arm B > (placebo) > N = 59 > Grade 4 > %: –
        Pain | Arm A > (ramucirumab) > N = 61 > Grade 3 > N: 4
        Pain | Arm A > (ramucirumab) > N = 61 > Grade 3 > %: 7
        Pain | Arm A > (ramucirumab) > N = 61 > Grade 4 > N: –
        Pain | Arm A > (ramucirumab) > N = 61 > Grade 4 > %: –
        Pain | Arm B > (placebo) > N = 59 > Grade 3 > N: 3
        Pain | Arm B > (placebo) > N = 59 > Grade 3 > %: 5
        Pain | Arm B > (placebo) > N = 59 > Grade 4 > N: –
        Pain | Arm B > (placebo) > N = 59 > Grade 4 > %: –
        """,
    ),
    "tabs, a row of heads that begins beside the labels' own": (
        "Table 4. Regression.\n\tOverall survival\tProgression-free survival\nHR\t95% CI\tp\tHR\t95% CI\tp\n"
        "Stage\t1.7\t1.2–2.5\t0.01\t1.4\t0.9–2.0\t0.09\n",
        """
        Stage | Overall survival > HR: 1.7
        Stage | Overall survival > 95% CI: 1.2–2.5
        Stage | Overall survival > p: 0.01
        Stage | Progression-free survival > HR: 1.4
        Stage | Progression-free survival > 95% CI: 0.9–2.0
        Stage | Progression-free survival > p: 0.09
        """,
    ),
    "tabs, heads under some of those above": (
        "Table 4. Response.\nItem\tWeekly\tMonthly\tP\nNo.\t%\tNo.\t%\nCR\t4\t7\t3\t5\t0.7\n",
        """
        CR | Weekly > No.: 4
        CR | Weekly > %: 7
        CR | Monthly > No.: 3
        CR | Monthly > %: 5
        CR | P: 0.7
        """,
    ),
    "tabs, one empty field too many over the labels": (
        "Table 1. Characteristics.\n\t\tArm A\tArm B\tP\nAge\t61\t63\t0.4\nMale\t20\t22\t0.5\n",
        """
        Age | Arm A: 61
        Age | Arm B: 63
        Age | P: 0.4
        Male | Arm A: 20
        Male | Arm B: 22
        Male | P: 0.5
        """,
    ),
    "tabs, the first of two labels once for several rows": (
        "Table 1. Response.\nFactor\tLevel\tCR\tPR\nSex\tMale\t5\t7\nFemale\t6\t8\nStage\tB\t4\t3\nC\t2\t1\n",
        """
        Sex | Level: Male
        Sex | CR: 5
        Sex | PR: 7
        Sex | Level: Female
        Sex | CR: 6
        Sex | PR: 8
        Stage | Level: B
        Stage | CR: 4
        Stage | PR: 3
        Stage | Level: C
        Stage | CR: 2
        Stage | PR: 1
        """,
    ),
    "tabs, ranges in rows of their own without a label belong to nobody": (
        "Table 5. Kinetics.\nArm\tCytokine\tBaseline\tDay 8\nA\tVEGF\t30.1\t44.0\n(9.6, 83.9)\t(12.6, 99.9)\n"
        "B\tVEGF\t28.8\t27.7\n",
        """
        A | Cytokine: VEGF
        A | Baseline: 30.1
        A | Day 8: 44.0
        B | Cytokine: VEGF
        B | Baseline: 28.8
        B | Day 8: 27.7
        """,
    ),
    "tabs, heads over unlike columns are left out": (
        "Table 3. Events.\nItem\tFirst\tSecond\nItem\tN\tMedian\t%\nRash\t5\t1.2\t9\n",
        """
        Rash | N: 5
        Rash | Median: 1.2
        Rash | %: 9
        """,
    ),
    "tabs, spanning heads with a tab for each column": (
        "Table 3. Toxicity.\n\tDrug A\t\tPlacebo\t\nEvent\tAny\tGrade 3\tAny\tGrade 3\n"
        "Rash\t9\t2\t4\t0\nFatigue\t7\t1\t5\t1\n",
        """
        Rash | Drug A > Any: 9
        Rash | Drug A > Grade 3: 2
        Rash | Placebo > Any: 4
        Rash | Placebo > Grade 3: 0
        Fatigue | Drug A > Any: 7
        Fatigue | Drug A > Grade 3: 1
        Fatigue | Placebo > Any: 5
        Fatigue | Placebo > Grade 3: 1
        """,
    ),
    "tabs, an empty cell keeps its column": (
        "Table 1. Markers.\nMarker\tBefore\tAfter\tP\nAFP (ng/mL)\t820\t14\t0.01\nCEA (ng/mL)\t\t3.1\t\n",
        """
        AFP (ng/mL) | Before: 820
        AFP (ng/mL) | After: 14
        AFP (ng/mL) | P: 0.01
        CEA (ng/mL) | After: 3.1
        """,
    ),
    "tabs, a label set once for several rows": (
        "Table 1. Arms.\nArm\tDose\tPatients\nA\t200 mg\t12\n\t400 mg\t13\nB\t200 mg\t11\n",
        """
        A | Dose: 200 mg
        A | Patients: 12
        A | Dose: 400 mg
        A | Patients: 13
        B | Dose: 200 mg
        B | Patients: 11
        """,
    ),
    "tabs, several in a row that only line columns up": (
        "Table 1. Events.\nEvent\t\tDrug A\tPlacebo\nRash\t\t\t9\t4\nHand-foot reaction\t12\t2\n",
        """
        Rash | Drug A: 9
        Rash | Placebo: 4
        Hand-foot reaction | Drug A: 12
        Hand-foot reaction | Placebo: 2
        """,
    ),
    "tabs, words as cells": (
        "Table 4. Trials.\nTrial\tPhase\tComparator\nFirst\tIII\tPlacebo\nSecond\tII\tNone\n",
        """
        First | Phase: III
        First | Comparator: Placebo
        Second | Phase: II
        Second | Comparator: None
        """,
    ),
    "gaps": (
        "Table 1. Outcome.\nVariable   Drug A   Drug B   P value\n"
        "Median OS, months   9.2   7.9   0.03\nRate   43   32 (4.1)   < 0.001\n",
        """
        Median OS, months | Drug A: 9.2
        Median OS, months | Drug B: 7.9
        Median OS, months | P value: 0.03
        Rate | Drug A: 43
        Rate | Drug B: 32 (4.1)
        Rate | P value: < 0.001
        """,
    ),
    "gaps, citations over arms of `vs`": (
        "Brown A, et al. J. Green, et al.\nDrug alone   Drug vs Placebo\n\n"
        "Number     10   20   30\nOS(mo)     9.2   10.7   NA\n"
        "NA: Not Available; OS: Overall survival; mo: month\nTable 1: Earlier trials.\n",
        """
        Number | Brown A, et al. > Drug alone: 10
        Number | J. Green, et al. > Drug: 20
        Number | J. Green, et al. > Placebo: 30
        OS(mo) | Brown A, et al. > Drug alone: 9.2
        OS(mo) | J. Green, et al. > Drug: 10.7
        OS(mo) | J. Green, et al. > Placebo: NA
        """,
    ),
    "single spaces, one column": (
        "Table 1. Baseline\n\nCharacteristics All patients (n= 52)\n\nAge (year) 56.6±12.7\n\n"
        "Male gender (n, %) 43 (82.8)\n\n"
        "Class (5 or 6/7 or 8) (n, %) 44/8 (84.6/15.4)\n\nTumor markers\n\n"
        "AFP (ng/mL) 17,001±29,452\n",
        """
        Age (year) | All patients (n= 52): 56.6±12.7
        Male gender (n, %) | All patients (n= 52): 43 (82.8)
        Class (5 or 6/7 or 8) (n, %) | All patients (n= 52): 44/8 (84.6/15.4)
        Tumor markers > AFP (ng/mL) | All patients (n= 52): 17,001±29,452
        """,
    ),
    "single spaces, sizes in brackets": (
        "Table 2. Outcome\nVariable Drug A (n = 29) Best supportive care (n = 30) P value\n"
        "ORR, n (%) 3 (10.3) 0 (0) 0.11\n"
        "Median OS (95% CI) 12.4 (8.1, 15.0) 5.2 (95% CI 3.0–7.1) < 0.001\n",
        """
        ORR, n (%) | Drug A (n = 29): 3 (10.3)
        ORR, n (%) | Best supportive care (n = 30): 0 (0)
        ORR, n (%) | P value: 0.11
        Median OS (95% CI) | Drug A (n = 29): 12.4 (8.1, 15.0)
        Median OS (95% CI) | Best supportive care (n = 30): 5.2 (95% CI 3.0–7.1)
        Median OS (95% CI) | P value: < 0.001
        """,
    ),
    "single spaces, hazard ratios": (
        "Table 3. Cox model\nFactor HR 95% CI P value\nAFP ≥ 400 ng/mL 2.26 1.17-4.35 0.015\n"
        "Grade 3 1.10 0.80-1.51 0.56\n",
        """
        AFP ≥ 400 ng/mL | HR: 2.26
        AFP ≥ 400 ng/mL | 95% CI: 1.17-4.35
        AFP ≥ 400 ng/mL | P value: 0.015
        Grade 3 | HR: 1.10
        Grade 3 | 95% CI: 0.80-1.51
        Grade 3 | P value: 0.56
        """,
    ),
    "single spaces, the p-value in the first row of a group only": (
        "Table 3. Survival\nParameter No. of patients Median P-value\nSex 0.21\n  Male 50 8.1\n"
        "  Female 9 7.7\nStage 0.001\n  B 20 12.0\n  C 39 6.5\n",
        """
        Sex | P-value: 0.21
        Sex > Male | No. of patients: 50
        Sex > Male | Median: 8.1
        Sex > Female | No. of patients: 9
        Sex > Female | Median: 7.7
        Stage | P-value: 0.001
        Stage > B | No. of patients: 20
        Stage > B | Median: 12.0
        Stage > C | No. of patients: 39
        Stage > C | Median: 6.5
        """,
    ),
    "single spaces, arms over counts and rates beside a p-value": (
        "Table 5. Toxicity\nToxicity Weekly (n = 41) Monthly (n = 41) P-value\nNo. % No. %\n"
        "Nausea 3 7 5 12 0.71\nRash 3 7 2 5 1.00\n",
        """
        Nausea | Weekly (n = 41) > No.: 3
        Nausea | Weekly (n = 41) > %: 7
        Nausea | Monthly (n = 41) > No.: 5
        Nausea | Monthly (n = 41) > %: 12
        Nausea | P-value: 0.71
        Rash | Weekly (n = 41) > No.: 3
        Rash | Weekly (n = 41) > %: 7
        Rash | Monthly (n = 41) > No.: 2
        Rash | Monthly (n = 41) > %: 5
        Rash | P-value: 1.00
        """,
    ),
    "single spaces, words as cells and a number with a space": (
        "Table 2. Cases\nFeature Patient A Patient B\nSex Male Female\nCirrhosis Yes No\n"
        "AFP (ng/mL) 13 599 22\nCA19-9 (U/mL) Not checked 12\n",
        """
        Sex | Patient A: Male
        Sex | Patient B: Female
        Cirrhosis | Patient A: Yes
        Cirrhosis | Patient B: No
        AFP (ng/mL) | Patient A: 13 599
        AFP (ng/mL) | Patient B: 22
        CA19-9 (U/mL) | Patient A: Not checked
        CA19-9 (U/mL) | Patient B: 12
        """,
    ),
    "single spaces, doses as cells, a row that does not fit": (
        "Table 2. Doses\nDrug A Drug B\nStart 400 mg,bid 200 mg, bid\nEnd 200 mg 100 mg\n"
        "Reason for reduction rash\nDays 12 18\n",
        """
        Start | Drug A: 400 mg,bid
        Start | Drug B: 200 mg, bid
        End | Drug A: 200 mg
        End | Drug B: 100 mg
        Reason for reduction rash > Days | Drug A: 12
        Reason for reduction rash > Days | Drug B: 18
        """,
    ),
    "a label broken over two lines": (
        "Table 2. Rates\nItem A B\nInvasion of the portal vein and\n"
        "extrahepatic spread 12 (3.4) 5 (6.7)\nBone 2 (0.5) 1 (1.3)\n",
        """
        Invasion of the portal vein and extrahepatic spread | A: 12 (3.4)
        Invasion of the portal vein and extrahepatic spread | B: 5 (6.7)
        Bone | A: 2 (0.5)
        Bone | B: 1 (1.3)
        """,
    ),
    "blocks without indentation": (
        "Table 1. Features, n (%)\nVariable Patients (n = 50)\nAge\n<60 13 (26)\n≥60 37 (74)\n"
        "Hepatitis B 40 (80)\nSite\nLung 5 (10)\nBone 2 (4)\n",
        """
        Age > <60 | Patients (n = 50): 13 (26)
        Age > ≥60 | Patients (n = 50): 37 (74)
        Hepatitis B | Patients (n = 50): 40 (80)
        Site > Lung | Patients (n = 50): 5 (10)
        Site > Bone | Patients (n = 50): 2 (4)
        """,
    ),
    "patients, one word of the heads per line, footnote marks": (
        "Table 4. Status of patients\n\nPatient\n  No\n\nAFP (ng/mL)\nDosage of drug \n\n(mg)\n"
        "Time to response \n\n(months)\n\n"
        "1 3.33 800* 2\n\n2* 10.9 800† 6\n\n3 - 400 mg   5\n*Dose was reduced later.\n†Stopped.\n",
        """
        1 | AFP (ng/mL): 3.33
        1 | Dosage of drug (mg): 800
        1 | Time to response (months): 2
        2 | AFP (ng/mL): 10.9
        2 | Dosage of drug (mg): 800
        2 | Time to response (months): 6
        3 | AFP (ng/mL): -
        3 | Dosage of drug (mg): 400 mg
        3 | Time to response (months): 5
        """,
    ),
    "patients, lists as cells, a row broken over lines": (
        "Table 2. Patients\nPatient No.\nAge Sex Cause Therapy\n1 48 M HBV -\n2 47 M Alcohol, \n"
        "HBV\n  RFA, TACE\n3 71 F HCV TAE\n",
        """
        1 | Age: 48
        1 | Sex: M
        1 | Cause: HBV
        1 | Therapy: -
        2 | Age: 47
        2 | Sex: M
        2 | Cause: Alcohol, HBV
        2 | Therapy: RFA, TACE
        3 | Age: 71
        3 | Sex: F
        3 | Cause: HCV
        3 | Therapy: TAE
        """,
    ),
    "patients, text between numbers: counted from the right": (
        "Table 3. Tumours\nPatient\n  No\nSite Size (cm) Vessel\nAFP (ng/mL) PIVKA-II (mAU/mL)\n"
        "1 Right lobe 9.8 Main portal 13,913 Not checked\n2 S7 6 - 468 411\n"
        "3 S5, 6 13 P5 30,376 2,000\n",
        """
        1: Right lobe 9.8 Main portal
        1 | AFP (ng/mL): 13,913
        1 | PIVKA-II (mAU/mL): Not checked
        2: S7 6 -
        2 | AFP (ng/mL): 468
        2 | PIVKA-II (mAU/mL): 411
        3: S5, 6 13 P5
        3 | AFP (ng/mL): 30,376
        3 | PIVKA-II (mAU/mL): 2,000
        """,
    ),
    "a panel with visits": (
        "Table 2. Two cases\n\nBrown A, et al. Green B, et al.\nAge 78 64\nWeight 70 55\n"
        "Height 170 160\nBMI 24 21\n"
        "First Visit Last Visit First Visit Last Visit\nAFP (ng/mL) 13599 3.8 2.2 2.6\n"
        "ECOG 2 1 1 0\nSize 4 0 3 0\nMonths 6 8\n",
        """
        Age | Brown A, et al.: 78
        Age | Green B, et al.: 64
        Weight | Brown A, et al.: 70
        Weight | Green B, et al.: 55
        Height | Brown A, et al.: 170
        Height | Green B, et al.: 160
        BMI | Brown A, et al.: 24
        BMI | Green B, et al.: 21
        AFP (ng/mL) | Brown A, et al. > First Visit: 13599
        AFP (ng/mL) | Brown A, et al. > Last Visit: 3.8
        AFP (ng/mL) | Green B, et al. > First Visit: 2.2
        AFP (ng/mL) | Green B, et al. > Last Visit: 2.6
        ECOG | Brown A, et al. > First Visit: 2
        ECOG | Brown A, et al. > Last Visit: 1
        ECOG | Green B, et al. > First Visit: 1
        ECOG | Green B, et al. > Last Visit: 0
        Size | Brown A, et al. > First Visit: 4
        Size | Brown A, et al. > Last Visit: 0
        Size | Green B, et al. > First Visit: 3
        Size | Green B, et al. > Last Visit: 0
        Months | Brown A, et al.: 6
        Months | Green B, et al.: 8
        """,
    ),
    "heads that cannot be told apart are left out": (
        "Table 1. Trees\nRegion Tree number Kind Total\nLeaves Flowers\nNorth 50 40 25 30\nSouth 51 31 13 15\n",
        """
        North: 50
        North: 40
        North: 25
        North: 30
        South: 51
        South: 31
        South: 13
        South: 15
        """,
    ),
    "a row with too many values gets no cells": (
        "Table 1. Rates\nItem A B\nFever 12 13\nRash 14 15\nPain 1 2 3\nCough 16 17\n",
        """
        Fever | A: 12
        Fever | B: 13
        Rash | A: 14
        Rash | B: 15
        Cough | A: 16
        Cough | B: 17
        """,
    ),
    "one cell per line: rows and columns cannot be told apart": (
        "Table 1Baseline data\nCharacteristic\nDrug A\nPlacebo\nAge\n56\n57\n\nMale\n12\n13\n\nHepatitis B\n4\n5\n",
        "",
    ),
}


@pytest.mark.parametrize(("text", "cells"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_cells(text, cells):
    found = [" ".join(line.split()) for line in written(the_table(text))]
    assert found == [line.strip() for line in cells.strip().splitlines()]


def variants(text: str) -> list[str]:
    """The same table with blank lines between all lines, and its caption below."""
    caption, body = text.split("\n", 1)
    return [text.replace("\n", "\n\n"), f"{body.rstrip()}\n\n{caption}\n"]


@pytest.mark.parametrize("name", ["tabs", "gaps", "single spaces, sizes in brackets", "single spaces, hazard ratios"])
@pytest.mark.parametrize("variant", [0, 1])
def test_blank_lines_and_captions_below_change_nothing(name, variant):
    text = LAYOUTS[name][0]
    table = the_table(variants(text)[variant])
    assert written(table) == written(the_table(text))
    assert table.caption == the_table(text).caption


def test_caption_notes_and_the_head_over_the_labels():
    table = the_table(
        "Table 2. Characteristics of the patients\nwho had a response.\n"
        "Patient No.\tAFP (ng/mL)\n1\t12\n2\t15\n"
        "AFP, alpha fetoprotein; CR, complete\nresponse.\n"
    )
    assert table.caption == "Table 2. Characteristics of the patients who had a response."
    assert table.notes == "AFP, alpha fetoprotein; CR, complete response."
    assert table.stub_head == "Patient No."
    assert [(cell.row, cell.column) for cell in table.values] == [(1, 1), (2, 1)]


def test_all_cells_stand_in_rows_and_columns_of_the_whole_table():
    table = the_table(
        "Table 1. Response\nResponse Sorafenib (n=20) Placebo (n=21)\nn % n %\nComplete response 1 5.0 0* 0\n"
        "Partial response 4 20.0 1 4.8\nStable disease 2 10.0 3 14.3\n"
    )
    cells = [(c.role, c.row, c.column, c.rows, c.columns, c.text) for c in table.cells]
    assert cells[:7] == [
        ("head", 0, 0, 1, 1, "Response"),
        ("head", 0, 1, 1, 2, "Sorafenib (n=20)"),
        ("head", 0, 3, 1, 2, "Placebo (n=21)"),
        *(("head", 1, column, 1, 1, text) for column, text in enumerate(("n", "%", "n", "%"), 1)),
    ]
    assert cells[7] == ("label", 2, 0, 1, 1, "Complete response")
    assert cells[10] == ("value", 2, 3, 1, 1, "0*")
    assert table.values[2].text == "0"


@pytest.mark.parametrize(
    "row, cells",
    [
        ("Rate 7 (2.3) 3(2.2) 211 (70.6)", 3),
        ("Age (years), median (range) 54 (31-76) 17,001±29,452", 2),
        ("PFS 12.4 (8.1 to 15.0) [3.0, 4.1] 56.6 ± 12.7", 3),
        ("Size 4.5×5.0 447/76 (85.5/14.5) 12.3 %", 3),
        ("Dose 400 mg,bid 400 mg, bid 200 mg/day", 3),
        ("P value 0.03 < 0.001 P = 0.04 n.s.", 4),
        ("AFP NA NR - Not checked Not reached", 5),
        ("Cirrhosis Yes No", 2),
        ("Child-Pugh A 12 13", 2),
        ("Number of patients n = 20", 0),
        ("Etiology (B/C/other), (n, %) none stated here", 0),
    ],
)
def test_values_at_a_rows_end(row, cells):
    assert tail(units(row, 0, len(row))) == cells


def test_spaces_before_a_tab_are_one_gap():
    table = the_table("Table 1. A\nFactor   \tAll   \tDead\nMale   \t12   \t3\nFemale   \t13   \t4\n")
    assert [cell.text for cell in table.values] == ["12", "3", "13", "4"]
    (cut,) = [gap_fields(text, row) for text in ["Male   \t12"] for row in raw_rows(text, split_lines(text))]
    assert cut == [(0, 4), (8, 10)]


def test_indentation_without_end_is_not_followed():
    rows = "".join(f"{' ' * i}Row {i}\t{i}\t2\n" for i in range(60))
    table = the_table(f"Table 1. A\nFactor\tN\tP\n{rows}")
    assert max(len(cell.row_heads) for cell in table.values) <= 11


RUNNING = [
    "the results of the trials named above are given in\n"
    "Table 1. Despite the better outcome with the drug,\nresponse is rare.\n",
    "as the scans that were taken later show, see\nFigure 2. The lesion had disappeared by then.\n",
    "Table 2 shows that 12 of 30 patients had a response.\n",
    "These are the values (\nTable 3\n). They fell after 12 and 15 weeks.\n",
    "Survival was 12.4 (8.1-15.0) months in 20 and 9.2 (7.7-11.0) in 21 patients.\n",
    "Criteria:\n•  Size below 20 mm and over 10 mm\n•  Depth below 200 mL\n•  Dose below 1500 units\n•  Age over 20\n",
]


@pytest.mark.parametrize("text", RUNNING)
def test_running_text_is_no_table(text):
    assert table_regions(split_lines(f"{PROSE}\n\n{text}\n{PROSE}\n")) == []
    kinds = {block.kind for block in read_text(f"{PROSE}\n\n{text}\n{PROSE}\n", "x").blocks}
    assert kinds <= {"paragraph", "heading"}


def test_a_page_that_goes_on_after_a_table_is_no_part_of_it():
    table = "Table I. Data (n=11).\nSex, n (%)\n  Male\t 10 (90.9)\n  Female\t 1 (9.1)\n"
    notes = "\nPS, performance status; AFP, alpha \nfetoprotein."
    text = f"{table}{notes}\n class B and AFP >19 ng/ml were found.\n{PROSE}\n"
    (found,) = tables_of(text)
    assert text[found.start : found.end] == f"{table}{notes}"


def test_rows_with_tabs_need_no_caption():
    (table,) = tables_of(f"{PROSE}\n\nMarker\tBefore\tAfter\nAFP\t12\t5\nCEA\t3\t2\n\n{PROSE}\n")
    assert written(table)[0] == "AFP | Before: 12"


def seed(name: str) -> list[Table]:
    (path,) = SEEDS.glob(f"{name}*.txt")
    return tables_of(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name, count", [("000", 0), ("001", 0), ("002", 2), ("003", 5), ("004", 2)])
def test_seeds_have_their_tables(name, count):
    assert len(seed(name)) == count


@pytest.mark.parametrize(
    "name, table, cell",
    [
        ("002", 0, "Outcome > Partial response, n (%) | Cheng AL, et al. > Sorafenib: 5(3.3)"),
        ("002", 0, "Outcome > OS(mo) | J. Llovet, et al. > Placebo: 7.9"),
        ("002", 0, "Adverse Events > Vomiting,n | Cheng AL, et al. > Placebo: NA"),
        ("002", 1, "Biochemical Analysis > AFP(ng/ml) | Brian J So, et al. > First Visit: 13599"),
        ("002", 1, "Biochemical Analysis > Maintain dose level | Lianyu Chen, et al. > Last Visit: 400 mg,bid"),
        ("003", 0, "Tumor markers > AFP (ng/mL) | All patients (n= 523): 17,001±29,452"),
        ("003", 1, "3 | Bilirubin (mg/dL): 0.68"),
        ("003", 2, "4 | PIVKA-II (mAU/mL): 2,000"),
        ("003", 3, "4 | Dosage of sorafenib (mg): 800"),
        ("003", 4, "1 | Next treatment after recurrence: TACE, RFA"),
        ("004", 0, "Age (years), median (range) | Values: 54 (31-76)"),
        ("004", 0, "Child-Pugh class, n (%) > B | Values: 23 (20.9)"),
        ("004", 1, "ECOG PS > 1 | PFS (months) > Median: 6.0"),
        ("004", 1, "ECOG PS | OS (months) > P-value: <0.001"),
    ],
)
def test_cells_of_the_seeds(name, table, cell):
    assert cell in written(seed(name)[table])


def test_a_seeds_row_has_a_cell_for_each_arm():
    row = [cell.text for cell in seed("002")[0].values if cell.row_heads[-1] == "Partial response, n (%)"]
    assert row == ["3(2.2)", "7 (2.3)", "2 (0.7)", "5(3.3)", "1(1.3)"]


PIECES = st.sampled_from(
    [
        "Table 1. Data",
        "Age",
        " 12",
        "  7 (2.3)",
        "\t",
        "\n",
        "\n\n",
        "- ",
        "Male ",
        "P value ",
        "(",
        ")",
        "0.03 ",
        "*",
        "of the ",
        "A ",
    ]
)


def check(text: str) -> None:
    last = 0
    for table in tables_of(text):
        assert last <= table.start < table.end <= len(text)
        last = table.end
        edge = table.start
        for cell in table.values:
            assert edge <= cell.start < cell.end <= table.end
            assert text[cell.start : cell.end] == cell.text == cell.text.strip()
            edge = cell.end
        places = [(cell.row, cell.column) for cell in table.cells]
        assert places == sorted(set(places))
        assert all(text[cell.start : cell.end] == cell.text for cell in table.cells)
        assert {c.start for c in table.values} == {c.start for c in table.cells if c.role == "value"}


@given(st.lists(PIECES, max_size=60).map("".join))
def test_cells_lie_in_order_within_their_table(text):
    check(text)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_cells_of_the_seeds_lie_in_order(path):
    check(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "Table 1. A\n" + "Male x 5 6\n" * 8000,
        "Table 1. A\n" + "5\t" * 40000,
        "Table 1. A\n" + "(" * 80000 + "\nAge 5 6\nSex 7 8\n",
        "Table 1. A\n" + "a, " * 25000 + "\n",
        "-" * 80000 + "x\n",
        "Table 1" + "A" * 80000 + " b\n",
        "Table 1. A\n" * 8000,
        ("Age 5 6\nSex 7 8\nTable 1. A\n\n") * 2000,
    ],
    ids=["rows", "tabs", "brackets", "commas", "dashes", "word", "captions", "tables"],
)
def test_time_is_linear_in_adversarial_text(text):
    start = time.process_time()
    check(text)
    assert time.process_time() - start < 10
