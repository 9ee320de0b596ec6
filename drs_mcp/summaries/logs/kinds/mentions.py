"""Which lines hold the words of an error without one: it is over, counted as zero, a setting, or a hint."""

import re

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.harmless.no_event import is_hint
from drs_mcp.text_cache import text_cache

_OVER = re.compile(
    r"\b(?:has|have|had|was|were|is|are|been|got)\s++(?:\w++\s++)?(?:resolved|cleared|fixed|handled|solved|gone|overcome)\b"
    r"|\b(?:previous|former|earlier|last)\s++(?:errors?|failures?|alarms?)\b.{0,120}?\b(?:resolved|cleared|fixed|solved|over|gone)\b"
    r"|\b(?:resolved|cleared|fixed)\s++(?:the\s++)?(?:previous\s++)?(?:errors?|failures?|alarms?)\b"
    r"|(?:已经?|均已|都已)(?:解决|消除|清除|修复|排除|處理|解決|清除|修復)|(?:告警|错误|異常|异常|錯誤)(?:已)?(?:恢复|消除|解除|恢復)",
    re.IGNORECASE,
)
_NOT_OVER = re.compile(
    r"\b(?:not|never|cannot|until|unless|once|must\s++be|should\s++be|to\s++be|n't)\b|尚未|未(?:能)?(?:解决|消除|清除|修复)|无法",
    re.IGNORECASE,
)
_NONE_OF_IT = re.compile(
    r"\b(?:0|no|zero)\s++(?:\w++\s++){0,2}?(?:errors?|failures?|exceptions?|deadlocks?|time-?outs?)\b"
    r"|\b(?:errors?|failures?|exceptions?)\s*+[:=]\s*+0(?![\d.])|没有错误|無錯誤|无错误|0\s*+个错误",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"[^\W\d]\s*+[:=]\s*+(?P<count>\d++)(?![\d.\w-])")
_LEAST_COUNTS = 2
_SETTING = re.compile(
    r"\b(?:retr(?:y|ies)|error|alarm|restart|recovery|skip|ignore|fault|conflict)[ _-]*+(?:\w++[ _-])?"
    r"(?:policy|policies|rules?|list|codes|settings?|config\w*|strategy|conditions?|patterns?)\b"
    r"|\b(?:on|for|upon|in\s++case\s++of)\s*+[\[{(][^\])}]{3,400}[\])}]\s*+(?:,\s*+)?(?:do|retry|restart|skip|ignore|alarm|stop)\b"
    r"|\b(?:is|are)\s++(?:configured|set)\s++to\b|\b(?:if|when|whenever)\b.{1,120}\b(?:will|would|shall|then)\b"
    r"|(?:重试|告警|错误|忽略|跳过|重試|錯誤)(?:策略|规则|列表|配置|設定|規則)",
    re.IGNORECASE,
)
_SEARCHED = 600


@text_cache(4096)
def only_mentions(message: str) -> bool:
    """Whether a line of no grave level only mentions an error: resolved, counted as none, a setting, a hint."""
    text = message[:_SEARCHED]
    over = _OVER.search(text)
    if over and not _NOT_OVER.search(text[max(over.start() - 24, 0) : over.end()]):
        return True
    if _NONE_OF_IT.search(text) or _SETTING.search(text) or is_hint(simplified(text)):
        return True
    counts = [found["count"] for found in _COUNTS.finditer(text)]
    return len(counts) >= _LEAST_COUNTS and not any(int(count) for count in counts)
