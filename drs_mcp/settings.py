"""Settings from the environment: which region, project and endpoint, which credentials, which form.

Every variable starts with `DRS_MCP_`; where the vendor has a variable of its own, it serves too.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from drs_mcp.errors import SettingsError

PREFIX = "DRS_MCP_"

# setting -> the variables that may hold it, first one set wins
_VARIABLES: dict[str, tuple[str, ...]] = {
    "region": ("DRS_MCP_REGION",),
    "project_id": ("DRS_MCP_PROJECT_ID", "HUAWEICLOUD_SDK_PROJECT_ID"),
    "endpoint": ("DRS_MCP_ENDPOINT",),
    "token": ("DRS_MCP_TOKEN",),
    "language": ("DRS_MCP_LANGUAGE",),
    "max_chars": ("DRS_MCP_MAX_CHARS",),
    "structured": ("DRS_MCP_STRUCTURED",),
}

_MEANING = {
    "region": "a region ID such as cn-north-4",
    "project_id": "the project's ID in that region (32 hexadecimal characters)",
    "endpoint": "an https URL of DRS without a path, only for clouds outside the region table",
    "token": "an IAM token scoped to the project (X-Auth-Token)",
    "language": "en-us or zh-cn",
    "max_chars": "a number from 1000 to 30000",
    "structured": "on or off",
}


class Settings(BaseModel):
    """What the server was told, checked; secrets never show in its `repr` or errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    region: str = Field(
        default="", pattern=r"^([a-z]{2}(-[a-z0-9]+){1,3}(_[A-Za-z0-9_-]{1,64})?)?$"
    )
    project_id: str = Field(default="", pattern=r"^[0-9A-Za-z]{0,64}$")
    endpoint: str = Field(default="", max_length=300)
    token: SecretStr = SecretStr("")
    language: Literal["en-us", "zh-cn"] = "en-us"
    max_chars: int = Field(default=8000, ge=1000, le=30000)
    structured: Literal["on", "off"] = "on"


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read the settings; an unset or empty variable is absent.

    Raises:
        SettingsError: a variable holds what it cannot hold; names it and what it takes.
    """
    given: dict[str, str] = {}
    source: dict[str, str] = {}
    for setting, variables in _VARIABLES.items():
        for variable in variables:
            if value := environ.get(variable, "").strip():
                given[setting], source[setting] = value, variable
                break
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        # The error's own text could repeat the value; only the names are told.
        wrong = dict.fromkeys(str(item["loc"][0]) for item in error.errors(include_input=False))
        told = "; ".join(f"{source[name]} must be {_MEANING[name]}" for name in wrong)
        raise SettingsError(f"A setting cannot be used: {told}.") from None


def require(settings: Settings, *names: str) -> None:
    """Check that the named settings are there.

    Raises:
        SettingsError: names each missing setting, what to set it to, and the way without any.
    """
    missing = [name for name in names if not _present(settings, name)]
    if missing:
        told = "; ".join(f"{_VARIABLES[name][0]} ({_MEANING[name]})" for name in missing)
        raise SettingsError(
            f"Not set: {told}. Set it in the environment of drs-mcp and start it again, "
            "or try it without credentials: drs-mcp serve --demo."
        )


def _present(settings: Settings, name: str) -> bool:
    value = getattr(settings, name)
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)
