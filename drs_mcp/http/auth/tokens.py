"""Static bearer tokens: named, several, compared in constant time, revocable while we run."""

import hmac
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from mcp.server.auth.provider import AccessToken

from drs_mcp.errors import SettingsError
from drs_mcp.observe.caller import RESERVED, is_reserved
from drs_mcp.secret_files import NotAFile, TooLargeFile, read_secret_file

SHORTEST: Final = 32
LONGEST: Final = 512
MOST_BYTES: Final = 1024 * 1024
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/=-]+")  # RFC 6750 has no other characters

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NamedToken:
    """A token that is accepted; only its digest is kept."""

    name: str
    digest: bytes


Read = Callable[[], tuple[NamedToken, ...]]


def tokens_in_variable(value: str, source: str) -> tuple[NamedToken, ...]:
    """The tokens of `name:token,name:token`.

    Raises:
        SettingsError: names the *source* and the entry that is wrong, never its value.
    """
    entries = (
        (f"{source}, entry {number}", *entry.strip().partition(":")[::2])
        for number, entry in enumerate(value.split(","), start=1)
        if entry.strip()
    )
    return _checked(entries, source)


def tokens_in_file(path: Path, source: str) -> tuple[NamedToken, ...]:
    """The tokens of a file of lines `name token`; blank lines and lines with # do not count.

    Raises:
        SettingsError: it cannot be read, or names the line that is wrong, never its content.
    """
    try:
        text = read_secret_file(path, MOST_BYTES).decode("utf-8")
    except NotAFile:
        raise SettingsError(f"{source} must name a file; a pipe or a device is not read.") from None
    except TooLargeFile:
        raise SettingsError(f"{source} has more than {MOST_BYTES:,} bytes.") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"{source} cannot be read ({type(error).__name__}).") from None
    entries = (
        (f"{source}, line {number}", *_split(line))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    )
    return _checked(entries, source)


def _split(line: str) -> tuple[str, str]:
    name, *rest = line.split(None, 1)
    return name, "".join(rest).strip()


def _checked(entries: Iterable[tuple[str, str, str]], source: str) -> tuple[NamedToken, ...]:
    found: dict[bytes, NamedToken] = {}
    for where, name, token in entries:
        if not _NAME.fullmatch(name):
            raise SettingsError(
                f"{where}: a name has 1 to 64 letters, digits and . _ @ -, and a token follows it."
            )
        if not SHORTEST <= len(token) <= LONGEST or not _TOKEN.fullmatch(token):
            raise SettingsError(
                f"{where}: a token has {SHORTEST} to {LONGEST} letters, digits and . _ ~ + / = -. "
                "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )
        if is_reserved(name):
            raise SettingsError(
                f"{where}: the name is one that the server gives itself: {' and '.join(RESERVED)} "
                "are taken. Choose another."
            )
        digest = _digest(token)
        if digest in found and found[digest].name != name:
            raise SettingsError(f"{where}: the token is another name's: each needs its own.")
        found[digest] = NamedToken(name, digest)
    if not found:
        raise SettingsError(f"{source} holds no token.")
    return tuple(found.values())


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogateescape")).digest()


class FileTokens:
    """The tokens of a file, read anew whenever it has changed.

    A file that is gone or cannot be understood accepts nobody: a token that was taken out of it
    must never live on because of a slip elsewhere.
    """

    def __init__(self, path: Path, source: str) -> None:
        self._path = path
        self._source = source
        self._seen = self._state()
        self._tokens = tokens_in_file(path, source)

    def __call__(self) -> tuple[NamedToken, ...]:
        """The tokens as the file says now."""
        state = self._state()
        if state != self._seen:
            try:
                self._tokens = tokens_in_file(self._path, self._source)
                _logger.warning("%s has changed: %d tokens.", self._source, len(self._tokens))
            except SettingsError as error:
                self._tokens = ()
                _logger.error("Nobody is let in until this is mended: %s", error)  # noqa: TRY400  it says all
            self._seen = state
        return self._tokens

    def _state(self) -> tuple[int, ...]:
        try:
            stat = self._path.stat()
        except OSError:
            return ()
        return (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


class StaticTokens:
    """Knows callers by their tokens; the SDK's `TokenVerifier`."""

    def __init__(self, read: Read) -> None:
        self._read = read

    async def verify_token(self, token: str) -> AccessToken | None:
        """Who has *token*, if anybody."""
        given = _digest(token)
        name = ""
        for known in self._read():  # all of them, so that time tells nothing
            if hmac.compare_digest(known.digest, given):
                name = known.name
        # The token itself goes no further.
        return AccessToken(token="", client_id=name, scopes=[]) if name else None
