"""Credentials that the vendor's tools keep in files: the SDK's profile, and KooCLI's settings."""

import configparser
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import anyio.to_thread
from pydantic_core import from_json

from drs_mcp.api.access.credentials import Credential, Keys, Token
from drs_mcp.api.wire.values import Row, record, records, text
from drs_mcp.errors import SettingsError
from drs_mcp.secret_files import NotAFile, TooLargeFile, read_secret_file

_ACCESS_KEY = re.compile(r"[A-Z0-9]{16,40}")
"""An access key in the clear; encrypted values are longer, and of mixed case."""


@dataclass(frozen=True)
class ProfileFile:
    """`~/.huaweicloud/credentials`: an INI file whose section `[basic]` has `ak` and `sk`."""

    path: Path
    name: str = "~/.huaweicloud/credentials"
    advice: str = "Put valid keys into ak and sk under [basic]; the file is read again by itself."
    renew_before: timedelta = timedelta(0)

    async def fetch(self) -> Credential:
        """The keys, read anew."""
        sections = _ini(await _read(self.path, self.name))
        if sections is None:
            raise SettingsError(f"The format of {self.name} is not INI: [basic], ak = …, sk = ….")
        basic = sections.get("basic", {})
        missing = [key for key in ("ak", "sk") if not basic.get(key)]
        if missing:
            are = "is" if len(missing) == 1 else "are"
            raise SettingsError(
                f"{' and '.join(missing)} {are} missing under [basic] in {self.name}."
            )
        return Keys(basic["ak"], basic["sk"], basic.get("security_token", ""))


def _ini(raw: str) -> dict[str, dict[str, str]] | None:
    """The sections of an INI file; None when it is none. The parser's own error shows its lines."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(raw)
    except configparser.Error:
        return None
    return {
        name: {key: value.strip() for key, value in parser[name].items()}
        for name in parser.sections()
    }


@dataclass(frozen=True)
class KooCliFile:
    """KooCLI's `~/.hcloud/config.json`, usable only while its values are not encrypted."""

    path: Path
    name: str = "KooCLI's ~/.hcloud/config.json"
    advice: str = "Renew the keys with `hcloud configure set`; the file is read again by itself."
    renew_before: timedelta = timedelta(0)

    async def fetch(self) -> Credential:
        """The keys of the current KooCLI profile, read anew."""
        raw = await _read(self.path, self.name)
        try:
            found = record(from_json(raw))
        except ValueError:
            raise SettingsError(f"The format of {self.name} is not JSON.") from None
        current = text(found.get("current"))
        profiles = records(found.get("profiles"))
        chosen: Row = next(
            (one for one in profiles if text(one.get("name")) == current),
            profiles[0] if profiles else {},
        )
        access, secret = text(chosen.get("accessKeyId")), text(chosen.get("secretAccessKey"))
        if not access or not secret:
            raise SettingsError(
                f"The current profile of {self.name} holds no access key and secret key. Set them "
                "with `hcloud configure set`, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK."
            )
        if not _ACCESS_KEY.fullmatch(access):
            raise SettingsError(
                f"{self.name} is encrypted, so only KooCLI can read it. Put the keys into "
                "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or let KooCLI store them in the clear: "
                "hcloud configure set --cli-auth-encrypt=false."
            )
        return Keys(access, secret, text(chosen.get("securityToken")) or "")


@dataclass(frozen=True)
class TokenFile:
    """A file that holds an IAM token, which somebody else keeps fresh."""

    path: Path
    name: str
    advice: str = "Put a fresh token into the file; it is read again by itself."
    renew_before: timedelta = timedelta(0)

    async def fetch(self) -> Credential:
        """The token, read anew."""
        token = (await _read(self.path, f"the file of {self.name}")).strip()
        if not token:
            raise SettingsError(f"There is no token in the file of {self.name}.")
        return Token(token)


async def _read(path: Path, name: str) -> str:
    try:
        raw = await anyio.to_thread.run_sync(read_secret_file, path)
    except NotAFile:
        raise SettingsError(f"Not a file: {name}. A pipe or a device is not read.") from None
    except TooLargeFile:
        raise SettingsError(f"Too large for credentials: {name}.") from None
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"Cannot read {name} ({type(error).__name__}). Check that it is there and readable."
        ) from None
    # Windows' editors put a mark before the first letter.
    return raw.decode("utf-8-sig", "replace")
