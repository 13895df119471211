"""What a site may set: read from a TOML file in the data folder, overridden by the environment."""

from __future__ import annotations

import platform
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from services.core.errors import ServiceError
from services.core.paths import default_data_dir

SETTINGS_FILE = "settings.toml"
DC09_PORT = 12300


class Settings(BaseSettings):
    """Settings of one process; environment variables are the names in upper case after SHOUWANG_.

    database: SQLAlchemy URL, None = SQLite in `data_dir`; it may hold a password, so it is not shown.
    """

    model_config = SettingsConfigDict(env_prefix="SHOUWANG_", extra="forbid", frozen=True)

    data_dir: Path = Field(default_factory=default_data_dir)
    database: str | None = Field(default=None, repr=False)
    dc09_host: str = "0.0.0.0"
    dc09_port: int = Field(default=DC09_PORT, ge=0, le=65535)
    language: Literal["zh", "en"] = "zh"
    workstation: str = Field(default_factory=platform.node)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings


def load_settings(**overrides: Any) -> Settings:
    """Command line over environment over <data_dir>/settings.toml over defaults.

    Raises ServiceError("settings.invalid", file, field, reason) and never quotes a refused value.
    """
    try:
        chosen = Settings(**overrides)
        from_file = _read(chosen.data_dir / SETTINGS_FILE)
        # What the environment or the caller said outranks the file.
        said = {name: getattr(chosen, name) for name in chosen.model_fields_set}
        return Settings(**{**from_file, **said})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ServiceError("settings.invalid", file=SETTINGS_FILE, field=field, reason=first["msg"]) from None


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ServiceError("settings.invalid", file=file.name, field="", reason=str(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ServiceError(
            "settings.invalid", file=file.name, field="", reason=type(error).__name__
        ) from None
