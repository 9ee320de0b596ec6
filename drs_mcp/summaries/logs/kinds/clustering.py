"""Which entries are of one kind: cores joined by three rules.

Each rule looks at the set of cores alone, never at counts or order:

- a word in which several cores differ, all else equal, is a name (`worker alpha stopped`), the
  sooner so where it looks like a name or follows a word that names follow (`user root`);
- a single word where others have a value is a value;
- one or two words with a value may be left out (`from 10.0.0.1 port 22`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from drs_mcp.summaries.logs.kinds.cores import Core, add_value, plain
from drs_mcp.summaries.logs.masks import MASK

_SHORTEST = 5
_NAMES = 6
_NAMED = frozenset((
    "user", "host", "client", "server", "account", "database", "schema", "role", "zone",
))  # fmt: skip
_PREPOSITIONS = frozenset((
    "for", "by", "from", "to", "in", "on", "of", "at", "with", "via", "using",
))  # fmt: skip
_LIKE_A_NAME = re.compile(r"[a-z][A-Z]|[_-]|\A[A-Z]{2,}\Z|[A-Z][a-z]*[A-Z]")
_IDENTITY_BEFORE = frozenset(("service",))
_ROUNDS = 5


class Placed(NamedTuple):
    """Where a core belongs: the kind's first core, and which of its own words are values."""

    kind: Core
    values: frozenset[str]


def cluster(cores: Iterable[Core]) -> dict[Core, Placed]:
    """Each core with its kind; the same for the same set of cores."""
    forms = {one: one for one in sorted(set(cores))}
    joined = _Joined(forms)
    for _ in range(_ROUNDS):
        kinds = _by_plain_words(forms, joined)
        masks = _names(kinds, joined)
        _optional(kinds, joined)
        if not masks:
            break
        forms = {one: _without(form, masks) for one, form in forms.items()}
    _by_plain_words(forms, joined)
    _short_ones(forms, joined)
    firsts = joined.firsts()
    return {
        one: Placed(firsts[one], frozenset(plain(one)) - frozenset(form))
        for one, form in forms.items()
    }


class _Joined:
    """A disjoint-set forest of cores."""

    def __init__(self, cores: Iterable[Core]) -> None:
        self._above = {one: one for one in cores}

    def top(self, one: Core) -> Core:
        above = self._above
        while above[one] is not one:
            above[one] = one = above[above[one]]
        return one

    def join(self, one: Core, other: Core) -> None:
        one, other = self.top(one), self.top(other)
        if one is not other:
            self._above[max(one, other)] = min(one, other)

    def firsts(self) -> dict[Core, Core]:
        return {one: self.top(one) for one in self._above}


class _Kind(NamedTuple):
    """Cores of the same plain words: one of them, and before which words values stand."""

    first: Core
    gaps: frozenset[int]


def _by_plain_words(forms: Mapping[Core, Core], joined: _Joined) -> dict[Core, _Kind]:
    members: dict[Core, list[Core]] = defaultdict(list)
    for one, form in forms.items():
        members[plain(form) or form].append(one)
    kinds = {}
    for words, cores in members.items():
        gaps: set[int] = set()
        for one in cores:
            joined.join(cores[0], one)
            gaps |= _gaps(forms[one])
        kinds[words] = _Kind(cores[0], frozenset(gaps))
    return kinds


def _gaps(form: Core) -> set[int]:
    gaps, place = set(), 0
    for word in form:
        if word == MASK:
            gaps.add(place)
        else:
            place += 1
    return gaps


def _names(kinds: Mapping[Core, _Kind], joined: _Joined) -> dict[Core, set[int]]:
    """Join kinds that differ in one word which is a name; and where in each it stands."""
    families: dict[tuple[int, Core, Core], list[Core]] = defaultdict(list)
    for words in kinds:
        if len(words) > 1 and MASK not in words:
            for place in range(len(words)):
                families[place, words[:place], words[place + 1 :]].append(words)
    masks: dict[Core, set[int]] = defaultdict(set)
    for (place, head, tail), family in families.items():
        if len(family) > 1 and _is_name([words[place] for words in family], head, tail):
            for words in family:
                joined.join(kinds[family[0]].first, kinds[words].first)
                masks[words].add(place)
    return masks


def _is_name(words: list[str], head: Core, tail: Core) -> bool:
    if len(words) >= _NAMES:
        return True
    before = head[-1].lower() if head else ""
    if len(head) + len(tail) < 3 or before in _IDENTITY_BEFORE:
        return False
    if all(map(_LIKE_A_NAME.search, words)):
        return True
    return len(words) >= (2 if before in _NAMED else 3 if before in _PREPOSITIONS else _NAMES)


def _optional(kinds: Mapping[Core, _Kind], joined: _Joined) -> None:
    """Join kinds where one has a word or two more that belong to a value, or are one."""
    for words, kind in kinds.items():
        for number in (1, 2):
            if len(words) - number < 2:
                continue
            for place in range(len(words) - number + 1):
                other = kinds.get(words[:place] + words[place + number :])
                if other is None:
                    continue
                value = number == 1 and place in other.gaps
                told = any(gap in kind.gaps for gap in range(place + 1, place + number + 1))
                if value or (told and len(words) - number >= number):
                    joined.join(kind.first, other.first)


def _short_ones(forms: Mapping[Core, Core], joined: _Joined) -> None:
    """Join lines of values alone with those of the same length in which one is a word."""
    for one in forms:
        if len(one) >= _SHORTEST and len(plain(one)) == 1:
            twin = tuple(MASK for _ in one)
            if twin in forms:
                joined.join(one, twin)


def _without(form: Core, masks: Mapping[Core, set[int]]) -> Core:
    """A form with the words masked that turned out to be names."""
    places = masks.get(plain(form))
    if not places:
        return form
    out: list[str] = []
    place = 0
    for word in form:
        if word == MASK:
            add_value(out)
            continue
        if place in places:
            add_value(out)
        else:
            out.append(word)
        place += 1
    return tuple(out)
