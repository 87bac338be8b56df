import pytest

from hcclit.batches import process_all
from hcclit.errors import SetupError
from hcclit.limits import RECORDS, Limits, Worker
from hcclit.settings import DEFAULT, ModelSettings, Settings, current, read_settings, use


def test_without_anything_the_model_is_the_shipped_one(tmp_path):
    assert read_settings(tmp_path, {}) == Settings()
    assert (Settings().entities, Settings().model.name) == (DEFAULT, "shipped")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hcclit.toml", 'entities = "model"\n[model]\nname = "en_x"\nlabels = {CHEM = "DRUG"}\n'),
        ("pyproject.toml", '[tool.hcclit]\nentities = "model"\nmodel = {name = "en_x", labels = {CHEM = "DRUG"}}\n'),
    ],
)
def test_a_file_of_the_working_folder_is_read(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    found = read_settings(tmp_path, {})
    assert (found.entities, found.model.name, found.model.labels) == ("model", "en_x", {"CHEM": "DRUG"})


def test_the_named_file_goes_before_the_folder_s_and_the_environment_before_both(tmp_path):
    (tmp_path / "hcclit.toml").write_text('entities = "model"')
    (tmp_path / "other.toml").write_text('entities = "vocabulary"\n[model]\nname = "a"\nlabels = {X = "DRUG"}')
    named = {"HCCLIT_SETTINGS": "other.toml"}
    assert read_settings(tmp_path, named).entities == "vocabulary"
    found = read_settings(tmp_path, named | {"HCCLIT_ENTITIES": "both", "HCCLIT_MODEL": "b"})
    assert (found.entities, found.model.name, found.model.labels) == ("both", "b", {"X": "DRUG"})


def test_what_the_program_chooses_goes_to_the_processes_that_it_starts(monkeypatch, tmp_path, ruler):
    (tmp_path / "note.txt").write_text("Her drugs were quuxol 30 mg daily.\n")
    chosen = Settings(entities="both", model=ModelSettings(name=str(ruler)))
    monkeypatch.setenv("HCCLIT_CHOSEN", "")
    use(chosen)
    try:
        assert current() == chosen
        with Worker(RECORDS, Limits()) as worker:
            (outcome,) = process_all([tmp_path / "note.txt"], worker)
    finally:
        monkeypatch.undo()
        current.cache_clear()
    assert [record.drug for record in outcome.records] == ["quuxol"]


def test_a_pyproject_without_our_table_says_nothing(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.other]\nentities = 7\n')
    assert read_settings(tmp_path, {}) == Settings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('entities = "all"', "hcclit.toml): entities: input should be 'both', 'vocabulary' or 'model'"),
        ('entitys = "both"', "hcclit.toml): entitys: extra inputs are not permitted"),
        ('[model]\nlabels = {X = "THING"}', "hcclit.toml): model.labels.X: input should be 'DRUG', 'MARKER'"),
        ("model = 3", "hcclit.toml): model: input should be"),
        ("entities = ", "no TOML"),
        ("\xff", "no TOML"),
    ],
)
def test_a_wrong_setting_is_told_with_its_place(tmp_path, text, told):
    (tmp_path / "hcclit.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(SetupError) as error:
        read_settings(tmp_path, {})
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_named_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(SetupError, match=r"none\.toml\): cannot be read \(No such file"):
        read_settings(tmp_path, {"HCCLIT_SETTINGS": "none.toml"})


def test_a_command_tells_wrong_settings_in_one_line(hcclit, tmp_path):
    (tmp_path / "note.txt").write_text("AFP was 12 ng/mL.")
    (tmp_path / "hcclit.toml").write_text('entities = "all"')
    commands = [("extract", "note.txt"), ("run", "note.txt", "--store", "store"), ("evaluate",)]
    for command in [*commands, ("compare", "note.txt", "note.txt"), ("check", "note.txt")]:
        done = hcclit(*command, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines() == [
            "settings (hcclit.toml): entities: input should be 'both', 'vocabulary' or 'model'"
        ]
