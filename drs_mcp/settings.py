"""Settings: which region, project and endpoint, which credentials, which form of answers.

They come from the environment: variables that start with `DRS_MCP_`, and where the vendor's SDK,
its samples, its Terraform provider or an openrc file has one, that serves too. Profiles come from a file:
`profiles`.
"""

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from drs_mcp.errors import SettingsError

PREFIX = "DRS_MCP_"
DEFAULT_PROFILE = "default"
"""The profile of the environment."""

# setting -> the variables that may hold it, first one set wins
VARIABLES: dict[str, tuple[str, ...]] = {
    "region": ("DRS_MCP_REGION", "HW_REGION_NAME", "OS_REGION_NAME"),
    "project_id": (
        "DRS_MCP_PROJECT_ID",
        "HUAWEICLOUD_SDK_PROJECT_ID",
        "HW_PROJECT_ID",
        "OS_PROJECT_ID",
    ),
    "project_name": (
        "DRS_MCP_PROJECT_NAME",
        "HW_PROJECT_NAME",
        "OS_PROJECT_NAME",
        "OS_TENANT_NAME",
    ),
    "endpoint": ("DRS_MCP_ENDPOINT",),
    "iam_endpoint": ("DRS_MCP_IAM_ENDPOINT", "HUAWEICLOUD_SDK_IAM_ENDPOINT"),
    "token": ("DRS_MCP_TOKEN", "HW_AUTH_TOKEN", "OS_AUTH_TOKEN"),
    "token_file": ("DRS_MCP_TOKEN_FILE",),
    "access_key": (
        "HUAWEICLOUD_SDK_AK",
        "HW_ACCESS_KEY",
        "OS_ACCESS_KEY",
        "HUAWEI_ACCESS_KEY",
        "CLOUD_SDK_AK",
    ),
    "secret_key": (
        "HUAWEICLOUD_SDK_SK",
        "HW_SECRET_KEY",
        "OS_SECRET_KEY",
        "HUAWEI_SECRET_KEY",
        "CLOUD_SDK_SK",
    ),
    "security_token": (
        "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        "HW_SECURITY_TOKEN",
        "OS_SECURITY_TOKEN",
        "HUAWEI_SECURITY_TOKEN",
        "CLOUD_SDK_SECURITY_TOKEN",
    ),
    "user": ("DRS_MCP_USER", "HW_USER_NAME", "OS_USERNAME"),
    "password": ("DRS_MCP_PASSWORD", "HW_USER_PASSWORD", "OS_PASSWORD"),
    "domain": ("DRS_MCP_DOMAIN", "HW_DOMAIN_NAME", "OS_DOMAIN_NAME"),
    "credentials_file": ("HUAWEICLOUD_SDK_CREDENTIALS_FILE",),
    "metadata_origin": ("DRS_MCP_METADATA_ENDPOINT",),
    "language": ("DRS_MCP_LANGUAGE",),
    "max_chars": ("DRS_MCP_MAX_CHARS",),
    "structured": ("DRS_MCP_STRUCTURED",),
    "allow_private": ("DRS_MCP_ALLOW_PRIVATE",),
    "actions": ("DRS_MCP_ACTIONS",),
    "cloud_eye": ("DRS_MCP_CLOUD_EYE",),
}

ALSO: Mapping[str, str] = {"OS_DOMAIN_NAME": "OS_USER_DOMAIN_NAME"}
"""Another name for a variable of the same family; an openrc file writes the domain so."""

# What belongs together comes from one family of variables: keys of two would not fit.
_FAMILIES = (("access_key", "secret_key", "security_token"), ("user", "password", "domain"))

_LASTING = (
    {"token_file"},
    {"access_key", "secret_key"},
    {"user", "password", "domain"},
    {"credentials_file"},
)
"""Credentials that outlast a token: beside them, one that was set for other programs is left out."""

CREDENTIALS = (
    "token",
    "token_file",
    "access_key",
    "secret_key",
    "security_token",
    "user",
    "password",
    "domain",
    "credentials_file",
)
"""The settings that say who asks."""

MEANING = {
    "region": "a region ID such as cn-north-4",
    "project_id": "the project's ID in that region (32 hexadecimal characters)",
    "project_name": "the name of a project of IAM, such as cn-north-4_team",
    "endpoint": "an https URL of DRS without a path, only for clouds outside the region table",
    "iam_endpoint": "an https URL of IAM without a path, only for clouds outside the region table",
    "token": "an IAM token scoped to the project (X-Auth-Token)",
    "token_file": "a file that holds an IAM token, read anew when DRS refuses it",
    "access_key": "an access key (AK)",
    "secret_key": "the secret key (SK) of the access key",
    "security_token": "the security token of temporary keys",
    "user": "the name of an IAM user",
    "password": "the IAM user's password",
    "domain": "the account (domain) of the IAM user",
    "credentials_file": "a file in the form of ~/.huaweicloud/credentials",
    "metadata_origin": "http on loopback, for tests",
    "language": "en-us or zh-cn",
    "max_chars": "a number from 1000 to 30000",
    "structured": "on or off",
    "allow_private": "on or off",
    "actions": "off, checks, or checks,control",
    "cloud_eye": "true or false",
}

_SECRET = frozenset({"token", "secret_key", "security_token", "password"})
_LOWER = frozenset({"language", "structured", "allow_private", "cloud_eye"})

# What a host leaves where it has filled in nothing: ${X}, ${env:X}, ${{ x }}, $(X), %X%, {{x}},
# <your-ak>, $env:X.
_PLACEHOLDER = re.compile(
    r"\$\{[^}]*+\}++|\$\([^)]*+\)|%\w++%|\{\{[^}]*+\}\}|<[A-Za-z][A-Za-z _-]*+>|\$env:\w++"
    r"|\$[A-Z][A-Z0-9_]{3,}+"
    r"|(?i:your[-_ ](?:[a-z0-9]++[-_ ])*+(?:token|key|ak|sk|secret|password|id|region|here))"
)
_INSIDE = re.compile(r"\$\{|\{\{")
"""Begins a placeholder inside of a longer value; no region, ID, endpoint or path has it."""


class Settings(BaseModel):
    """What the server was told, checked; secrets never show in its `repr` or errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    region: str = Field(
        default="", pattern=r"^([a-z]{2}(-[a-z0-9]+){1,3}(_[A-Za-z0-9_-]{1,64})?)?$"
    )
    project_id: str = Field(default="", pattern=r"^[0-9A-Za-z]{0,64}$")
    project_name: str = Field(default="", pattern=r"^[\w. -]{0,64}$")
    endpoint: str = Field(default="", max_length=300)
    iam_endpoint: str = Field(default="", max_length=300)
    token: SecretStr = SecretStr("")
    token_file: str = Field(default="", max_length=1000)
    access_key: str = Field(default="", max_length=128, repr=False)
    secret_key: SecretStr = SecretStr("")
    security_token: SecretStr = SecretStr("")
    user: str = Field(default="", max_length=128)
    password: SecretStr = SecretStr("")
    domain: str = Field(default="", max_length=128)
    credentials_file: str = Field(default="", max_length=1000)
    metadata_origin: str = Field(default="", max_length=300)
    home: str = Field(default="", max_length=1000)
    language: Literal["en-us", "zh-cn"] = "en-us"
    max_chars: int = Field(default=8000, ge=1000, le=30000)
    structured: Literal["on", "off"] = "on"
    allow_private: Literal["on", "off"] = "off"
    cloud_eye: Literal["true", "false"] = "false"
    """Whether credentials also go to Cloud Eye, for figures over time."""
    actions: str = Field(default="", pattern=r"^(checks(,control)?)?$")
    origins: dict[str, str] = Field(default={}, repr=False)
    """Setting -> the variable or the place in a file that it came from."""

    @field_validator("region", mode="before")
    @classmethod
    def _in_small_letters(cls, value: object) -> object:
        """A region in any case; what follows the underscore is the name of a sub-project."""
        if not isinstance(value, str):
            return value
        region, mark, project = value.partition("_")
        return f"{region.lower()}{mark}{project}"

    @field_validator(*_LOWER, mode="before")
    @classmethod
    def _word(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("actions", mode="before")
    @classmethod
    def _in_order(cls, value: object) -> object:
        """The kinds of actions in one spelling; `off` is none."""
        if not isinstance(value, str):
            return value
        kinds = sorted(filter(None, re.split(r"[,\s]+", value.lower())))
        return "" if kinds == ["off"] else ",".join(kinds)

    @field_validator("token", "secret_key", "security_token", "password")
    @classmethod
    def _is_text(cls, value: SecretStr) -> SecretStr:
        value.get_secret_value().encode()  # bytes that are no text come as what cannot be encoded
        return value

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must be shown nowhere."""
        hidden = (self.token, self.secret_key, self.security_token, self.password)
        return (self.access_key, *(value.get_secret_value() for value in hidden))

    @property
    def action_kinds(self) -> frozenset[str]:
        """The kinds of actions that are turned on: `checks`, `control`."""
        return frozenset(filter(None, self.actions.split(",")))

    def given(self, name: str) -> bool:
        """Whether a setting has a value."""
        value = getattr(self, name)
        return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)

    def label(self, name: str) -> str:
        """How messages call a setting: where it came from, or the variable to set."""
        return self.origins.get(name) or VARIABLES[name][0]

    def label_beside(self, name: str, there: str) -> str:
        """How messages call a setting that is missing beside one that is *there*."""
        origin = self.origins.get(there)
        if origin is None:
            return VARIABLES[name][0]
        families = dict(zip(VARIABLES[there], VARIABLES[name], strict=True))
        main = next((known for known, also in ALSO.items() if also == origin), origin)
        return families.get(main, name)

    @property
    def project(self) -> str:
        """The name of the project to look up at IAM: the one given, else the region's own.

        Raises:
            SettingsError: region and project name each say another project.
        """
        if not self.project_name:
            return self.region
        if "_" in self.region and self.region != self.project_name:
            raise SettingsError(
                f"{self.label('region')} and {self.label('project_name')} name two projects. Unset "
                "one of them, or set DRS_MCP_PROJECT_ID."
            )
        return self.project_name


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read the settings; an unset or empty variable is absent.

    Raises:
        SettingsError: a variable holds what it cannot hold; names it and what it takes.
    """
    given: dict[str, str] = {}
    origins: dict[str, str] = {}
    for setting, variables in _variables(environ).items():
        for variable in variables:
            if value := environ.get(variable, "").strip():
                refuse_placeholder(setting, value, variable)
                given[setting], origins[setting] = value, variable
                break
    if origins.get("token") in VARIABLES["token"][1:] and any(
        given.keys() >= one for one in _LASTING
    ):
        del given["token"], origins["token"]
    return checked_settings(given, origins)


def refuse_placeholder(setting: str, value: str, origin: str) -> None:
    """Refuse what a host should have replaced: sent as it stands, it would be a wrong secret.

    Raises:
        SettingsError: names where the value came from.
    """
    if _PLACEHOLDER.fullmatch(value) or (
        setting not in _SECRET and _INSIDE.search(value) is not None
    ):
        raise SettingsError(
            f"{origin} holds a placeholder, such as ${{NAME}}, that was not replaced by its value. "
            f"The host's configuration must expand it, or hold {MEANING[setting]} itself. Nothing "
            "was sent."
        )


def _variables(environ: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The variables to look at: of a family, those beside the first one that is set."""
    looked_at = dict(VARIABLES)
    for family in _FAMILIES:
        columns = [
            [_set_one(environ, variable) for variable in column]
            for column in zip(*(VARIABLES[setting] for setting in family), strict=True)
        ]
        # Its last member alone proves nothing: a stray one must not hide whole credentials.
        chosen = next(
            (
                names
                for telling in (slice(0, -1), slice(-1, None))
                for names in columns
                if any(environ.get(name, "").strip() for name in names[telling])
            ),
            columns[0],
        )
        looked_at |= {name: (variable,) for name, variable in zip(family, chosen, strict=True)}
    return looked_at


def _set_one(environ: Mapping[str, str], variable: str) -> str:
    """The variable, or its other name where only that is set."""
    also = ALSO.get(variable, "")
    given = not environ.get(variable, "").strip() and environ.get(also, "").strip()
    return also if given else variable


def checked_settings(given: Mapping[str, object], origins: Mapping[str, str]) -> Settings:
    """Settings from raw values.

    Raises:
        SettingsError: a value cannot be used; names where it came from and what it takes.
    """
    try:
        return Settings.model_validate({**given, "origins": dict(origins)})
    except ValidationError as error:
        # The error's own text could repeat the value; only the names are told.
        wrong = dict.fromkeys(str(item["loc"][0]) for item in error.errors(include_input=False))
        problems = "; ".join(f"{origins.get(name, name)} must be {MEANING[name]}" for name in wrong)
        raise SettingsError(f"A setting cannot be used: {problems}.") from None


def require(settings: Settings, *names: str) -> None:
    """Check that the named settings are there.

    Raises:
        SettingsError: names each missing setting, what to set it to, and the way without any.
    """
    missing = [name for name in names if not settings.given(name)]
    if missing:
        problems = "; ".join(f"{VARIABLES[name][0]} ({MEANING[name]})" for name in missing)
        raise SettingsError(
            f"Not set: {problems}. Set it in the environment of drs-mcp and start it again, "
            "or try it without credentials: drs-mcp serve --demo."
        )
