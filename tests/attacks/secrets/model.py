"""What a form is, the escapes a context demands, and how a secret of a form is drawn.

A template holds the mark `§` where the secret stands. `RenderOptions.shown(secret)` tells the pieces that
really stand in the rows: the escaped secret, or its parts if it is split. A test that looks for
leaks should look for pieces of the secret itself and for pieces of what is shown.
"""
import base64
import html
import json
import random
import re
import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

MARK = "§"
ALNUM = string.ascii_letters + string.digits
B64 = ALNUM + "+/"
B64URL = ALNUM + "-_"
HEX = "0123456789abcdef"
UPHEX = "0123456789ABCDEF"
# Inside a value that ends at a blank, or at a separator of more than one character.
UNQ = ",;&)]}'\"|#@/:?=%\\`!$*"
# Inside of quotes: whatever a person can type.
QUO = UNQ + " ({[<>+^~-_.äñ龙海"
# Inside of quotes that do not escape: all but those quotes (and the backslash).
NO_DQ = "".join(c for c in QUO if c not in '"\\')
NO_SQ = "".join(c for c in QUO if c not in "'\\")

Escape = Callable[[str], str]


def without(chars: str, dropped: str) -> str:
    return "".join(c for c in chars if c not in dropped)


def raw(s: str) -> str:
    return s


def js(s: str) -> str:
    """Inside of a JSON string."""
    return json.dumps(s, ensure_ascii=False)[1:-1]


def jsa(s: str) -> str:
    """Inside of a JSON string, in ASCII."""
    return json.dumps(s)[1:-1]


def js2(s: str) -> str:
    """JSON inside of a JSON string."""
    return js(js(s))


def js3(s: str) -> str:
    return js(js2(s))


def gson(s: str) -> str:
    """JSON as Gson writes it: HTML's characters are escaped too."""
    return re.sub(r"[<>&=']", lambda m: f"\\u{ord(m[0]):04x}", js(s))


def pct(s: str) -> str:
    return quote(s, safe="")


def pct2(s: str) -> str:
    return pct(pct(s))


def formenc(s: str) -> str:
    return quote_plus(s)


def xml(s: str) -> str:
    return html.escape(s, quote=True)


def numeric(s: str) -> str:
    """Numeric entities for all that is not a letter or a digit."""
    return "".join(c if c.isascii() and c.isalnum() else f"&#{ord(c)};" for c in s)


def hexent(s: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else f"&#x{ord(c):X};" for c in s)


def sqlq(s: str) -> str:
    return s.replace("'", "''")


def dqd(s: str) -> str:
    return s.replace('"', '""')


def bsq(s: str) -> str:
    """Backslash before a backslash and an apostrophe."""
    return s.replace("\\", "\\\\").replace("'", "\\'")


def bdq(s: str) -> str:
    return s.replace("\\", "\\\\").replace('"', '\\"')


libpq_escape = bsq


def shdq(s: str) -> str:
    """Inside of a shell's double quotes."""
    return re.sub(r'([\\"$`])', r"\\\1", s)


def shq(s: str) -> str:
    """Inside of a shell's single quotes."""
    return s.replace("'", "'\\''")


def shbare(s: str) -> str:
    """A shell's bare word, with a backslash before what is special."""
    return re.sub(r"([^A-Za-z0-9_.,:/@=+-])", r"\\\1", s)


def brace(s: str) -> str:
    return s.replace("}", "}}")


def pyrepr(s: str) -> str:
    """With its quotes: Python takes the kind that needs no escape."""
    return repr(s)


def pybytes(s: str) -> str:
    return repr(s.encode())


def props(s: str) -> str:
    """As Java's Properties.store writes a value."""
    out = re.sub(r"([\\:=#!])", r"\\\1", s)
    return "".join(c if c.isascii() else f"\\u{ord(c):04X}" for c in out)


def csvq(s: str) -> str:
    return dqd(s)


def basic(s: str) -> str:
    """The credentials of HTTP Basic for an invented user."""
    return base64.b64encode(f"drs_agent:{s}".encode()).decode()


def sasl_plain(s: str) -> str:
    """What AUTH PLAIN sends for an invented user."""
    return base64.b64encode(f"\0drs_agent\0{s}".encode()).decode()


def _itself(secret: str) -> tuple[str, ...]:
    return (secret,)


@dataclass(frozen=True)
class RenderOptions:
    id: str
    family: str
    engine: str
    render: Callable[[str], tuple[str, ...]]
    keeps: tuple[str, ...]
    alphabet: str
    length: tuple[int, int]
    kind: str = "log"
    # The pieces that stand in the rows, word by word.
    shown: Callable[[str], tuple[str, ...]] = _itself
    # Whether the context ends the value so clearly that its last character may be a nasty one.
    closed: bool = False


def _words(keeps: str) -> tuple[str, ...]:
    """The words to keep, each without what an answer in JSON would escape."""
    plain = (max(re.split(r'["\\\x00-\x1f]', k), key=len) for k in keeps.split("|"))
    return tuple(k for k in plain if k)


def form(id: str, family: str, rows: str | tuple[str, ...], keeps: str = "", *,
         engine: str = "any", esc: Escape = raw, nasty: str = "", base: str = ALNUM,
         length: tuple[int, int] = (14, 32), kind: str = "log", closed: bool = False) -> RenderOptions:
    """A form of templates; `keeps` are words joined by `|`."""
    lines = (rows,) if isinstance(rows, str) else rows

    def render(secret: str) -> tuple[str, ...]:
        return tuple(line.replace(MARK, esc(secret)) for line in lines)

    return RenderOptions(id, family, engine, render, _words(keeps), base + nasty, length, kind,
                lambda secret: (esc(secret),), closed)


def split_form(id: str, family: str, rows: tuple[str, ...], keeps: str = "", *, cut: int,
               engine: str = "any", base: str = B64, length: int = 64, kind: str = "log",
               one_row: str | None = None) -> RenderOptions:
    """A secret cut in pieces of `cut` characters, which take the place of the row `§`.

    With `one_row` the rows are joined by that text to one row.
    """
    def shown(secret: str) -> tuple[str, ...]:
        return tuple(secret[i:i + cut] for i in range(0, len(secret), cut))

    def render(secret: str) -> tuple[str, ...]:
        out: list[str] = []
        for line in rows:
            out.extend(line.replace(MARK, p) for p in shown(secret)) if MARK in line \
                else out.append(line)
        return tuple(out) if one_row is None else (one_row.join(out),)

    return RenderOptions(id, family, engine, render, _words(keeps), base, (length, length), kind, shown)


def group(family: str, rows: Iterable[tuple], **common) -> tuple[RenderOptions, ...]:
    """Rows are (slug, template or templates, keeps) or the same with a dict of overrides."""
    out = []
    for slug, template, keeps, *more in rows:
        options = {**common, **(more[0] if more else {})}
        out.append(form(f"{family}.{slug}", family, template, keeps, **options))
    return tuple(out)


def secret_for(form: RenderOptions, rng: random.Random) -> str:
    """A random secret of the form; the same seed gives the same one."""
    low, high = max(8, form.length[0]), form.length[1]
    frame = "\n".join(form.render("")).lower()
    while True:
        secret = _draw(form, rng, rng.randint(low, high))
        pieces = (secret[i:i + 5].lower() for i in range(len(secret) - 4))
        if not any(piece in frame for piece in pieces):
            return secret


def _draw(form: RenderOptions, rng: random.Random, size: int) -> str:
    plain = [c for c in form.alphabet if c.isascii() and c.isalnum()]
    nasty = [c for c in form.alphabet if not (c.isascii() and c.isalnum())]
    digits = [c for c in plain if c.isdigit()]
    letters = [c for c in plain if not c.isdigit()] or plain
    head = rng.choice(letters) + rng.choice(digits) + rng.choice(letters) + rng.choice(plain)
    if set(nasty) <= set("+/-_."):
        # Keys and tokens of a machine: no pattern at all.
        body = "".join(rng.choice(form.alphabet) for _ in range(size - 5))
        return head + body + rng.choice(plain)
    # Runs of two to four with a digit in each, one or two nasty ones in between, all in turn:
    # so no five characters in a row are a piece of any ordinary text.
    rng.shuffle(nasty)
    turn, out, in_turn = list(nasty), head, 0
    while len(out) < size - 2:
        for _ in range(min(rng.choice((1, 1, 2)), size - 2 - len(out))):
            out += turn[in_turn % len(turn)]
            in_turn += 1
        run = [rng.choice(digits)] + [rng.choice(plain) for _ in range(rng.randint(1, 3))]
        rng.shuffle(run)
        out += "".join(run)
    out = out[:size - 2] + rng.choice(plain) + rng.choice(plain)
    if form.closed and nasty and rng.random() < 0.5:
        last = rng.choice([c for c in nasty if c != " "] or plain)
        out = out[:-1] + last
    return out
