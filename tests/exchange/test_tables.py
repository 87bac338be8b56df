"""Excel, CSV, Parquet and the data dictionary."""

import json
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcclit import export
from hcclit.evaluation import load_gold
from hcclit.exchange.dictionary import data_dictionary, to_markdown
from hcclit.exchange.effects import Effect, effects_of
from hcclit.exchange.excel import shown, write_workbook
from hcclit.exchange.sources import Wanted
from hcclit.exchange.writing import Done, export_to
from hcclit.limits import Limits
from hcclit.records import MODELS, RECORD_TYPES, Date, Dose, Statistic
from tests.conftest import ROOT, SEEDS

PLACE = {"doc_id": "paper", "start": 0, "end": 1, "text": "x"}


@pytest.fixture(scope="module")
def gold():
    return [record for records in load_gold(SEEDS / "gold").values() for record in records]


def test_each_type_has_a_sheet_with_its_records(tmp_path, gold):
    write_workbook(gold, effects_of(gold), tmp_path / "a.xlsx")
    sheets = pd.read_excel(tmp_path / "a.xlsx", sheet_name=None)
    assert list(sheets) == [*RECORD_TYPES, "effects", "dictionary"]
    for kind in RECORD_TYPES:
        rows = [export.to_row(record) for record in gold if record.type == kind]
        assert {*sheets[kind].columns, "type"} == set(export.columns_of(kind))
        assert list(sheets[kind]["id"]) == [row["id"] for row in rows]
        for name in {"amount", "value", "end", "p"} & set(sheets[kind].columns):
            assert sheets[kind][name].astype(float).fillna(-1).tolist() == [
                -1 if row[name] is None else row[name] for row in rows
            ]
    assert list(sheets["date"].columns[:4]) == ["doc_id", "text", "date", "bound"]
    assert sheets["dictionary"]["column"].tolist() == [column.column for column in data_dictionary()]


def test_the_head_stays_in_sight_and_columns_fit(tmp_path, gold):
    write_workbook(gold, [], tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["dose"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet["A1"].font.bold
    assert all(0 < sheet.column_dimensions[cell.column_letter].width <= 60 for cell in sheet[1])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"])
def test_text_is_never_a_formula(tmp_path, text):
    write_workbook([Dose(**PLACE | {"text": text}, drug=text, amount=1, unit="mg")], [], tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for row in book["dose"].iter_rows(min_row=2) for cell in row if cell.value == text]
    assert len(cells) == 2
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


@given(st.text(max_size=60))
def test_any_text_can_stand_in_a_cell(text):
    nasty = f"{text}\x00\x0b\x1f\ufffe\uffff"
    ElementTree.fromstring(f"<c>{escape(shown(nasty))}</c>".encode())
    assert len(shown(nasty).replace("_x005F_", "_")) == len(nasty)


def test_a_cell_shows_what_it_cannot_hold(tmp_path):
    text = "a\x0bb\uffffc _x0041_ d\r\ne"
    write_workbook([Dose(**PLACE | {"text": text}, drug="x" * 40_000, amount=1, unit="mg")], [], tmp_path / "a.xlsx")
    (row,) = pd.read_excel(tmp_path / "a.xlsx", sheet_name="dose").to_dict("records")
    assert row["text"].replace("_x005F_", "_") == "a\ufffdb\ufffdc _x0041_ d\r\ne"
    assert len(row["drug"]) == 32_767
    assert row["drug"].endswith("x…")


def test_the_same_records_give_the_same_bytes(tmp_path, gold, monkeypatch):
    write_workbook(gold, [], tmp_path / "a.xlsx")
    monkeypatch.setattr("time.time", lambda: 2e9)
    write_workbook(gold, [], tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_sheet_has_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr("hcclit.exchange.excel._MOST_ROWS", 3)
    dates = [Date(**PLACE, value="2009")] * 3
    with pytest.raises(ValueError, match="3 rows in date, more than an Excel sheet can hold"):
        write_workbook(dates, [], tmp_path / "a.xlsx")


def test_rows_are_records_again(gold):
    coded = Statistic(
        **PLACE, endpoint="OS", measure="HR", value=0.5, codes={"NCIt": "C1:2"}, page=2, bbox=[(1, 2.5, 3, 4)]
    )
    for record in [*gold, coded]:
        assert export.from_row(export.to_row(record)) == record


def test_the_dictionary_has_every_column_and_says_what_it_means():
    described = {(column.table, column.column) for column in data_dictionary()}
    assert {name for _, name in described if _ != "effects"} == set(export.columns())
    for kind in RECORD_TYPES:
        own = {name for table, name in described if table in (kind, "every record")}
        assert own == set(export.columns_of(kind))
    assert {name for table, name in described if table == "effects"} == set(Effect.model_fields)
    assert all(column.meaning.endswith(".") and column.values for column in data_dictionary())


def test_values_of_the_dictionary_are_those_of_the_models():
    values = {(column.table, column.column): column for column in data_dictionary()}
    assert values["response", "category"].values == "CR, PR, SD, PD"
    assert values["dose", "amount"].values == "number"
    assert not values["dose", "amount"].empty
    assert values["marker", "value"].empty
    assert values["date", "date"].values == "date: YYYY, YYYY-MM or YYYY-MM-DD"
    assert values["statistic", "endpoint"].values.startswith("OS, PFS, TTP")
    assert values["statistic", "n"].values == "whole number"


def test_the_printed_dictionary_is_up_to_date(hcclit):
    printed = (ROOT / "docs/dictionary.md").read_text(encoding="utf-8")
    assert printed == to_markdown(), "run `hcclit dictionary -o docs/dictionary.md`"
    rows = json.loads(hcclit("dictionary", "--format", "json").stdout)
    assert len(rows) == len(data_dictionary())
    assert hcclit("dictionary", "--format", "csv").stdout.startswith("table,column,values,empty,meaning\n")


def test_the_rules_of_the_contract_name_the_same_fields():
    rules = (ROOT / "docs/RECORDS.md").read_text(encoding="utf-8")
    beside = {"codes", "confidence", "origin", "page", "bbox", "xpath"}
    for model in MODELS.values():
        assert [name for name in model.model_fields if name not in beside and f"`{name}`" not in rules] == []


WANTED = Wanted(texts=False, docs=None, limits=Limits())


@pytest.mark.parametrize(("to", "reader"), [("csv", pd.read_csv), ("parquet", pd.read_parquet)])
def test_csv_and_parquet_hold_all_records(tmp_path, gold, to, reader):
    done = export_to(to, [SEEDS / "gold"], WANTED, Done(tmp_path / f"new/a.{to}"))
    assert done.describe() == f"{tmp_path}/new/a.{to}: {len(gold)} records of 5 papers"
    table = reader(tmp_path / f"new/a.{to}")
    assert list(table.columns) == export.columns()
    assert sorted(table["id"]) == sorted(record.id for record in gold)


def test_revman_gets_a_folder_and_a_workbook_its_effects(tmp_path):
    export_to("revman", [SEEDS / "gold"], WANTED, Done(tmp_path / "revman"))
    assert sorted(path.name for path in (tmp_path / "revman").iterdir()) == ["study-arms.csv", "study-results.csv"]
    export_to("excel", [SEEDS / "gold"], WANTED, Done(tmp_path))
    assert len(pd.read_excel(tmp_path / "records.xlsx", sheet_name="effects")) == 6


def test_effects_by_the_command(hcclit, tmp_path):
    done = hcclit("export", SEEDS / "gold", "--to", "effects", "-o", tmp_path / "effects.csv")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{tmp_path}/effects.csv: 6 effects of 5 papers\n"
    effects = pd.read_csv(tmp_path / "effects.csv")
    assert effects["sei"].notna().all()
