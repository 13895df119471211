"""What a site may set: read from a TOML file in the data folder, overridden by the environment."""

from __future__ import annotations

import platform
import re
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, PositiveInt, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from services.core.errors import ServiceError
from services.core.paths import default_data_dir, default_snapshot_dir

SETTINGS_FILE = "settings.toml"
DC09_PORT = 12300
GB26875_PORT = 12301
TOML_LINE = re.compile(r"at line (\d+)")


class Settings(BaseSettings):
    """Settings of one process; environment variables are the names in upper case after SHOUWANG_.

    http_port: where the hub takes reports by HTTP, None = nowhere; with http_certificate (PEM; its key there
    too or in http_key) by HTTPS only.
    database: SQLAlchemy URL, None = SQLite in `data_dir`; it may hold a password, so it is not shown.
    guard_port: where guards' phones reach their page, None = no page; guard_address: as they call it
    (host or host:port), "" = this machine's own address; guard_certificate as http_certificate, None = made
    here once.
    ldap_url: the directory in which people may have their log-in, "" = none; for ldap_bind, ldap_base,
    ldap_roles (group = role) and ldap_ca see `services.identity.directory`.
    gb26875_host: "" = fire transmission devices are not received.
    duty_report_dir: where the hub has duty reports written after duty_report_at (local time), None = nowhere.
    recording_dirs: one folder on each disk that takes recordings, () = the hub records nothing.
    recording_most_gb: what recordings may take of such a folder's disk, by the folder as it is written there.
    """

    model_config = SettingsConfigDict(env_prefix="SHOUWANG_", extra="forbid", frozen=True)

    data_dir: Path = Field(default_factory=default_data_dir)
    database: str | None = Field(default=None, repr=False)
    dc09_host: str = "0.0.0.0"
    dc09_port: int = Field(default=DC09_PORT, ge=0, le=65535)
    gb26875_host: str = "0.0.0.0"
    gb26875_port: int = Field(default=GB26875_PORT, ge=0, le=65535)
    http_host: str = "0.0.0.0"
    http_port: int | None = Field(default=None, ge=0, le=65535)
    http_certificate: Path | None = None
    http_key: Path | None = None
    guard_host: str = "0.0.0.0"
    guard_port: int | None = Field(default=None, ge=0, le=65535)
    guard_address: str = Field(default="", pattern=r"^[A-Za-z0-9.:\[\]-]{0,120}$")
    guard_certificate: Path | None = None
    guard_key: Path | None = None
    ldap_url: str = ""
    ldap_bind: str = ""
    ldap_base: str = ""
    ldap_roles: dict[str, str] = Field(default_factory=dict)
    ldap_ca: Path | None = None
    language: Literal["zh", "en"] = "zh"
    workstation: str = Field(default_factory=platform.node)
    hardware_decoding: Literal["auto", "on", "off"] = "auto"
    painter: Literal["auto", "raster", "gpu"] = "auto"
    snapshot_dir: Path = Field(default_factory=default_snapshot_dir)
    recording_dirs: tuple[Path, ...] = ()
    recording_most_gb: dict[str, PositiveInt] = Field(default_factory=dict)
    duty_report_dir: Path | None = None
    duty_report_at: str = Field(default="07:30", pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings


def load_settings(**overrides: Any) -> Settings:
    """Command line over environment over <data_dir>/settings.toml over defaults.

    Raises ServiceError("settings.folder", folder, reason) for a data folder that is none, and
    ServiceError("settings.invalid", file, line, field, reason); file is the file's name, or
    SHOUWANG_* when the environment or the command line is wrong; line is 0 where there is none.
    A refused value is never quoted: it may hold a password.
    """
    try:
        chosen = Settings(**overrides)
    except ValidationError as error:
        field, reason = _first_fault(error)
        raise _invalid("SHOUWANG_*", 0, field, reason) from None
    file = chosen.data_dir / SETTINGS_FILE
    text = _read(file)
    # What the environment or the caller said outranks the file.
    said = {name: getattr(chosen, name) for name in chosen.model_fields_set}
    try:
        return Settings(**{**_parse(text, file.name), **said})
    except ValidationError as error:
        field, reason = _first_fault(error)
        raise _invalid(file.name, _line_of(field, text), field, reason) from None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except NotADirectoryError as error:
        raise ServiceError("settings.folder", folder=str(file.parent), reason=error.strerror) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _invalid(file.name, 0, "", type(error).__name__) from None


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = TOML_LINE.search(str(error))
        line = int(where[1]) if where else text.count("\n") + 1
        raise _invalid(file, line, "", str(error)) from None
    if "data_dir" in found:
        raise _invalid(file, _line_of("data_dir", text), "data_dir", "a data folder cannot move itself")
    return found


def _first_fault(error: ValidationError) -> tuple[str, str]:
    first = error.errors(include_input=False)[0]
    return ".".join(str(part) for part in first["loc"]), first["msg"]


def _line_of(field: str, text: str) -> int:
    """The line, from 1, on which `field` is set; 0 when it is on none."""
    name = field.partition(".")[0]
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if line.split("=")[0].strip(" \t\"'[]") == name), 0)


def _invalid(file: str, line: int, field: str, reason: str) -> ServiceError:
    return ServiceError("settings.invalid", file=file, line=line, field=field, reason=reason)
