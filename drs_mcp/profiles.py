"""Named profiles from one TOML file (`DRS_MCP_CONFIG`), or the one of the environment.

    default = "prod"                      # else the first one

    [profiles.prod]
    region = "cn-north-4"
    access_key_env = "PROD_AK"            # read from that variable
    secret_key_env = "PROD_SK"

    [profiles.lab]
    region = "ap-southeast-3"
    token_file = "/run/secrets/drs"       # read anew whenever DRS refuses the token

A secret may be given as itself, by `…_env` or by `…_file`. A profile without credentials of its
own has those of the environment. Actions are on where the environment and the profile's `actions`
both say so.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drs_mcp.errors import SettingsError
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.secret_files import TooLargeFile, read_secret_file
from drs_mcp.settings import (
    CREDENTIALS,
    DEFAULT_PROFILE,
    MEANING,
    Settings,
    checked_settings,
    from_environment,
    refuse_placeholder,
)

CONFIG = "DRS_MCP_CONFIG"

_SECRET = ("token", "access_key", "secret_key", "security_token", "password")
_OWN = (
    "region",
    "project_id",
    "project_name",
    "endpoint",
    "iam_endpoint",
    "language",
    "actions",
    "cloud_eye",
    *CREDENTIALS,
)
_KEYS = frozenset({*_OWN, *(f"{name}_{how}" for name in _SECRET for how in ("env", "file"))})


@dataclass(frozen=True)
class Profiles:
    """The settings of each profile by its name, and the profile that a call without one has."""

    settings: Mapping[str, Settings]
    default: str
    environment: Settings
    """The environment's own settings: the form of answers is the same for all profiles."""
    files: Mapping[str, Path] = field(default_factory=dict)
    """The files that secrets are read from, by what messages call them."""

    @property
    def action_kinds(self) -> frozenset[str]:
        """The kinds of actions that any profile has turned on."""
        return frozenset().union(*(made.action_kinds for made in self.settings.values()))


def load_profiles(environ: Mapping[str, str]) -> Profiles:
    """The profiles of the file that `DRS_MCP_CONFIG` names, else the environment's one.

    Raises:
        SettingsError: the file cannot be read or used; says where and what is wrong.
    """
    environment = from_environment(environ)
    path = environ.get(CONFIG, "").strip()
    if not path:
        return Profiles(
            {DEFAULT_PROFILE: environment},
            DEFAULT_PROFILE,
            environment,
            _files_of(environment),
        )
    files = {CONFIG: Path(path).expanduser()}
    found = _parsed(files[CONFIG])
    sections = found.pop("profiles", None)
    default = found.pop("default", "")
    if found:
        raise SettingsError(
            f"{CONFIG}: {_name(next(iter(found)))} is not known. Known: default, profiles."
        )
    if not isinstance(sections, dict) or not sections:
        raise SettingsError(f"{CONFIG}: it has no [profiles.NAME].")
    made = {}
    for name, section in sections.items():
        if as_identifier(name) is None or name == "*":
            raise SettingsError(
                f"{CONFIG}: a profile's name may have letters, digits and _ . $ - only."
            )
        made[name] = _profile(name, section, environ, environment)
        files |= _secret_files(f"{CONFIG} profile {name}", section) | _files_of(made[name])
    default = default or next(iter(made))
    if default not in made:
        raise SettingsError(
            f"{CONFIG}: default names no profile. Known: {', '.join(sorted(made))}."
        )
    return Profiles(made, default, environment, files)


def _files_of(settings: Settings) -> dict[str, Path]:
    """The files that settings name, by the settings' labels."""
    return {
        settings.label(name): _expanded(getattr(settings, name))
        for name in ("token_file", "credentials_file")
        if settings.given(name)
    }


def _secret_files(where: str, section: Mapping[str, Any]) -> dict[str, Path]:
    """The files that hold single secrets of a profile."""
    return {
        f"{where}: {key}": _expanded(value)
        for key, value in section.items()
        if key.endswith("_file") and key.removesuffix("_file") in _SECRET and key not in MEANING
    }


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:  # nobody's home
        return Path(path)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        raw = read_secret_file(path)
    except TooLargeFile:
        raise SettingsError(f"{CONFIG}: the file is too large.") from None
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"{CONFIG}: the file cannot be read ({type(error).__name__})."
        ) from None
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # The parser's own text could repeat a secret.
        raise SettingsError(f"{CONFIG}: the file is not TOML.") from None


def _profile(
    name: str, section: object, environ: Mapping[str, str], environment: Settings
) -> Settings:
    where = f"{CONFIG} profile {name}"
    if not isinstance(section, dict):
        raise SettingsError(f"{where}: it must be a table, [profiles.{name}].")
    unknown = [key for key in section if key not in _KEYS]
    if unknown:
        raise SettingsError(
            f"{where}: {_name(unknown[0])} is not known. Known: {', '.join(sorted(_KEYS))}."
        )
    given: dict[str, object] = {}
    origins: dict[str, str] = {}
    for key, value in section.items():
        setting, given_value = _resolved(key, _text(key, value, where), where, environ)
        if setting in given:
            raise SettingsError(f"{where}: {setting} is given twice.")
        if given_value:
            refuse_placeholder(setting, given_value, f"{where}: {key}")
            given[setting], origins[setting] = given_value, f"{where}: {key}"
    if not any(setting in given for setting in CREDENTIALS):
        for setting in CREDENTIALS:
            if environment.given(setting):
                given[setting] = getattr(environment, setting)
                origins[setting] = environment.label(setting)
    given.setdefault("language", environment.language)
    given["home"] = environment.home
    given["metadata_origin"] = environment.metadata_origin
    given["allow_private"] = environment.allow_private
    settings = checked_settings(given, origins)
    both = settings.action_kinds & environment.action_kinds
    return settings.model_copy(update={"actions": ",".join(sorted(both))})


def _text(key: str, value: object, where: str) -> str:
    """The value of a key; only a switch may be a word of TOML."""
    if key == "cloud_eye" and isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise SettingsError(f"{where}: {key} must be text.")
    return value


def _resolved(key: str, value: str, where: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """The setting that a key gives, and its value."""
    base, _, how = key.rpartition("_")
    if base in _SECRET and how == "env":
        found = environ.get(value, "").strip()
        if not found:
            raise SettingsError(f"{where}: {key} names a variable that is not set.")
        return base, found
    if base in _SECRET and how == "file" and key not in MEANING:
        try:
            return base, read_secret_file(Path(value).expanduser()).decode("utf-8").strip()
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"{where}: the file of {key} cannot be read ({type(error).__name__})."
            ) from None
    return key, value.strip()


def _name(key: object) -> str:
    return as_identifier(key) or "a key"
