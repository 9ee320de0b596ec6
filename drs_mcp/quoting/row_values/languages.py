"""Values in messages of PostgreSQL and SQL Server, in whatever language the server speaks.

What is never translated tells them: the shape `(columns)=(values)`, the names of types before and
behind a value, the qualified name of a table in quotes. Of words there are those for a row that holds
something and for a value. English and Chinese have forms of their own (`errors`, `conversions`).
Sources: PostgreSQL's message catalogues, SQL Server's `sys.messages` (245, 2628, 8114).
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.forms import Form, in_parentheses, quoted
from drs_mcp.quoting.row_values.spans import Found

_Q = r"(?:\\{0,8}[\"']|[“‘「『«»])"
_IN_PARENTHESES, _IN_QUOTES = in_parentheses(), quoted()
_TYPE = (
    r"(?:(?:small|tiny|big)?int(?:eger|\d)?|n?(?:var)?char|character varying|text|numeric|decimal|float\d?|real"
    r"|double precision|money|date|time|timestamp(?:tz)?|datetime\d?|datetimeoffset|interval|bool(?:ean)?|uuid"
    r"|uniqueidentifier|jsonb?|xml|inet|cidr|bytea|varbinary|bit)(?![a-z0-9_])"
)


_QUALIFIED = re.compile(r"[\"'“«‘「][\w$ ]{1,128}(?:\.[\w$ ]{1,128}){1,2}[\"'”»’」]")
_LONGEST: Final = 500


def _beside_table(folded: str, start: int, end: int, bound: int) -> Found:
    """The value that was too long for a column of the table named before."""
    if _QUALIFIED.search(folded, max(start - _LONGEST, 0), start) is None:
        return Found([], end)
    return _IN_QUOTES(folded, start, end, bound)


_VALUE = r"(?:valeur|valore?|значени[ея]|wartość|wartości|värdet?)"
_ROW = r"(?:ligne|fila|zeile|строка|linha|registro|riga|raden?|wiersz)"

LANGUAGES: Final[dict[str, Form]] = {
    "columns_and_values": Form(
        (")=(",),
        r"(?<=[\s\"'«»“„‘「])(?<!where\s)(?<!and\s)(?<!or\s)(?<!on\s)(?<!not\s)(?<!when\s)(?<!having\s)"
        r"\((?=[^\W\d]|\")(?:[^()\n]|\([^()\n]{0,100}\)){1,300}\)=\((?!\?\))",
        _IN_PARENTHESES,
    ),
    "row_holds": Form(
        (
            "contient (",
            "enthält (",
            "contiene (",
            "содержит (",
            "contém (",
            "innehåller (",
            "行は(",
        ),
        rf"(?<![\w]){_ROW}[^\n(.:]{{0,40}}? (?:contient|enthält|contiene|содержит|contém|innehåller) \((?!\?\))"
        r"|(?<=た)行は\((?!\?\))",
        _IN_PARENTHESES,
    ),
    "of_type": Form(
        ("le type ", "typ ", "tipo ", "типа ", "typu ", "入力構文"),
        rf"入力構文[^\n\"'«»“:：]{{0,12}}[:：]\s?{_Q}"
        rf"|(?<![\w])(?:le type|typ|tipo|типа|typu) [\"«»]?{_TYPE}[^\n\"'«»“:：]{{0,30}}[\"»«]?[^\n\"'«»“:：]{{0,30}}[:：]\s?{_Q}",
        _IN_QUOTES,
    ),
    "converted_value": Form(
        ("valeur ", "valor", "значени", "wartoś", "-wert", "の値", "값", "值"),
        rf"(?<![\w]){_VALUE} (?:{_TYPE}) {_Q}|(?<![\w.\"'`]){_TYPE} ?(?:-werts?|の値|값|值) ?{_Q}",
        _IN_QUOTES,
    ),
    "cut_value": Form(
        ("valeur", "wert", "valor", "значение", "値", "값", "wartość", "värde"),
        rf"(?:valeur|wert|valore?|значение|値|값|wartość|värde)(?: [^\W\d_]{{3,20}})? ?[:：] ?{_Q}",
        _beside_table,
    ),
}
