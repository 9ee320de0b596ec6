"""Which lines of a task's log tell of another task: they are no evidence about this one.

A line does where another task's ID or name labels it (`[job=…] service INCREMENT failed`), where its
subject is a task that it says is another (`job crm-dr (not this task): …`, `其他任务(crm-dr)失败`), or where it
ends in such a denial. Who holds a lock or a slot is no subject, and who writes to the destination is
told: that bears on this task.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from drs_mcp.knowledge.traditional import LETTERS, simplified
from drs_mcp.quoting.forms import forms
from drs_mcp.summaries.logs.entries import whole_messages
from drs_mcp.summaries.logs.kinds.lost.other_writers import another_task_writes
from drs_mcp.text_cache import text_cache

_ID = r"[0-9A-Za-z]{8}(?:-[0-9A-Za-z]{4}){3}-[0-9A-Za-z]{7}jb[0-9A-Za-z]{2,3}(?![\w-])"
"""The form of a task's ID: like a UUID, but for its end."""

_TASK = r"(?:(?i:drs[ _-]?)?(?i:task|job)|任务)"
_HEAD = (
    r"\A(?:[^\w\[]|\[[^\]\n]{1,40}\]|\d|_|T(?=\d)|Z\b"
    r"|(?i:errors?|warn(?:ing)?|info|fatal|severe|debug|failed)\b)*?"
)
"""What may stand before the subject of a line: its time, its level, what is in brackets."""

_THIS = r"this\s(?:task|job|one)(?!['\w]|\s(?:only|alone))"
_DENIAL = (
    rf"(?:(?i:(?:(?:this|it)\sis\s)?not\s(?:(?:of|from|about|for|in)\s)?{_THIS}"
    r"|(?:(?:of|from|about|is)\s)?(?:another|a\sdifferent|some\sother)\s(?:task|job))"
    r"|(?:并)?(?:非|不是|不属于)(?:本|此|该|当前)任务)"
)
_UNRELATED = (
    rf"(?:(?i:(?:unrelated\sto|nothing\sto\sdo\swith|does\snot\s(?:concern|affect))\s{_THIS})"
    r"|(?:与|和|跟)(?:本|此|当前)任务(?:无关|没有关系))"
)
_FAILING = (
    r"(?i:(?:has|was|is|had|have)?\s*(?:fail(?:ed|s|ure)|abort\w*|stopp?(?:ed|s)|error|abnormal|paused|frozen)\b"
    r"|(?:已|已经|发生|出现|运行|执行|同步|状态)?(?:失败|异常|报错|出错|中断|中止|终止|停止|错误|暂停|冻结))"
)
_CALLED = (
    r"\s?(?:[(（\[【][^)）\]】\n]{1,60}[)）\]】]|['\"“「`][^'\"”」`\n]{1,60}['\"”」`]"
    r"|[A-Za-z0-9][A-Za-z0-9_.-]{0,60}(?![A-Za-z0-9_-]))"
)
_NEXT_FIELD = r"(?<=[\w'\"])[,，]?\s(?=[A-Za-z_]{1,20}=)"
"""`task=crm-dr table=crm.leads`: a label is a field, and another one follows."""
_LABEL = re.compile(
    rf"{_HEAD}(?P<box>[\[(（【<{{])?\s?(?:(?i:of|in|from)\s)?"
    rf"(?:(?:{_TASK}(?:[ _-]?(?i:id|name)|编号|名称?|号)?\s?[=:：#]?\s?)(?P<called>['\"]?{_ID}['\"]?|{_CALLED})"
    rf"|(?P<id>{_ID}))"
    rf"(?(box)(?:{_CALLED})?\s?[\])）】>}},，]|(?:{_CALLED})?\s?(?:[:：|]|[-–—]\s|{_FAILING}|{_NEXT_FIELD}))"
)
_THING = r"(?i:(?:replication\s|logical\s)?slot|subscription|publication|consumer\sgroup|checkpoint|position|offset|node)"
_THING_ZH = r"(?:复制槽|槽|订阅|发布|消费组|检查点|位点|节点)"
_HAPPENED = r"(?i:dropped|re-?created|created|reset|removed|deleted|advanced|moved(?:\sback)?|restarted|rebuilt|released|lost)"
_OF_TASK = re.compile(
    rf"{_HEAD}(?i:the\s)?{_THING}(?:\s['\"`]?[\w.$-]{{1,60}}['\"`]?)?\s(?:of|for)\s(?:the\s)?(?i:task|job)(?P<called>{_CALLED})"
    rf"\s(?:was|were|has\sbeen)\s{_HAPPENED}"
    rf"|{_HEAD}任务\s?(?P<named>{_CALLED})\s?的{_THING_ZH}[^，。；,;\n]{{0,30}}?(?:删除|重建|重置|推进|移动|重启|丢失|释放)"
)
"""What happened to a thing that belongs to a task: `slot "drs_crm" of task crm-sync was dropped`."""
_FAILS = re.compile(rf"['\"」”]?\s?{_FAILING}")
_DENIED_SUBJECT = re.compile(
    rf"{_HEAD}[(（\[【]?\s?{_TASK}[^:：;；。\n]{{0,60}}?[(（,，]\s?{_DENIAL}\s?[)）,，:：\]】]"
)
_OTHER_SUBJECT = re.compile(
    rf"{_HEAD}(?:(?:其他|其它|另一个?|另外的?|别的)(?:的)?任务|(?i:(?:an|some\s)?other|a\sdifferent)\s(?i:task|job)s?)"
    rf"(?:{_CALLED})?\s?(?:[:：]|{_FAILING})"
)
_SUBJECT = re.compile(rf"{_HEAD}{_TASK}")
_AT_THE_END = re.compile(
    rf"(?:(?P<apart>[.;!]\s|[。；！])|[(（,，—–-]|\A)\s?"
    rf"(?:{_DENIAL}|(?P<unrelated>{_UNRELATED}))[)）.。!！\s]{{0,3}}\Z"
)
_HOLDS = re.compile(
    r"(?i)\b(?:held|holds|holding|lock\w*|block\w*|used|in\suse|owned|occupied|taken|active)\b"
    r"|占用|持有|阻塞|锁|使用"
)
_MAY_TELL = re.compile(r"(?i)task|job|任[务務]|jb[0-9a-z]{2,3}(?![\w-])")
_WHOLE_ID = re.compile(_ID)
_GIVEN = re.compile(r"[a-z][a-z0-9]*+(?:[-_.][a-z0-9]++)++")
"""A name that somebody gave: of several words, as no number and no word of a log is."""
_PART = re.compile(
    r"(?:(?:re|auto|self|non|un|pre|post|full|incr\w*|load\w*|copy|sync|table\w*|data\w*|phase|snapshot|replay\w*|capture\w*"
    r"|appl[iy]\w*|migrat\w*|transfer\w*|replicat\w*|task|job|sub|child|parent|main|id|worker|thread|reader|writer|read|write"
    r"|extract\w*|pars\w*|dump\w*|shard|slice|chunk|batch|partition|node|dn|cn|group|instance|source|sink|src|dst|target"
    r"|destination|connector|consumer|producer|stage|step|channel|pipeline|queue|index|ddl|dml|check\w*|compar\w*|verif\w*"
    r"|monitor\w*|heartbeat|cdc|binlog|log\w*|wal|redo|mysql\w*|postgres\w*|pg|oracle|mongo\w*|redis|kafka|drs|dts|cutover"
    r"|retry|init\w*|prepar\w*|export\w*|import\w*|schema|object|structure|stream\w*|engine|service|manager|scheduler"
    r"|coordinator|executor|pool|[a-z])?\d*+)"
)
"""A word of a name of parts of a task alone: `apply-worker-3`, `full-load`."""
_MARKS = "()（）[]【】'\"“”「」` "
_SEARCHED, _AROUND = 400, 40
_MOST_HELD = 5_000


def another_told(text: str) -> bool:
    """Whether a line says in words that it is about another task than the one whose log it is in."""
    text = simplified(text[:_SEARCHED])
    if _DENIED_SUBJECT.search(text) or _OTHER_SUBJECT.search(text):
        return True
    found = _AT_THE_END.search(text)
    if found is None:
        return False
    if found["apart"] or found["unrelated"]:
        return True
    around = text[max(found.start() - _AROUND, 0) : found.start()]
    return _SUBJECT.match(text) is not None and not _HOLDS.search(around)


class OwnRows:
    """Picks those entries of a log that do not tell of another task.

    Entries of a task with another ID or name are held back, until it is known whether that is
    another task: `rest` has those that are none. *own* are the IDs of the task, and of its parent.
    """

    def __init__(self, own: Iterable[str]) -> None:
        self._own = frozenset(one.lower() for one in own)
        self._held: list[tuple[str, bool, Mapping[str, Any]]] = []
        self.others = 0
        """Entries that tell of another task."""

    def of(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """The entries of a page that are about this task."""
        messages = whole_messages(rows)
        formed = forms(messages)
        # Lines that are alike but for their digits hold their labels in one place.
        read = {form: _read(form) for form in set(formed) if _MAY_TELL.search(form)}
        if not any(read.values()):
            return rows
        return [
            row
            for row, message, form in zip(rows, messages, formed, strict=True)
            if not (told := read.get(form)) or self._keeps(row, message, told)
        ]

    def _keeps(self, row: Mapping[str, Any], message: str, told: "_Told") -> bool:
        if told.another:
            self.others += 1
            return False
        label = message[told.start : told.end].strip(_MARKS).lower()
        if label in self._own or len(self._held) >= _MOST_HELD:
            return True
        lower = message.lower()
        if any(one in lower for one in self._own):
            return True
        self._held.append((label, told.fails, row))
        return False

    def rest(
        self, names: Collection[str], family: Collection[str], called: Collection[str] = ()
    ) -> list[Mapping[str, Any]]:
        """The entries held back that are this task's after all.

        Args:
            names: the names of other tasks, in lower case.
            family: the IDs of this task's subtasks.
            called: the names of this task and its family; where they are known, another given
                name is another task's.
        """
        ids = {one.lower() for one in family}
        # A task that is called `increment` is not meant by `task increment failed`.
        names = {one for one in names if not (one.isascii() and one.isalpha())}
        kept = [
            row
            for label, fails, row in self._held
            if (
                label in ids
                if _WHOLE_ID.fullmatch(label)
                else not (label in names or (not fails and _is_given_to_another(label, called)))
            )
        ]
        self.others += len(self._held) - len(kept)
        self._held = []
        return kept


def _is_given_to_another(label: str, called: Collection[str]) -> bool:
    """Whether a label, in lower case, is a name that was given to a task that is not *called* so.

    A name that begins like this task's is of a part of it, or was its own once.
    """
    return (
        bool(called)
        and _GIVEN.fullmatch(label) is not None
        and not all(map(_PART.fullmatch, re.split("[-_.]", label)))
        and not any(label.startswith(one) or one.startswith(label) for one in called)
    )


class _Told(NamedTuple):
    """What the lines of a form tell: of *another* task by their words, or whose label they hold.

    *fails*: the label is the subject of a failure, which may be told by a name that the task had once.
    """

    another: bool
    start: int = 0
    end: int = 0
    fails: bool = False


@text_cache(4096)
def _read(form: str) -> _Told | None:
    if another_task_writes(simplified(form[:_SEARCHED])):
        return None
    if another_told(form):
        return _Told(another=True)
    # Words of Taiwan may have another length: the characters alone are made alike.
    form = form.translate(LETTERS)[:_SEARCHED]
    found = _LABEL.match(form) or _OF_TASK.match(form)
    if found is None:
        return None
    start, end = found.span(
        next(one for one, said in found.groupdict().items() if said and one != "box")
    )
    fails = _FAILS.match(form, end) is not None
    return _Told(another=False, start=start, end=end, fails=fails)
