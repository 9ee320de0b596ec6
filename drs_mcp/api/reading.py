"""The transport of reads: it sends GET, and POST to the few paths that only read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from drs_mcp.api.http.error_bodies import ANYTHING, Asked
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.paths import only_reads
from drs_mcp.api.transport import Transport
from drs_mcp.errors import ArgumentError


@dataclass(frozen=True)
class ReadingTransport:
    """A transport of which nothing can be asked that could change a task.

    Every method raises what `Transport.ask` raises, and `ArgumentError` before anything is sent
    where the request is no read.
    """

    whole: Transport

    @property
    def region(self) -> str:
        """The region's ID, for messages."""
        return self.whole.region

    async def get(
        self,
        path: str,
        parameters: Mapping[str, str],
        *,
        what: str,
        limits: Limits,
        language: str = "en-us",
        rows: bool = False,
        asked: Asked = ANYTHING,
    ) -> Any:
        """GET *path* and decode its JSON, without secrets."""
        return await self.ask(
            "GET",
            path,
            parameters,
            what=what,
            limits=limits,
            language=language,
            rows=rows,
            asked=asked,
        )

    async def read_by_post(
        self,
        path: str,
        body: Mapping[str, Any],
        *,
        what: str,
        limits: Limits,
        language: str = "en-us",
        asked: Asked = ANYTHING,
    ) -> Any:
        """POST *body* to a path of `READING_POSTS` and decode the answer's JSON, without secrets."""
        return await self.ask(
            "POST",
            path,
            {},
            body=to_json(body),
            what=what,
            limits=limits,
            language=language,
            asked=asked,
        )

    async def ask(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str],
        *,
        what: str,
        limits: Limits,
        body: bytes = b"",
        language: str = "en-us",
        rows: bool = False,
        asked: Asked = ANYTHING,
    ) -> Any:
        """Send what can only read; see `Transport.ask`."""
        if not only_reads(method, path):
            raise ArgumentError("Refused to send a request that does not only read.")
        return await self.whole.ask(
            method,
            path,
            parameters,
            body=body,
            what=what,
            limits=limits,
            language=language,
            rows=rows,
            asked=asked,
        )
