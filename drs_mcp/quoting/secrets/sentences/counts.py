"""What a text tells of a table or a column whose name ends in `password`: how many rows, no secret.

`shop.user_password: 120394 rows`, `表user_token：7行`, `table user_password: copied`. That a number
counts is told by the word behind it, the noun before the name, or the names beside it that have
numbers, too.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.values import Scan

_THINGS: Final = (
    r"(?:rows?|records?|tuples?|documents?|docs?|entry|entries|lines?|events?|items?|partitions?|chunks?"
    r"|batch(?:es)?|nulls?|differences|bytes|[kmgt]i?b|inserts?|updates?|deletes?)(?![\w\-])(?!\s?[=:])"
)
_THINGS_CJK: Final = "(?:[万萬]?(?:行|条|條|笔|筆|个|個|张|張|件|次|份|项|項|字节|差异|差異|记录|記錄|文档|数据|レコード|건|행|개))"
_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,18}(?:\.\d{1,4})?(?![\w.]))"
_AMOUNT: Final = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,18}(?:\.\d{1,4})?)"
_COUNT = re.compile(
    rf"(?:{_AMOUNT}(?:\s?/\s?|\s(?:(?:out\s)?of|vs\.?)\s))?{_AMOUNT}"
    rf"(?:\s{_THINGS}|\s?(?:%(?=[\s,;.)]|\Z)|{_THINGS_CJK}))"
)
_NUMERAL = re.compile(rf"{_NUMBER}(?=[,;)\]}}，；。、]|\.?(?:\s|\Z))")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)")
_SMALL_OR_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})*(?!\d)")
_QUALIFIED = re.compile(r"[`\"\]]\.[`\"\[]?\Z")
_SCHEMA: Final = r"[`\"'\[]?(?:[\w$]{1,64}[`\"\]]?\.[`\"\[]?)?\Z"
_OF_TABLE = re.compile(
    r"(?:(?<![a-z])(?:tables?|relations?|collections?|views?|(?:rows?|records?|count) (?:of|in|from|for))\s"
    rf"|(?:表|集合|视图|視圖)名?\s?){_SCHEMA}"
)
_OF_COLUMN = re.compile(
    rf"(?:(?<![a-z])(?:columns?|fields?|index(?:es)?)\s|(?:字段|欄位|列|索引)名?\s?){_SCHEMA}"
)
_AMONG_COUNTED = re.compile(
    rf"(?<![\w.$])[a-z_][\w.$]{{1,128}}[`\"]?(?:\s?[:：]\s?{_NUMBER}(?:\s{_THINGS})?|\s?[:：]\s?\d{{1,18}}{_THINGS_CJK}|\s{_NUMBER})"
    rf"\s?[,;，；、]\s?(?:tables?\s|表\s?)?{_SCHEMA}"
)
_AND_MORE = re.compile(r"\d{1,18}, (?:over )?\d{1,9} (?:more|others)\b")
_SAID = re.compile(
    r"(?:cop(?:ied|ying)|load(?:ed|ing)|migrat(?:ed|ing)|synch?(?:roni[sz])?(?:ed|ing)|creat(?:ed|ing)|dropp(?:ed|ing)|skipp(?:ed|ing)"
    r"|truncat(?:ed|ing)|finish(?:ed|ing)|complet(?:ed|ing)|start(?:ed|ing)|fail(?:ed|ing)|exists|verif(?:ied|ying)|compar(?:ed|ing)"
    r"|check(?:ed|ing)|(?:in)?consistent|identical|differs?|different|insert(?:ed|ing)|updat(?:ed|ing)|delet(?:ed|ing)|appl(?:ied|ying)"
    r"|waiting|retrying|no|all|rows|data|structure|index)(?=[\s,;.]|\Z)|[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2}"
)
_CJK = re.compile(r"[\u3400-\u9fff]{1,2}(?=\s?\d)")
_PARTED = re.compile(r"[._]")
_SIGNS: Final = (":", "：", "=>", "->", "→")
_REACH: Final = 240


def is_told_of_table(scan: Scan, at: int, name: str, start: int, sign: str = "") -> bool:
    """Whether what stands at *at* is told of a table or column with the *name* of a secret.

    Args:
        scan: the text.
        at: where it stands.
        name: the name.
        start: where the name begins.
        sign: what parts the two; empty for a blank.
    """
    low = scan.low
    if not low[at : at + 1].isdigit():
        if not sign:
            return _PARTED.search(name) is not None and _CJK.match(low, at) is not None
        return (
            sign in _SIGNS
            and _PARTED.search(name) is not None
            and _SAID.match(scan.text, at) is not None
            and _OF_TABLE.search(scan.before(start)[-_REACH:].lower()) is not None
        )
    counts = _COUNT.match(low, at) is not None
    if not counts and not _NUMERAL.match(low, at):
        return False
    before = scan.before(start)[-_REACH:].lower()
    compound = _PARTED.search(name) is not None or _QUALIFIED.search(before) is not None
    small = _SMALL_OR_GROUPED.match(low, at) is not None
    if (compound or counts or small) and _OF_TABLE.search(before):
        return True
    if counts and _OF_COLUMN.search(before):
        return True
    if sign and sign not in _SIGNS:
        return False
    if counts and (compound or (small and sign)):
        return True
    if compound and _GROUPED.match(low, at):
        return True
    if compound and not sign and (small or _AND_MORE.match(low, at)):
        return True
    return (compound or counts) and _AMONG_COUNTED.search(before) is not None
