"""Which lines say, at whatever level, that something stopped or failed: by a thread, or a level within."""

import re

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.lost.told import is_fact
from drs_mcp.summaries.logs.levels import ERROR, level_in
from drs_mcp.text_cache import text_cache

_WHO = (
    r"(?:apply(?:ing)?|applier|sync\w*|replay(?:er)?|captur\w+|extract\w*|incremental|replication|migration"
    r"|task|job|sql|i/?o|reader|writer|worker|dump|parser|binlog|component|engine)"
)
_PART = r"(?:threads?|process(?:es)?|workers?|tasks?|jobs?|components?|services?|synchroni[sz]ation|replication|node)"
_STOPPED = re.compile(
    rf"(?<![\w.`-])(?:(?:{_WHO}\s+){{1,3}}{_PART}|(?:task|job|replication|synchroni[sz]ation|applier|capturer))"
    r"\s+(?:(?:has|have|had|was|is|are|been|unexpectedly|abnormally|suddenly|got)\s+){0,4}"
    r"(?:stopped|died|dead|crashed|abort(?:ed|s)|terminated|interrupted|abnormal|killed|hung|stuck|halted|broken)\b"
    r"(?!\s+(?:normally|as\s+planned|gracefully|successfully|records?|rows?))",
    re.IGNORECASE,
)
_STOPPED_ZH = re.compile(
    r"(?:任务|同步|迁移|复制|增量|回放|抓取|解析|应用|日志)(?:任务|线程|进程|组件|链路|服务|同步|回放|抓取|解析|复制){0,3}"
    r"(?:已经|已|被|发生|出现|状态|意外|：|:){0,2}(?:异常|中断|中止|终止|停止|挂起|挂死|卡住)"
    r"(?!检测|检查|监控|告警|恢复|处理|次数|数据|规则|阈值|时|则|后将|前|点)"
)
_NO_ZERO = (
    r"(?!\s++0\b|(?:\s++(?:counts?|counter|times|number|total|so|far|since|in|within|during|the|last|start|\d++"
    r"|hours?|minutes?|days?|seconds?)){0,6}\s*+[:=]\s*+0\b)"
)
_NO_SETTING = (
    r"(?!\s*+[:=]|\s++(?:(?:is|was|of)\s++)?"
    r"(?:\d|(?:set|value|param\w*|threshold|interval|config\w*|settings?)\b(?!\s++(?:reached|exceeded))))"
)
_NOT_BEFORE = "".join(
    rf"(?<!\b{word}\s)" for word in ("no", "0", "zero", "not", "never", "without")
)
_SILENT = re.compile(
    r"(?<![\w.`-])heart-?beats?(?![\w`-])(?:\s++(?!(?:0|no|not|never)\b)\w++){0,5}?\s++"
    rf"(?:lost|missed|missing|broken|stopped|timed\s++out|time-?out{_NO_SETTING}|expired|failed"
    rf"|not\s++(?:been\s++)?received)\b{_NO_ZERO}"
    rf"|\b{_NOT_BEFORE}(?:lost|missed|missing)\s++(?!0\b)(?:\w++\s++){{0,3}}?heart-?beats?\b{_NO_ZERO}"
    r"|\bno\s++heart-?beats?\s++(?:(?:was|were|has|have|been)\s++){0,2}(?:received|from|for|since)\b"
    r"|心跳(?:包|信号|检测|连接)?(?:已经|已|发生|出现)?(?:丢失|超时(?!时间|阈值|设置|\s*+[:：=])|中断|异常|失败|停止)"
    r"(?!(?:次数|数)?\s*+(?:为|是|[:：=])?\s*+0(?![\d.]))"
    r"|(?:未|没有)收到[^，。；\s]{0,16}?心跳",
    re.IGNORECASE,
)
"""That one side is not heard of anymore: how far behind it is, nobody knows then."""
_HEARTBEAT = re.compile(r"(?<![a-z])heart-?beat|心跳", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:if|when|once|until|before|unless|will|would)\b|如果|若|当", re.IGNORECASE
)
_STARTED = re.compile(
    rf"(?<![\w.`-])(?:{_WHO}\s+){{1,3}}(?:{_PART}\s+)?(?:(?:has|have|had|was|is|are|been)\s+){{0,3}}"
    r"(?:re-?started|started|running)\b"
    r"|(?<![\w.`-])heart-?beats?(?![\w`-])(?:\s++\w++){0,5}?\s++(?:answered|received|ok|normal)\b"
    r"|(?:任务|同步|线程|进程|组件|回放|抓取|复制|增量)(?:已经|已|成功|重新){0,3}(?:启动|重启|运行)|心跳正常",
    re.IGNORECASE,
)
_OF_A_COMPARISON = re.compile(r"\bcomparison\s++\Z|(?:对比|比对)\Z", re.IGNORECASE)
"""Before the words: what stopped is no part of the task."""
_BOXED = re.compile(
    r"[\[(<【](?:error|err|fatal|critical|severe|panic|错误|严重|致命)[\])>】]", re.IGNORECASE
)
_NOTHING = re.compile(r"\W*\w{2,13}\W{1,3}(?:0\b|no\b|none\b|nil\b|无|没有)", re.IGNORECASE)
_HEAD, _SEARCHED = 120, 500


@text_cache(4096)
def is_stop(message: str) -> bool:
    """Whether a line says that the task or a part stopped or is not heard of, or is an error."""
    text = simplified(message[:_SEARCHED])
    if _BOXED.search(text[:_HEAD]) or (level_in(text) == ERROR and not _NOTHING.match(text)):
        return True
    if (found := _SILENT.search(text)) and not _PLANNED.search(text[: found.end()]):
        return True
    return _says(_STOPPED, text) or _says(_STOPPED_ZH, text)


def is_start(message: str) -> bool:
    """Whether a line says that the task or a part of it runs again."""
    return _says(_STARTED, simplified(message[:_SEARCHED]))


def is_of_heartbeat(message: str) -> bool:
    """Whether a line speaks of a heartbeat."""
    return _HEARTBEAT.search(message[:_SEARCHED]) is not None


def _says(words: re.Pattern[str], text: str) -> bool:
    """Whether the first of such words in a text is there, and not denied just before or within."""
    found = words.search(text)
    if found is None or _OF_A_COMPARISON.search(text[: found.start()]):
        return False
    return is_fact(text, found)
