"""Words of trouble within names, which tell nothing: `44 rows to shop.skipped_items`, `表 丢失记录`.

A name of two or three parts, or one behind the word for a table or in backticks. Its words of trouble
are written in letters that are no less letters, but that no rule looks for; all else stays in place, and
`unmasked` gives the text back. A dot may end a sentence (`3 rows lost.Skipped 5`), counters (`records.skipped=4`) and
queues of dead letters do tell: none of them is a name.
"""

import re
from typing import Final

_TROUBLE: Final = re.compile(
    r"(?<![A-Za-z])(?:skip[a-z]{0,4}|ignor[a-z]{1,3}|discard[a-z]{0,3}|abandon[a-z]{0,3}|drop(?:s|p[a-z]{2,3})?|reject[a-z]{0,3}|los(?:t|s|ses|ing)|miss(?:ed|ing)"
    r"|fail(?:s|ed|ures?|ing)?|err(?:ors?|ored)?|dirty|removed|excluded|delet(?:ed?|es|ions?)|evict[a-z]{0,4}|expired?|purged?|truncated?|conflicts?|duplicate[ds]?"
    r"|overwritten|invalid|unknown|suspended|paused|stopped|gone|abort[a-z]{0,3})(?![A-Za-z])",
    re.IGNORECASE,
)
_TROUBLE_ZH: Final = re.compile(
    r"跳过|略过|丢[失弃]|遗[失漏]|忽略|拒绝|缺失|舍弃|放弃|失败|异常|错误|脏数据|删除|清[理空]|移除|冲突|重复|截断|失效|过期|淘汰|暂停|停止"
)
_MAY_HOLD: Final = re.compile(rf"{_TROUBLE.pattern}|{_TROUBLE_ZH.pattern}", re.IGNORECASE)
_KIND: Final = r"(?:(?:tables?|collections?|views?|keyspaces?|topics?)\s|(?:(?<![列报代])表|集合|视图|主题)\s?)"
_OPENS: Final = r"(?<![A-Za-z0-9_$.])"
_CLOSES: Final = r"(?![A-Za-z0-9_$(/-]|\.[A-Za-z0-9_]|\s?[:=]\s?\d)"
_PART: Final = r"[A-Za-z_][A-Za-z0-9_$]{0,63}"  # Chinese words follow a name without a blank
_NAME: Final = re.compile(
    rf"{_OPENS}(?<![/@:=-])(?!(?-i:[A-Za-z0-9_$]{{1,64}}\.[A-Z][a-z]+)(?![A-Za-z0-9_$.])){_PART}(?:\.{_PART}){{1,2}}{_CLOSES}"
    r"|`[^`\s]{1,64}`(?!\s?(?:[:=]|rows|records|events|keys|行))"
    rf"|(?<![A-Za-z]){_KIND}(?:(?<=\s)(?=[a-z\d$]{{0,40}}_){_PART}{_CLOSES}"
    r"|['\"“‘「《][^'\"”’」》\s]{1,64}['\"”’」》]"
    r"|(?<=\s)[\u4e00-\u9fff_]{2,16}(?=\s已?(?:同步|应用|写入|加载|复制|迁移|回放|套用|导入|创建|完成)))",
    re.IGNORECASE,
)
_PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BOLD: Final = "".join(
    chr((0x1D41A if one.islower() else 0x1D400) + ord(one.lower()) - ord("a")) for one in _PLAIN
)
_CHARACTERS: Final = "".join(sorted(set(re.sub(r"[^\u4e00-\u9fff]", "", _TROUBLE_ZH.pattern))))
_RARE: Final = "".join(chr(0x20000 + place) for place in range(len(_CHARACTERS)))
_AWAY: Final = str.maketrans(_PLAIN + _CHARACTERS, _BOLD + _RARE)
_BACK: Final = str.maketrans(_BOLD + _RARE, _PLAIN + _CHARACTERS)


def masked(text: str) -> str:
    """A text, in simplified characters, in whose names no word of trouble is found."""
    return _NAME.sub(_quiet, text) if _MAY_HOLD.search(text) else text


def unmasked(text: str) -> str:
    """What `masked` was given, or a part of it."""
    return text.translate(_BACK)


def _quiet(name: re.Match[str]) -> str:
    # The first letter stays, as a name is known by it.
    plain = _TROUBLE.sub(lambda one: one[0][0] + one[0][1:].translate(_AWAY), name[0])
    return _TROUBLE_ZH.sub(lambda one: one[0].translate(_AWAY), plain)
