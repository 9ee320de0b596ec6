"""Which lines say that the destination holds rows twice, or as one that were several.

Rows that were, or may have been, written twice, duplicates that are there, and keys or rows that were
merged. Duplicates that were left out, that the source holds, and changes that were put together in a
batch are none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_ROWS = r"(?:rows?|records?|documents?|entries|tuples?|messages|events|changes|batch(?:es)?)"
_KEPT = r"(?:rows|records|documents|keys|entries|tuples)"
_N = r"(?<![\w.,])[1-9][\d,]*+"
_WRITTEN = r"(?:written|inserted|applied|loaded|imported|copied|replayed|stored|added|sent|delivered|published|produced)"
_DOUBLED = re.compile(
    rf"\b{_ROWS}\b[^;]{{0,60}}?\b{_WRITTEN}\s++(?:\w++\s++)?(?:twice|two\s++times|a\s++second\s++time|more\s++than\s++once|doubly)\b"
    rf"|\b{_WRITTEN}\s++(?:{_N}\s++)?{_ROWS}\s++(?:twice|more\s++than\s++once|a\s++second\s++time)\b"
    rf"|{_N}\s++(?:\w++\s++)?(?:duplicated?|doubled)\s++(?:{_ROWS}|keys)\b"
    rf"|{_N}\s++(?:\w++\s++){{0,2}}?{_KEPT}\b[^;]{{0,60}}?\b(?:was|were|are|been)\s++(?:\w++\s++)?(?:duplicated|doubled|merged|collapsed|folded\s++into\s++one)\b"
    rf"|\bduplicate[sd]?\s*+[:=]\s*+{_N}\s++(?:{_ROWS}|keys)\b"
    rf"|\bmerged\s++{_N}\s++(?:\w++\s++)?{_KEPT}\b",
    re.IGNORECASE,
)
_DOUBLED_ZH = re.compile(
    rf"重复(?:写入|插入|应用|导入|加载|回放|落库|投递|发送)(?:了)?[^，。；;\d]{{0,8}}?{_N}\s*+[行条笔个]"
    rf"|{_N}\s*+[行条笔个][^，。；;]{{0,16}}?(?:被|已|可能|会)?重复(?:写入|插入|应用|导入|加载|回放|落库|投递|发送)"
    rf"|{_N}\s*+[行条笔个](?:重复的?(?:数据|记录|行)|(?:(?!分区|批|语句|事务|更新|变更|文件)[^，。；;]){{0,16}}?被?合并(?!为一?[批个]))"
    rf"|(?:存在|产生|出现|含有?|有)\s*+{_N}\s*+[行条笔个]重复",
)
_INNOCENT = re.compile(
    r"\b(?:at|in|on|of|from)\s++the\s++source\b|\bsource\s++(?:table|holds|has|contains)|\b(?:ignored|skipped|dropped|discarded|removed|deleted|de-?duplicat\w*|already\s++applied)\b"
    r"|\binto\s++(?:one|a|an|\d)\b[^;]{0,16}?\b(?:batch|statement|transaction|insert|request|command|write)\b|源[库端表]|去重|忽略|跳过|丢弃|删除|清除|批量",
    re.IGNORECASE,
)
"""Where duplicates are, or what became of them, so that the destination holds none."""
_OWN = re.compile(r"\b(?:may|might|could)\s++(?:have|be)\b|可能|会", re.IGNORECASE)
"""What nobody vouches for is as bad."""
_MAY_TELL = re.compile(
    r"twice|two times|second time|than once|doubl|duplicate|merged|collapsed|folded|重复|合并",
    re.IGNORECASE,
)
"""Without one of these no line tells it: looked for first."""


def doubled_in(text: str) -> str:
    """The words that say that rows are there twice, or were merged; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _MAY_TELL.search(text):
        return ""
    return happened_in(text, _DOUBLED, _DOUBLED_ZH, unless=(_INNOCENT,), own=_OWN)
