"""What a caller writes for a task, read: its ID, wherever it stands in the text, or a name.

People paste links to the console, names with quotes or back-ticks around them, and what earlier
answers said: `shop-sync (c7debc9c-…)`, `Task shop-sync`, `drs://jobs/shop-sync`.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from drs_mcp.api.query import looks_like_task_id

MOST_CHARS = 2000
"""Longer text names no task; console links have some hundred characters."""

_ID = re.compile(r"(?<![0-9A-Za-z_-])[0-9a-fA-F-]{31}[0-9A-Za-z]{5}(?![0-9A-Za-z_-])")
# DRS's own IDs end so; a link also holds those of a VPC or an enterprise project.
_OF_DRS = re.compile(r"jb[0-9A-Za-z]{2,3}\Z", re.IGNORECASE)
_REGION = re.compile(r"[?&#;/]region(?:Id)?=(?P<region>[a-z]{2,4}(?:-[a-z]{2,16}){1,3}-\d{1,3})\b")
_RESOURCE = re.compile(r"drs://jobs/(?P<job>[^/?#]++)/?\Z", re.IGNORECASE)
_PAIRS = (
    "''",
    '""',
    "``",
    "()",
    "[]",
    "{}",
    "<>",
    "‘’",
    "“”",
    "«»",
    "「」",
    "『』",
    "【】",
    "《》",
    "（）",
)
_LONE = "\"'`‘’“”「」『』【】《》"
_LABEL = re.compile(
    r"(?:(?:the\s+)?(?:drs\s+)?(?:task|job)\s*[:： ]|(?:任务|作业)\s*[:： ]?)\s*", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:the|my|our)\s+(?=\S+\s)", re.IGNORECASE)
_SUFFIX = re.compile(
    r"(?<!\s)(?:\s++(?:drs\s++)?(?:task|job)|\s*+的?(?:同步|迁移|灾备|容灾|复制)?(?:任务|作业))\Z",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?<!\s)\s*+[(（\[][^()（）\[\]]*+[)）\]]\Z")
_EMPTY = frozenset({"", "null", "none", "nil", "undefined", "all", "any", "*"})


@dataclass(frozen=True)
class TaskWord:
    """What was read of an argument.

    Attributes:
        ids: the task IDs in it; with one, nothing need be looked up.
        names: what may be the name, the most literal reading first.
        link: whether it is a link that holds no task ID.
        region: the region that a link is of, if it says so.
    """

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    link: bool = False
    region: str = ""

    @property
    def clean(self) -> str:
        """The name without what stands around it."""
        return self.names[-1] if self.names else ""

    @property
    def is_empty(self) -> bool:
        """Whether it says that there is none, or all, unless a task has that very name."""
        return self.clean.casefold() in _EMPTY


def task_word(job: str) -> TaskWord:
    """Read what a caller wrote for a task."""
    if looks_like_task_id(job):
        return TaskWord(ids=(job,))
    text = job[:MOST_CHARS]
    bare = _bare(text)
    if (resource := _RESOURCE.fullmatch(bare)) is not None:
        bare = _bare(unquote(resource["job"]))
        return TaskWord(ids=(bare,)) if looks_like_task_id(bare) else TaskWord(names=_names(bare))
    is_link = "://" in bare
    ids = tuple(dict.fromkeys(_ID.findall(unquote(bare) if is_link else bare)))
    ours = tuple(found for found in ids if _OF_DRS.search(found))
    region = _REGION.search(bare) if is_link else None
    of = region["region"] if region else ""
    if ids:
        return TaskWord(ids=ours or ids, region=of)
    return TaskWord(names=(text,) if is_link else _names(text), link=is_link, region=of)


def _names(text: str) -> tuple[str, ...]:
    bare = _bare(text)
    unlabelled = _bare(_LABEL.sub("", bare, count=1) if _LABEL.match(bare) else bare)
    alone = _bare(_ASIDE.sub("", unlabelled)) or unlabelled
    plain = _bare(_SUFFIX.sub("", _ARTICLE.sub("", alone))) or alone
    return tuple(dict.fromkeys((text, bare, unlabelled, alone, plain)))


def _bare(text: str) -> str:
    """Without blanks, line ends, quotes and brackets around it."""
    bare = text.strip()
    while len(bare) > 1 and bare[0] + bare[-1] in _PAIRS:
        bare = bare[1:-1].strip()
    return bare.strip(_LONE).strip() or bare
