"""Which source of credentials a profile has: the first one given, in a fixed order."""

from pathlib import Path

from drs_mcp.api.access.credentials import (
    Credential,
    Keys,
    Source,
    SourceWrapper,
    StaticSource,
    Token,
)
from drs_mcp.api.access.exchange import Wire
from drs_mcp.api.access.files import KooCliFile, ProfileFile, TokenFile
from drs_mcp.api.access.iam import Iam, IamUser, PasswordSource
from drs_mcp.api.access.metadata import ORIGIN, MetadataSource
from drs_mcp.api.http.endpoints import checked
from drs_mcp.errors import SettingsError, TimedOut, Unreachable
from drs_mcp.profiles import Profiles
from drs_mcp.settings import CREDENTIALS, Settings

_PROFILE_FILE = Path(".huaweicloud", "credentials")
_KOOCLI_FILE = Path(".hcloud", "config.json")
_METADATA = "DRS_MCP_METADATA_ENDPOINT"

_RENEW_ADVICE = (
    "A token lives 24 hours at most and ends early when the user changes: put a fresh one there "
    "and start again."
)
_KEYS_ADVICE = (
    "Check that access key and secret key belong together, are enabled, and that temporary ones "
    "have not ended and come with their security token."
)


def source_of(settings: Settings, iam: Iam, wire: Wire) -> Source:
    """The source to use: token, keys, IAM user, the vendor's files, the ECS agency.

    Raises:
        SettingsError: one is given by half; names what is missing.
    """
    token = settings.token.get_secret_value()
    if token:
        return StaticSource(Token(token), settings.label("token"), _RENEW_ADVICE)
    if settings.token_file:
        return TokenFile(_path(settings.token_file), settings.label("token_file"))
    if any(map(settings.given, ("access_key", "secret_key", "security_token"))):
        _require_all(settings, "access_key", "secret_key", also="security_token")
        keys = Keys(
            settings.access_key,
            settings.secret_key.get_secret_value(),
            settings.security_token.get_secret_value(),
        )
        return StaticSource(keys, settings.label("access_key"), _KEYS_ADVICE)
    # An account's name alone is no half of anything: Terraform sets it beside keys.
    if settings.given("user") or settings.given("password"):
        names = _require_all(settings, "user", "password", "domain")
        password = settings.password.get_secret_value()
        where = settings.label("project_name") if settings.project_name else "DRS_MCP_REGION"
        user = IamUser(settings.user, password, settings.domain, _listed(names), where)
        return PasswordSource(iam, user, settings.project)
    return _fallback_source(settings, wire)


def _require_all(settings: Settings, *names: str, also: str = "") -> list[str]:
    """How messages call *names*, when all of them are given."""
    missing = [name for name in names if not settings.given(name)]
    if missing:
        there = next(name for name in (*names, also) if settings.given(name))
        missing_names = [settings.label_beside(name, there) for name in missing]
        raise SettingsError(
            f"{settings.label(there)} is set, but not {_listed(missing_names)}. Set all of them, or none."
        )
    return [settings.label(name) for name in names]


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _fallback_source(settings: Settings, wire: Wire) -> Source:
    """Where credentials are that nobody has given: in the vendor's files, or the ECS agency."""
    if settings.credentials_file:
        name = f"the file of {settings.label('credentials_file')}"
        return ProfileFile(_path(settings.credentials_file), name)
    home = _home(settings)
    if home is not None and _is_file(home / _PROFILE_FILE):
        return ProfileFile(home / _PROFILE_FILE)
    if home is not None and _is_file(home / _KOOCLI_FILE):
        return KooCliFile(home / _KOOCLI_FILE)
    origin = settings.metadata_origin
    return _LastSource(MetadataSource(wire, checked(origin, _METADATA) if origin else ORIGIN))


def _home(settings: Settings) -> Path | None:
    if settings.home:
        return Path(settings.home)
    try:
        return Path.home()
    except RuntimeError:  # a container's user may have none
        return None


def _path(given: str) -> Path:
    try:
        return Path(given).expanduser()
    except RuntimeError:
        return Path(given)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def credential_files(profiles: Profiles) -> dict[str, Path]:
    """Every file that secrets of *profiles* come from, by what messages call it."""
    files = dict(profiles.files)
    for settings in profiles.settings.values():
        if any(settings.given(name) for name in CREDENTIALS if name != "domain"):
            continue
        home = _home(settings)
        for file in (ProfileFile, KooCliFile):
            place = _PROFILE_FILE if file is ProfileFile else _KOOCLI_FILE
            if home is not None and _is_file(home / place):
                files[file.name] = home / place
                break
    return files


class _LastSource(SourceWrapper):
    """The last source to try: where it does not answer, the error tells every way to give some."""

    async def fetch(self) -> Credential:
        try:
            return await super().fetch()
        except (Unreachable, TimedOut) as error:
            raise SettingsError(
                f"{NO_CREDENTIALS} No ECS metadata service answers here."
            ) from error


NO_CREDENTIALS = (
    "No credentials. Set one of: DRS_MCP_TOKEN; HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK; "
    "DRS_MCP_USER, DRS_MCP_PASSWORD and DRS_MCP_DOMAIN; a file ~/.huaweicloud/credentials; an ECS "
    "agency. `drs-mcp doctor` checks them, and drs-mcp serve --demo needs none."
)
