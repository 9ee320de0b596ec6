"""Whether a line tells something as a fact: the one grammar of denial, plan, condition, advice and question.

`no rows were clamped`, `will be switched`, `if it is skipped`, `avoid that …`, `was any lost?`, `未覆盖`, `若跳过` tell
no fact; `不支持的 DDL 已跳过` and `sql_mode is not strict, 4 values were coerced` do: what a thing is like denies nothing, and
a denial holds for the clause it stands in.
"""

import re
from collections.abc import Iterator, Sequence

DENIAL = r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without)\b|n't\b"
ZERO = r"(?<![\w.,:-])(?<!\bto )(?<!\bas )(?<!\bby )(?<![=为成])(?<![=为成] )(?:0|zero)\b(?![.,:]\d|\s*+%)"
PLAN = r"\b(?:will|would|shall|should|must|(?:needs?|has|have|ought|about|going)\s++to|to\s++be|planned|scheduled\s++for|pending)\b"
ABILITY = r"\b(?:can|could|may|might)\b(?!\s++not\b)"
CONDITION = r"\b(?:if|whenever|unless|in\s++case|otherwise|only\s++(?:while|when|after|before))\b"
TIME = r"\b(?:when|once|until|as\s++soon\s++as)\b"
"""Of the clause of the words a condition; elsewhere it may tell when they happened."""
ADVICE = (
    r"\b(?:avoid\w*|prevent\w*|ensure\w*|mak(?:e|ing)\s++sure|so\s++that|please|forbid\w*|instead\s++of|rather\s++than"
    r"|check\w*\s++(?:that|for|whether))\b"
)
EARLIER = r"\bbefore\b"
"""What is told to come before something: that has not come yet."""
FAILURE = r"\b(?:fail(?!(?:ed|s|ing)?[\s-]?over\b)\w*|unable|refused|denied|rejected|blocked|cancel\w*|cannot)\b|\bcould\s++not\b"

NOT_DONE = r"\b(?:not|never|cannot|fail\w*|no)\b|失[败敗]|未|[无無]法"
"""In a later line: it then settles nothing of what an earlier one tells, whatever it denies."""

DENIAL_ZH = r"(?<![是前])[无免](?!法)|未|没|不|并非"
ZERO_ZH = r"(?<![\d.])0\s*+[行条个笔列次张]"
PLAN_ZH = r"(?<!执行)(?<!进行)(?<!已)将(?!目标|表|数据|应用|业务|其|源)|会(?![话员])|计划|准备|拟|(?<!等)待(?!续)|(?<!无)(?<!必)需|可以"
CONDITION_ZH = r"如果|如需|(?<![例比诸])如(?:遇|发生|出现|因)|若|一旦|假如|否则|(?<!应)当(?!前|天|日|下)|[切割][换接]前|之前|以前"
ADVICE_ZH = r"请|勿|禁止|避免|防止|以免|免得|确保|建议|应当|必须"
FAILURE_ZH = r"失败|拒绝|取消"

_LIKE = re.compile(  # what a thing is like
    r"(?:不支持|不兼容|不认识|未知|未识别|未支持|无效|无符号|非严格|非法|不一致|不同|未提交|无主键|未使用"
    r"|(?:无法|不能)(?:解析|识别|执行|支持|同步|处理|转换|回放|写入))的?"
    r"|\bpending\s++(?=(?:rows?|changes?|records?|events?|transactions?|batch(?:es)?|writes?)\b)"
    r"|\b(?:that|which)\s++(?:is|are|was|were)\s++not\s++(?:in|at|on|of)\b"
    r"|\bnot\s++(?:be\s++)?(?:supported|parsed|understood|recogni[sz]ed|strict)\b|\bcannot\s++be\s++parsed\b"
)
_NO_FACT = re.compile(
    f"{DENIAL}|{ZERO}|{PLAN}|{ABILITY}|{ADVICE}|{DENIAL_ZH}|{ZERO_ZH}|{PLAN_ZH}|{ADVICE_ZH}",
    re.IGNORECASE,
)
"""In the clause of the words: then they are denied, planned, only possible, or advised against."""
_IN_VAIN = re.compile(f"{FAILURE}|{FAILURE_ZH}", re.IGNORECASE)
_ON_TERMS = re.compile(f"{CONDITION}|{CONDITION_ZH}", re.IGNORECASE)
_AT_A_TIME = re.compile(f"{TIME}|{EARLIER}", re.IGNORECASE)
_WHEN = re.compile(TIME, re.IGNORECASE)
_BEHIND = re.compile(
    r"\b(?:if|unless|whenever|until|in\s++case)\b|如果|若|之前|\A\w{0,2}(?:失败|未|中断|被?取消)|\A\s*+(?:\w{1,12}\s++)?failed\b|\A\s*+(?:is|was|are)\s++(?:not\s++(?:allowed|permitted|possible|expected)|forbidden|disabled)\b|\A\s*+(?:已)?(?:被)?(?:禁止|禁用)",
    re.IGNORECASE,
)
_PLANNED_BEHIND = re.compile(
    r"(?:(?!\b(?:and|but)\b)[^,;:()]){0,60}?\b(?:is|are|has\s++been|have\s++been)\s++(?:\w++\s++)?(?:planned|scheduled|due|foreseen)(?=\s++(?:for|on|at|to|in|next|by|this)\b|\W*+\Z)"
    r"|[^，。；,;已]{0,20}?(?<!按)(?:计划|拟|定|预定|安排|预计)(?:在|于)(?![^。；;]{0,24}(?:已|完成|成功))",
    re.IGNORECASE,
)
"""Of what was found a plan: `failover of the source is planned for Sunday`."""
_ASKED = re.compile(
    r"\A\W*+(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may|why|how|which|what|who|any)\b.*\w\s*+[?？]\s*+\Z"
    r"|\bwhether\b|是否|[吗么]\s*+[?？]?\s*+\Z",
    re.IGNORECASE,
)
_COUNTED = (
    r"(?:rows?|values?|messages?|records?|keys?|documents?|events?|sequences?|conflicts?|tables?|columns?|times|entries"
    r"|batches|writes)\b"
)
_NONE_WITHIN = re.compile(
    rf"\b(?:no|none|nobody|nothing|zero)\b|(?<![\w.,:-])(?<!\bto )(?<!\bas )0(?=\s++(?:\w++\s++){{0,2}}?{_COUNTED})"
    rf"|{ZERO_ZH}|\b(?:will|would|should|must)\b",
    re.IGNORECASE,
)
_NONE_BEHIND = re.compile(
    r"\s*+(?:(?:count|number|total|数量|总数|[行条]?数)\s*+)?[:=：为]\s*+(?:0(?![\d.])|no\b|none\b|nil\b|无|没有)"
    r"|了?\s*+(?:数据\s*+)?0\s*+[行条个笔列次张]",
    re.IGNORECASE,
)
_COMMA = r"[,:;(](?=\s)|[，：；、（(]|\s[-–—]\s"
_CLAUSE = re.compile(
    rf".*(?:{_COMMA}|\b(?:but|then)\b|\band\s(?=(?:was|were|has|have|had|is|are|it|they)\b))",
    re.IGNORECASE | re.DOTALL,
)
"""Up to where a clause begins within the words that were found."""
_CLAUSE_BEFORE = re.compile(
    rf".*(?:{_COMMA}|\b(?:but|then|and|because|since|which|where|while|after|though|so(?!\s++that\b))\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Up to where it begins before them."""
_NO_VALUE = r"(?<![为成以用按]\s)(?<![=:(\[{,])(?<![=:,]\s)"
"""Before a mark that may end a sentence: one behind these stands for a value, as in `{_id: ?}`."""
_SENTENCE_BEFORE = re.compile(
    rf".*(?:[;!。；！\n]|(?:(?<!['\"“‘`]){_NO_VALUE}[?？]|{_NO_VALUE}[?？](?!['\"”’`]))(?!\s?[)\]}},])|\.(?=\s))",
    re.DOTALL,
)
_WITHIN = (
    r"(?:[^.;!?。；！？\n]|\.(?=\S)|(?<=['\"“‘`])[?？](?=['\"”’`])|(?<=[为成以用按]\s)[?？](?=\s)"
    r"|(?<=[=:(\[{,])[?？]|(?<=[=:,]\s)[?？]|[?？](?=\s?[)\]},]))"
)
"""What ends no sentence; of marks one that is a value: in quotes, in brackets, behind a key, or `以 ? 代替`."""
_SENTENCE = re.compile(rf"{_WITHIN}++[?？]?")
_SENTENCE_BEHIND = re.compile(rf"{_WITHIN}*+[?？]?")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, a question with its mark; a dot within a name ends none."""
    return (found[0] for found in _SENTENCE.finditer(text))


def is_fact(
    text: str, found: re.Match[str], said: str | None = None, *, tried: bool = False
) -> bool:
    """Whether what was *found* in a text is told as something that happened.

    A denial counts that stands in the clause in which the words end.

    Args:
        text: what the words were found in.
        found: the words.
        said: what of the words may take them back, without their own denial (`not advanced`);
            all of them if it is not given.
        tried: whether it may have been tried in vain (`failed to write`, `cannot be changed`),
            which of a loss is the loss itself.
    """
    before = _last_of(_SENTENCE_BEFORE, text[: found.start()])
    behind = _sentence_behind(text, found.end())
    if _ASKED.search(f"{before}{found[0]}{behind}"):
        return False
    if _ON_TERMS.search(before) or _BEHIND.search(behind) or _PLANNED_BEHIND.match(behind):
        return False
    clause_before = _last_of(_CLAUSE_BEFORE, before)
    if _AT_A_TIME.search(before) if tried else _WHEN.search(clause_before):
        return False
    said = found[0] if said is None else said
    counted = not text[: found.end()][-1:].isdigit() and _NONE_BEHIND.match(behind)
    if _NONE_WITHIN.search(said) or counted:
        return False
    begun = _CLAUSE.match(said)
    clause = _LIKE.sub("", said[begun.end() :] if begun else f"{clause_before}{said}")
    return not (_NO_FACT.search(clause) or (tried and _IN_VAIN.search(clause)))


def _last_of(parts: re.Pattern[str], text: str) -> str:
    """What is behind the last end of such a part."""
    found = parts.match(text)
    return text[found.end() :] if found else text


def _sentence_behind(text: str, at: int) -> str:
    """The rest of the sentence from a place on."""
    found = _SENTENCE_BEHIND.match(text, at)
    return found[0] if found else ""


def in_terms(text: str) -> bool:
    """Whether a condition stands within words."""
    return _ON_TERMS.search(text) is not None


def happened_in(
    text: str,
    *words: re.Pattern[str],
    unless: Sequence[re.Pattern[str]] = (),
    own: re.Pattern[str] | None = None,
    tried: bool = True,
) -> str:
    """What a text tells of such words as something that happened, the first; empty for nothing.

    Args:
        text: a message.
        words: what is looked for, one after the other in each sentence.
        unless: sentences that hold one of these tell nothing.
        own: what of the words is a denial of their own, and takes nothing back.
        tried: as in `is_fact`.
    """
    for sentence in sentences(text):
        if unless and any(one.search(sentence) for one in unless):
            continue
        for one in words:
            for found in one.finditer(sentence):
                said = found[0] if own is None else own.sub(" ", found[0])
                if is_fact(sentence, found, said, tried=tried):
                    return found[0]
    return ""


def without_questions(text: str) -> str:
    """A text without the sentences that only ask."""
    if "?" not in text and "？" not in text and "吗" not in text:
        return text
    return ";".join(one for one in sentences(text) if not _ASKED.search(one))
