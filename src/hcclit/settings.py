"""The user's settings: which entities are used, and which model finds them.

From the weakest to the strongest: what is set here; the file that `HCCLIT_SETTINGS` names, or else `hcclit.toml` of
the working folder, or the table `[tool.hcclit]` of its `pyproject.toml`; the variables `HCCLIT_ENTITIES` and
`HCCLIT_MODEL`; what the program itself chooses (`use`). They are read once in a process.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hcclit.entities import EntityLabel
from hcclit.errors import SetupError

EntitySource = Literal["both", "vocabulary", "model"]
FILE_VARIABLE, ENTITIES_VARIABLE, MODEL_VARIABLE = "HCCLIT_SETTINGS", "HCCLIT_ENTITIES", "HCCLIT_MODEL"
_CHOSEN = "HCCLIT_CHOSEN"
"""Settings as JSON, from a process to those that it starts."""
SHIPPED = "shipped"
"""The name of the model that comes with hcclit."""
DEFAULT: EntitySource = "both"


class ModelSettings(BaseModel):
    """Which model, and what its labels mean.

    `name` is `shipped`, an installed spaCy package, or the path of a spaCy pipeline's folder; `labels` maps the
    model's labels to ours, beside those that `ner/labels.csv` knows.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default=SHIPPED, min_length=1)
    labels: dict[str, EntityLabel] = Field(default_factory=dict)


class Settings(BaseModel):
    """All settings. `entities`: found by the vocabulary, by the model, or by both, where the vocabulary wins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    entities: EntitySource = DEFAULT
    model: ModelSettings = ModelSettings()

    @property
    def uses_model(self) -> bool:
        """Whether a model finds entities at all."""
        return self.entities != "vocabulary"


@cache
def current() -> Settings:
    """The settings of this process, read when they are first asked for.

    Raises:
        SetupError: they cannot be read, or say something that hcclit does not know.
    """
    return read_settings(Path.cwd(), os.environ)


def use(settings: Settings) -> None:
    """Make settings those of this process, and of those that it starts from now on."""
    os.environ[_CHOSEN] = settings.model_dump_json()
    current.cache_clear()


def read_settings(folder: Path, environment: Any) -> Settings:  # noqa: ANN401  # os.environ or any mapping
    """The settings of a working folder under an environment.

    Raises:
        SetupError: as `current`.
    """
    if chosen := environment.get(_CHOSEN):
        return Settings.model_validate_json(chosen)
    source, found = _from_file(folder, environment.get(FILE_VARIABLE))
    sources = [source] if found else []
    if entities := environment.get(ENTITIES_VARIABLE):
        sources.append(ENTITIES_VARIABLE)
        found = found | {"entities": entities}
    if model := environment.get(MODEL_VARIABLE):
        sources.append(MODEL_VARIABLE)
        found = found | {"model": {**_table(found.get("model")), "name": model}}
    return make_settings(found, " and ".join(sources))


def make_settings(values: dict[str, Any], source: str) -> Settings:
    """Settings of plain values, checked; `source` is named where they are wrong.

    Raises:
        SetupError: a setting is unknown or has a wrong value.
    """
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise SetupError(f"settings ({source}): {place}: {first['msg'][0].lower()}{first['msg'][1:]}") from None


def _from_file(folder: Path, named: str | None) -> tuple[str, dict[str, Any]]:
    """The name of the file with settings and what it says, empty where there is none."""
    if named:
        return named, _read(folder / named)
    if (folder / "hcclit.toml").is_file():
        return "hcclit.toml", _read(folder / "hcclit.toml")
    project = folder / "pyproject.toml"
    tools = _table(_read(project).get("tool")) if project.is_file() else {}
    return "pyproject.toml", _table(tools.get("hcclit"))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SetupError(f"settings ({path}): cannot be read ({error.strerror})") from None
    except ValueError as error:  # of TOML or of UTF-8
        raise SetupError(f"settings ({path}): no TOML ({error})") from None


def _table(value: Any) -> dict[str, Any]:  # noqa: ANN401  # whatever TOML holds there
    return value if isinstance(value, dict) else {}
