"""What the forms of row values share: the Form, how engines escape a text, and values from a seed.

A template names its values by number: «0», or «0:json» with a way to escape of its own. Rows of
the log are parted by ¶. The kinds of the values are one letter each (see KINDS).
"""
import json
import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Characters that a text value may hold beside letters and digits. 中 and 😀 stand for any of theirs.
FULL = "'\",(){}[]\\\n;中😀 -:@%&<=>"  # quoted and escaped: everything, and words of SQL
LINE = FULL.replace("\n", "")  # the same without line breaks
BARE = "'\",(){}\\中😀 -:@"  # printed as it is between quotes, with words of the message after it
ITEM = "'\"\\中😀 -@"  # printed as it is within a list: no separator of the list
WORD = "中😀-_'"  # printed as it is, with neither quotes nor brackets
KEYS = "{}_-中"  # a part of a Redis key

CJK = "澜泽骞芮祺翊瑾煜霖岑沁璟皓筠菡楷琮婧阮濮邵褚欧阳尉迟闻宓"
EMOJI = "😀🎉🐼🚀🍜💎🌵🦊"
SQLISH = (" -- ", "/*", "*/", " where ", " values (", "; ", "$1", "?", "%s", " and ", "null,")
STEMS = ("zu", "mir", "kel", "bav", "tok", "run", "pex", "lid", "gom", "fay", "wub", "hes", "nij",
         "cro", "dal", "vin", "quo", "sep", "jur", "yab")
COMMON = frozenset({"example", "mail", "where", "values", "null"})
KINDS = {
    "t": "text by the alphabet", "e": "e-mail", "w": "one word", "n": "whole number",
    "m": "negative number", "d": "decimal number", "f": "number with an exponent", "D": "date",
    "T": "date and time", "O": "ObjectId", "x": "hex digits", "b": "bits", "u": "UUID",
    "p": "12 letters", "y": "bytes as \\xNN", "h": "phone number", "o": "date as Oracle writes it",
}
NUMERIC = frozenset("nmdfDTo")


@dataclass(frozen=True)
class RenderOptions:
    id: str
    engine: str
    family: str
    render: Callable[[tuple[str, ...]], tuple[str, ...]]
    values: int
    keeps: tuple[str, ...]
    alphabet: str
    numeric: bool = False
    kinds: str = ""  # one letter per value, see KINDS


def _double(mark: str) -> Callable[[str], str]:
    return lambda value: value.replace(mark, mark * 2)


def _mysql(mark: str, double: bool) -> Callable[[str], str]:
    put = mark * 2 if double else "\\" + mark
    return lambda v: v.replace("\\", "\\\\").replace(mark, put).replace("\n", "\\n")


def _json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _redis(value: str) -> str:
    """Redis' own way to print a text: bytes beyond ASCII as \\xNN."""
    plain = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return "".join(c if c < "\x7f" else "".join(f"\\x{b:02x}" for b in c.encode()) for c in plain)


ESCAPES: dict[str, Callable[[str], str]] = {
    "raw": str,
    "my": _mysql("'", True),
    "myb": _mysql("'", False),
    "mydq": _mysql('"', True),
    "mydqb": _mysql('"', False),
    "std": _double("'"),
    "dq": _double('"'),
    "estr": _mysql("'", False),
    "json": _json,
    "ascii": lambda value: json.dumps(value)[1:-1],
    "jsonstd": lambda value: _json(value).replace("'", "''"),
    "jsonmy": lambda value: _mysql("'", True)(_json(value)),
    "json2": lambda value: _json(_json(value)),
    "stdstd": lambda value: value.replace("'", "''''"),
    "stdjson": lambda value: _json(value.replace("'", "''")),
    "copy": lambda v: v.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"),
    "binlog": lambda v: v.replace("\\", "\\x5c").replace("'", "\\x27").replace("\n", "\\x0a"),
    "redis": _redis,
    "xml": lambda v: v.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
    "pgarr": lambda v: v.replace("\\", "\\\\").replace('"', '\\"').replace("'", "''"),
    "hex": lambda v: v.encode().hex().upper(),
    "lowhex": lambda v: v.encode().hex(),
    "asc": lambda v: "".join(c if " " <= c < "\x7f" else " " * len(c.encode()) for c in v),
    "uni": lambda v: "".join(c if c < "\x7f" else f"\\+{ord(c):06X}"
                             for c in v.replace("\\", "\\\\").replace("'", "''")),
}
_HOLE = re.compile(r"«(\d+)(?::(\w+))?»")


def _renderer(template: str, escape: str) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    def render(values: tuple[str, ...]) -> tuple[str, ...]:
        def fill(hole: re.Match[str]) -> str:
            return ESCAPES[hole[2] or escape](values[int(hole[1])])
        return tuple(_HOLE.sub(fill, row) for row in template.split("¶"))
    return render


def group(engine: str, family: str, rows: Iterable[tuple[str, ...]], prefix: str) -> list[RenderOptions]:
    """Forms of (id, template, keeps joined by |, kinds, escape, alphabet); the last 2 optional."""
    forms = []
    for name, template, keeps, kinds, *more in rows:
        escape = more[0] if more else "raw"
        alphabet = more[1] if len(more) > 1 else (ITEM if escape == "raw" else FULL)
        used = {int(hole) for hole, _ in _HOLE.findall(template)}
        assert used == set(range(len(kinds))), f"{prefix}-{name}: holes {used}, kinds {kinds}"
        forms.append(RenderOptions(f"{prefix}-{name}", engine, family, _renderer(template, escape),
                          len(kinds), tuple(keeps.split("|")), alphabet,
                          set(kinds) <= NUMERIC, kinds))
    return forms


def _word(rng: random.Random, parts: int = 3) -> str:
    return "".join(rng.choices(STEMS, k=parts))


def _text(rng: random.Random, alphabet: str) -> str:
    if rng.random() < 0.15:
        joint = "'" if "'" in alphabet and rng.random() < 0.5 else "."
        return f"{_word(rng)}{joint}{_word(rng, 2)}@{_word(rng)}.example.com"
    parts = [_word(rng).capitalize() if rng.random() < 0.5 else _word(rng)]
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
        sign = rng.choice(alphabet)
        if sign == "中":
            sign = "".join(rng.choices(CJK, k=3))
        elif sign == "😀":
            sign = rng.choice(EMOJI)
        elif sign == ";":
            sign = rng.choice(SQLISH)
        parts += [sign, _word(rng, rng.randint(2, 3))]
    value = "".join(parts)
    if rng.random() < 0.3:  # a sign at the end, or at the beginning: only such as can stand there
        edges = [c for c in alphabet if c in "'\"\\"]
        if edges:
            value = value + rng.choice(edges) if rng.random() < 0.7 else rng.choice(edges) + value
    return value


def _one(kind: str, rng: random.Random, alphabet: str) -> str:
    day = f"{rng.randint(1941, 2009)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    number = str(rng.randint(10 ** (size := rng.randint(5, 11)), 10 ** (size + 1) - 1))
    match kind:
        case "e":
            return f"{_word(rng)}.{_word(rng, 2)}@{_word(rng)}.example.com"
        case "w":
            return _word(rng, 4)
        case "n":
            return number
        case "m":
            return "-" + number
        case "d":
            return f"{number[:7]}.{rng.randint(10, 99)}"
        case "f":
            return f"{rng.randint(1, 9)}.{rng.randint(10001, 99999)}e+{rng.randint(10, 40)}"
        case "D":
            return day
        case "T":
            clock = f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}"
            return f"{day} {clock}"
        case "o":
            month = rng.choice(("JAN", "MAR", "JUN", "OCT", "DEC"))
            return f"{rng.randint(10, 28)}-{month}-{day[:4]}"
        case "O":
            return f"{rng.getrandbits(96):024x}"
        case "x":
            return f"{rng.getrandbits(96):024X}"
        case "b":
            return f"{rng.getrandbits(24):024b}"
        case "u":
            bits = f"{rng.getrandbits(128):032x}"
            return "-".join((bits[:8], bits[8:12], bits[12:16], bits[16:20], bits[20:]))
        case "p":
            return "".join(rng.choices("bcdfghjklmnpqrstvwxz", k=12))
        case "y":
            return "".join(f"\\x{rng.randint(0x80, 0xFF):02X}" for _ in range(6))
        case "h":
            return f"155{rng.randint(10000000, 99999999)}"
    return _text(rng, alphabet)


def values_for(form: RenderOptions, rng: random.Random) -> tuple[str, ...]:
    """Values that differ, one for each hole; the same seed gives the same ones."""
    values: list[str] = []
    while len(values) < form.values:
        value = _one(form.kinds[len(values)], rng, form.alphabet)
        if value not in values and not any(keep in value for keep in form.keeps):
            values.append(value)
    return tuple(values)


def fragments(value: str) -> tuple[str, ...]:
    """What of a value must not be seen, even when its signs are escaped: its longer pieces."""
    if re.fullmatch(r"[\d.:e+ -]+|(\\x[0-9A-F]{2})+|\d\d-[A-Z]{3}-\d{4}|[0-9a-f-]{36}", value):
        return (value,)
    pieces = re.findall(r"[A-Za-z0-9]{6,}|[\u4e00-\u9fff]{3,}", value)
    return tuple(p for p in pieces if p.lower() not in COMMON) or (value,)
