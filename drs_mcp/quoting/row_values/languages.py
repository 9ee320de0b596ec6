"""Values in messages of PostgreSQL, SQL Server and MySQL, in whatever language the server speaks.

What is never translated tells them: the shape `(columns)=(values)`, the names of types before and
behind a value, the qualified name of a table in quotes. Of words there are those for a row that holds
something and for a value. English and Chinese have forms of their own (`errors`, `conversions`).
Sources: PostgreSQL's message catalogues, SQL Server's `sys.messages` (245, 2628, 8114), the errmsg-utf8.txt
of MySQL and MariaDB (1062, 1292, 1366, 1525, 1526).
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.forms import Form, bare, in_parentheses, quoted
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

_DUPLICATE: Final = (
    "doppelter eintrag", "duplicata du champ", "entrada duplicada", "valore duplicato", "дублирующаяся запись",
    "дублюючий запис", "중복된 입력 값", "dubbele ingang", "ens værdier", "like verdi", "zdvojený klíč",
    "zvojený klíč", "powtórzone wystąpienie", "dupliran unos", "opakovaný kľúč", "dublett", "duplikalt bejegyzes",
    "kattuv väärtus", "διπλή εγγραφή", "ingizo rudufu", "सामान प्रवेश",
)  # fmt: skip
_FOR_KEY: Final = r"\s?(?:für |pour |para |per |dla |по |для |voor |for |võtmele|za |för |για |kwa |a '|key |: key|\(číslo)"
_INCORRECT: Final = (
    r"falscher [^\n':]{1,40}-wert(?: gekürzt)?:|incorrecto [^\n':]{1,40} valor:|truncado (?:errado|incorrecto) [^\n':]{1,40} valor:"
    r"|equivocado truncado [^\n':]{1,40} valor:|不正な [^\n':]{1,40}値(?:が切り捨てられました。?)?[:：]|(?:不正确|截断)[^\n':]{1,40}值[:：]"
    r"|nicht zulässiger [^\n':]{1,40}-wert|hallado valor ilegal [^\n':]{1,40}?|发现的?非法[^\n':]{1,40}?"
)
_FOR_COLUMN: Final = (r" für (?:feld|funktion|spalte)", r" para (?:columna|función)", "用于列", " beim parsen", " durante el", "值")  # fmt: skip
_BEYOND: Final = ("außerhalb", " hors ", "en dehors", "fuera d", "fora d", "fuori ", "вне ", "выходит за", "utanför ", "範囲", "범위", "超出")  # fmt: skip
_OUT_OF_RANGE: Final = rf"(?: [^\W\d_]{{2,12}}){{0,3}}? ?(?:이|가|は|が|是)? ?(?:{'|'.join(word.strip() for word in _BEYOND)})"
_A_VALUE: Final = r"(?:wert|valeur|valore?|значени[ея]|wartość|waarde|värdet?|値|값|值)"

LANGUAGES: Final[dict[str, Form]] = {
    "duplicate_entry": Form(
        _DUPLICATE,
        rf"(?<![^\W_])(?:{'|'.join(_DUPLICATE)})(?:[ae]r)?\s?{_Q}",
        quoted(_FOR_KEY),
    ),
    "duplicate_behind": Form(
        (" duplicada para", " e duplicat "),
        rf"(?:entrada|cimpul) {_Q}",
        quoted(r" duplicada para", r" e duplicat ", must=True),
    ),
    "duplicate_ahead": Form(
        ("は索引",), r"'(?=(?:[^'\n]|''|'(?=\w)){1,100}+'? ?は索引)", quoted(" ?は索引", must=True)
    ),
    "incorrect_value": Form(
        ("-wert", " valor", "値", "非法", "值"),
        rf"(?<!\w)(?:{_INCORRECT})\s?{_Q}",
        quoted(*_FOR_COLUMN),
    ),
    "beyond_range": Form(
        _BEYOND,
        rf"(?<!\d){_A_VALUE}(?: [^\W\d_]{{1,20}}){{0,3}} ?{_Q}",
        quoted(_OUT_OF_RANGE, must=True),
    ),
    "without_partition": Form(
        ("keine partition",), r"für den wert (?!\?)", bare(r"[^\n]{1,400}?(?= keine partition)")
    ),
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
        rf"(?<![\w]){_VALUE} (?:{_TYPE}) {_Q}|(?<![\w.\"'`]){_TYPE} ?(?:-wert(?:e?s)?|の値|값|值) ?{_Q}",
        _IN_QUOTES,
    ),
    "cut_value": Form(
        ("valeur", "wert", "valor", "значение", "値", "값", "wartość", "värde"),
        rf"(?:valeur|wert|valore?|значение|値|값|wartość|värde)(?: [^\W\d_]{{3,20}})? ?[:：] ?{_Q}",
        _beside_table,
    ),
}
