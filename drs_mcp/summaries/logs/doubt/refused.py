"""Which warnings tell that the destination refused a write: a reply by its code, in the words of Redis.

`BUSYKEY` (the key was there), `WRONGTYPE`, `OOM`, `MISCONF`, `READONLY`, `NOPERM`, `CROSSSLOT` and `EXECABORT`: the
command was not carried out. What only passes (`LOADING`, `TRYAGAIN`, `MOVED`) is none, nor is a count of
zero, a condition, a policy, or a key that was then replaced.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_CODE = r"(?-i:\b(?:BUSYKEY|WRONGTYPE|MISCONF|READONLY|NOPERM|CROSSSLOT|EXECABORT|OOM)\b)"
_MADE_GOOD = r"(?![^;]{0,120}(?:\brepla[cy]|\boverwr|覆盖|替换|重放|改写))"
_REFUSED = re.compile(
    rf"\b(?:receiv|got\b|get\b|return|repl(?:y|ied)|answer|respon|respond|refus|reject)\w{{0,5}}[^;]{{0,60}}?{_CODE}{_MADE_GOOD}"
    rf"|(?:收到|返回|回复|响应|应答|报错?|拒绝)[^，。；;]{{0,30}}?{_CODE}{_MADE_GOOD}"
    rf"|{_CODE}\s++(?:error\s++)?(?:repl(?:y|ies)|response|answer|error)\b{_MADE_GOOD}|{_CODE}\s?(?:错误)?(?:响应|回复|应答|错误){_MADE_GOOD}"
    r"|(?-i:\bBUSYKEY)\s++Target\s++key\s++name\s++already\s++exists"
    r"|(?-i:\bOOM)\s++command\s++not\s++allowed|\bMISCONF\s++(?:Redis|Valkey)\s++is\s++configured|(?-i:\bWRONGTYPE)\s++Operation\s++against"
    r"|(?-i:\bREADONLY)\s++You\s++can't\s++write|(?-i:\bCROSSSLOT)\s++Keys\s++in|(?-i:\bNOPERM)\s++(?:this|no|user)\b|(?-i:\bEXECABORT)\s++Transaction\s++discarded",
    re.IGNORECASE,
)
_OWN_DENIAL = re.compile(
    r"\bnot\s++allowed\b|\bcan't\s++write\b|\bNOPERM\s++no\b|拒绝", re.IGNORECASE
)
_MAY_TELL = re.compile(r"BUSYKEY|WRONGTYPE|MISCONF|READONLY|NOPERM|CROSSSLOT|EXECABORT|OOM\b")


def refused_in(sentence: str) -> str:
    """The words of a sentence, in simplified characters, that tell of a refused write; empty for none."""
    if not _MAY_TELL.search(sentence):
        return ""
    return happened_in(sentence, _REFUSED, own=_OWN_DENIAL, tried=False)
