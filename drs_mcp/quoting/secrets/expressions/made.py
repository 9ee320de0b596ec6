"""What a program makes a secret of: `password = b64decode("SECRET")`, `getenv("NAME", "SECRET")`."""

import re
from typing import Final

from drs_mcp.quoting.secrets.expressions.powershell import deciphered, is_command
from drs_mcp.quoting.secrets.keys import Weight
from drs_mcp.quoting.secrets.values import (
    QUOTE,
    Scan,
    Span,
    is_empty,
    open_quote,
    opening,
    quoted,
)

_NAME_OF_CALL = r"(?=[a-z_]{2})(?:[a-z_]++\d{0,3}+){1,4}"
_PATH = (
    rf"(?:new\s)?(?:\[[a-z][\w.]{{1,80}}\]::)?\$?{_NAME_OF_CALL}"
    rf"(?:(?:\??\.|::|->){_NAME_OF_CALL}){{0,8}}+"
)
_CALL = re.compile(
    rf"{_PATH}\(|\[[a-z][\w.]{{1,80}}\](?=::)|de(?:crypt|code|cipher)[a-z_]{{0,20}}\s(?={QUOTE})"
)
_OUTPUT = re.compile(r"\$\((?P<command>[^()\n]{1,400})\)")
_VARIABLE = re.compile(rf"{_PATH}(?:\[\\*[\"']?\w{{1,64}}\\*[\"']?\])?")
_OR_ELSE = re.compile(rf"\s?(?:\|\||\?\?|\?:|\bor\b|\belse\b)\s?[nbuf]?(?={QUOTE})")
_PIECE = re.compile(rf"[()\n;]|(?<![\w\\])[nbufr@$]{{0,2}}(?P<quote>{QUOTE})")
_LONGEST_CALL: Final = 512
_MOST_LITERALS: Final = 16


_DUMPED = re.compile(r"string\(\d{1,9}\)\s(?=\")")
_DUMP_END = re.compile(r"\"(?=\s*+\Z|(?:\s|\\n)++(?:\[|\}|[a-z]{3,8}\b))")
_PARTS = re.compile(
    r"concat\((?P<parts>(?:[^()\"']|\"(?:[^\"\\]|\\.)*+\"?|'(?:[^'\\]|\\.|'')*+'?)*+)"
)


def printed(scan: Scan, at: int) -> Span | None:
    """PHP's `string(6) "SECRET"` and the parts of `CONCAT('SEC', 'RET')`, each as a whole."""
    low = scan.low
    if low.startswith("string(", at) and (dumped := _DUMPED.match(low, at)):
        ends = _DUMP_END.search(low, dumped.end() + 1)
        return Span(at, ends.start() + 1 if ends else len(low))
    if low.startswith("concat(", at) and (parts := _PARTS.match(low, at)):
        return Span(*parts.span("parts"))
    return None


def expression(
    scan: Scan, at: int, name: str, weight: Weight, sign: str
) -> tuple[Span, ...] | None:
    """The secrets in the expression at *at* behind a name and a sign; None: it is none."""
    if is_command(scan, at):
        return deciphered(scan, at)
    if weight is Weight.WEAK and not (name.lower().endswith(("pass", "pw")) and sign[0] == "="):
        return None
    return made(scan, at) or None


def made(scan: Scan, at: int) -> tuple[Span, ...]:
    """What stands in quotes in the expression at *at*; nothing if there is none, or nothing in quotes.

    `b64decode("SECRET")`, `env('NAME', 'SECRET')`, `[Convert]::FromBase64String('SECRET')`,
    `process.env.NAME || "SECRET"`, a shell's `$(echo SECRET | base64 -d)`: which of several it is, is not told.
    """
    if output := _OUTPUT.match(scan.low, at):
        return (Span(*output.span("command")),)
    spans: tuple[Span, ...] = ()
    end = at
    if (call := _CALL.match(scan.low, at)) is not None:
        spans, end = _literals(scan, call.end())
    elif (variable := _VARIABLE.match(scan.low, at)) is not None:
        spans, end = (Span(at, variable.end()),), variable.end()
    if end == at or (other := _OR_ELSE.match(scan.low, end)) is None:
        return spans if call else ()
    mark = opening(scan, other.end())
    if mark is None or is_empty(scan, mark.end(), mark[0]):
        return spans if call else ()
    return (*spans, quoted(scan, mark.end(), mark[0]))


def _literals(scan: Scan, at: int) -> tuple[tuple[Span, ...], int]:
    """The strings up to the parenthesis that closes the call, and where that ends."""
    spans: list[Span] = []
    around = open_quote(scan.before(at))
    inside, until = int(scan.text[at - 1] == "("), at + _LONGEST_CALL
    while len(spans) < _MOST_LITERALS and (piece := _PIECE.search(scan.low, at, until)):
        at = piece.end()
        if piece[0] == "(":
            inside += 1
        elif piece[0] == ")":
            inside -= 1
        elif (quote := piece["quote"]) is None or quote == around:
            break
        elif is_empty(scan, at, quote):
            at += len(quote)
        else:
            spans.append(quoted(scan, at, quote))
            at = spans[-1].end + len(quote)
        if inside <= 0 and piece[0] == ")" and scan.low[at : at + 1] != ".":
            break
    return tuple(spans), at
