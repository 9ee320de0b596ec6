"""The key that SQL Server found twice, in whatever language the server speaks.

Errors 2627, 2601 and 1505 end alike in every language: sentences that name the constraint or the index
and the object, and a last one that says what the key is, in parentheses. The names are quoted or hold
a dot (the object's schema), PRIMARY KEY and UNIQUE KEY are never translated. Source: `sys.messages`.
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.forms import Form, in_parentheses
from drs_mcp.quoting.row_values.spans import Found

_IS = "est|es|ist|è|é|är|klucza to"
_VALUE_IS = ("值是", "值为", "值為", "値は", "값은", "값:")
_NEEDS = (
    *(f"{word} (" for word in (" est", " es", " ist", " è", " é", " är", "klucza to")),
    ": (",
    *_VALUE_IS,
)
_WORDS = (
    rf"(?<=\s)(?:{_IS})\s\((?!\?\))|(?<=[^\W\d_])\s?:\s\((?!\?\))"
    rf"|(?<=[\u3040-\u9fff\uac00-\ud7af\s])(?:{'|'.join(_VALUE_IS)})\s?[(（](?!\?[)）])"
)
_LABEL = re.compile(
    r"[^\W\d_]{8,40}|[^\W\d_]+(?:[ '’][^\W\d_]+){1,8} ?|[\u3040-\u9fff\uac00-\ud7af][\u3040-\u9fff\uac00-\ud7af ]{3,40}"
)
_ANOTHER = re.compile(
    r"error|reason|code|cause|status|错误|錯誤|原因|代码|代碼|状态|エラー|오류|fehler|erreur|ошибк|fout"
    r"|column|colonn|columna|coluna|spalte|столб|kolom|列|欄|カラム|열"
)
"""What else a last sentence tells in parentheses."""
_QUOTED = re.compile(r"[\"'“„«‘「『][^\"'“”„«»‘’「」『』\n]{1,160}[\"'”“»’」』]")
_QUALIFIED = re.compile(r"(?<![\w.])\w{1,128}\.\w{1,128}(?!\w|\.\w)")
_KINDS = ("primary key", "unique key")
_SIGNS: Final = " \n\r:(（"
_LONGEST: Final = 700
_PARENTHESES = in_parentheses()


def _told_key(folded: str, start: int, end: int, bound: int) -> Found:
    """`… 'PK_U' … 'dbo.U'. Der doppelte Schlüsselwert ist (5, Anna).`; of a constraint and an object."""
    before = folded[max(start - _LONGEST, 0) : start]
    ended = max(before.rfind(sign) for sign in (". ", ".\n", "。"))
    label = f"{before[ended + 1 :]}{folded[start:end]}".strip(_SIGNS)
    if ended < 0 or not _LABEL.fullmatch(label) or _ANOTHER.search(label):
        return Found([], end)
    names = before[: ended + 1]
    constraint = any(kind in names for kind in _KINDS) or any(
        "." not in name for name in _QUOTED.findall(names)
    )
    if not constraint or not _QUALIFIED.search(names):
        return Found([], end)
    return _PARENTHESES(folded, start, end, bound)


_VALUE_OF_KEY: Final = (
    "schlüsselwert ist", "clé dupliquée :", "clé dupliquée:", "clave duplicada es", "chiave duplicata:", "duplikált kulcsérték",
    "sleutelwaarde is", "dupliserte nøkkelen er", "zduplikowanego klucza to", "chave duplicada é", "arvon kaksoiskappale on",
    "dubblettnyckelvärdet är", "dubletnøgleværdien er", "duplicitního klíče je", "yinelenen anahtar değeri:",
    "διπλότυπου κλειδιού είναι", "повторяющееся значение ключа:", "중복 키 값은", "重複するキーの値は", "重复键值为", "索引鍵值是",
)  # fmt: skip
"""SQL Server's 2601 and 2627 in its languages, before the value in parentheses."""

DUPLICATES: Final[dict[str, Form]] = {
    "told_key": Form(_NEEDS, _WORDS, _told_key),
    "value_of_key": Form(
        _VALUE_OF_KEY,
        rf"(?<!\d)(?:{'|'.join(_VALUE_OF_KEY)})\s{{0,2}}[(（](?!\?[)）])",
        _PARENTHESES,
    ),
}
