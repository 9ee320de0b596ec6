"""The lines of one key, noted column by column: what stood in its slots, what they name.

Whether a word is a name is read from that word and the two before it, never from the line that came
first, so that the order of entries changes nothing.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from drs_mcp.quoting.forms import zeroed_words
from drs_mcp.summaries.logs.kinds.numbers import Number, is_counted
from drs_mcp.summaries.logs.kinds.slots import Ends, Place, Slot, places
from drs_mcp.summaries.logs.kinds.tally import Tally
from drs_mcp.summaries.logs.masks import CODED, MASK, code_places
from drs_mcp.summaries.logs.names import (
    ADDRESS,
    JOINING,
    MAYBE_TABLE,
    TABLE,
    THING,
    Named,
    codes_in,
    named_alone,
    named_in,
    noun_before,
    unquoted,
)

_SLOTS = 24
_SUMMED = 3
_WORDS_KEPT = 10_000
_LONGEST_KEPT = 100
_NAMES_OF_A_WORD = 4
_TURNS = 5
"""So many words at the most are told of a place, where each came twice in the mean."""
_MARKS = "\"'`.,;:!? "
_NAME_MARKS = ".`'\""
_MAYBE_NOUN = re.compile(r"[=`'\"]|:.")
_SCHEMA, _OBJECT = "schema_name=", "object_name="

_PARTING = re.compile(rf", {_OBJECT}|(?<=\w){JOINING}(?=\w)")

SlotKey = tuple[str, str, int]


class _Form(NamedTuple):
    """What a word of this form names, and where; *bare*: it is written without quotes."""

    kind: str
    start: int
    end: int
    bare: bool


class Forms(dict[tuple[str, str], Sequence[_Form]]):
    """What words name after the word before them, by form."""

    def __missing__(self, word: tuple[str, str]) -> Sequence[_Form]:
        if len(self) >= _WORDS_KEPT:
            self.clear()
        before, form = word
        read = self._read(f"{before} " if before else "", form)
        if len(form) <= _LONGEST_KEPT:
            self[word] = read
        return read

    @staticmethod
    def _read(before: str, form: str) -> Sequence[_Form]:
        alone = not before and form.isascii() and not _MAYBE_NOUN.search(form)
        found = named_alone(form) if alone else named_in(before + form)
        spans = [(one, one.start - len(before), one.end - len(before)) for one in found]
        return [
            _Form(one.kind, start, end, form[start:end] == one.name)
            for one, start, end in spans[:_NAMES_OF_A_WORD]
            if start >= 0
        ]


FORMS: Final = Forms()
"""Those of this process."""


class Noted:
    """What the values of entries did: slots, names counted by what they name, codes."""

    __slots__ = ("names", "slots", "tallied_codes")

    def __init__(self) -> None:
        self.slots: dict[SlotKey, Slot] = {}
        self.names: dict[str, Tally] = {}
        self.tallied_codes = Tally()

    def named(self, kind: str, counts: Mapping[str, int]) -> None:
        """Count names of a kind of thing."""
        tally = self.names.get(kind)
        if tally is None:
            tally = self.names[kind] = Tally()
        tally.update(counts)

    def decide(self) -> None:
        """Settle what is nameless so far.

        What may be a table is one where others plainly are. That, and words that took turns in a
        place where no names were read, are names of things of an unknown kind.
        """
        maybe = self.names.pop(MAYBE_TABLE, None)
        if maybe is not None:
            self.names.setdefault(TABLE if TABLE in self.names else THING, Tally()).absorb(maybe)
        for slot in self.slots.values():
            if not slot.named and slot.words and 1 < len(slot.words) <= _TURNS:
                told = {unquoted(word.strip(_MARKS)): n for word, n in slot.words.items()}
                if sum(told.values()) >= 2 * len(told) and not any(map(codes_in, told)):
                    known = {name for tally in self.names.values() for name in tally.counts}
                    self.named(THING, {one: n for one, n in told.items() if one not in known})
                    slot.named = True

    def join(self, other: "Noted", *, slots: bool = True) -> None:
        """Take over what others of the kind have noted."""
        for slot, values in other.slots.items() if slots else ():
            if slot in self.slots:
                self.slots[slot].absorb(values)
            elif len(self.slots) < _SLOTS:
                self.slots[slot] = values
        for kind, tally in other.names.items():
            self.names.setdefault(kind, Tally()).absorb(tally)
        self.tallied_codes.absorb(other.tallied_codes)


class Shape:
    """What the words of a key may be; its lines have as many words as the key."""

    __slots__ = ("_codes", "_constant", "_counted", "_places", "_width", "_words")

    def __init__(self, key: str, *, codes: bool) -> None:
        self._words = key.replace(CODED, "").split(" ")
        self._width = len(self._words)
        self._places = places(key)[:_SLOTS]
        counted = [place for place in self._places if is_counted(place.unit)]
        self._counted = frozenset(counted[:_SUMMED])
        self._codes = code_places(key) if codes and CODED in key else []
        self._constant = _constant_names(self._words)

    def note(self, lines: list[str], ends: Ends, into: Noted) -> None:
        """Note lines of this key; *ends* are the first and last of them."""
        words = " ".join(lines).split(" ")
        for one in self._constant:
            into.named(one.kind, {one.name: len(lines)})
        if self._codes:
            self._note_codes(words, into)
        others: dict[Place, Sequence[str]] = {}
        counted: list[tuple[Slot, Sequence[Number]]] = []
        for place in self._places:
            column = words[place.place :: self._width]
            slot = into.slots.get(place.slot)
            if slot is None:
                slot = into.slots[place.slot] = Slot()
            numbers = slot.add(column, ends)
            if numbers is None:  # a number names nothing
                others[place] = column
            elif place in self._counted:
                counted.append((slot, numbers))
        names = self._names(others, into)
        for slot, values in counted if names else ():
            if slot.measure is not None:
                slot.measure.sum_by(names, values)

    def named(self, lines: list[str]) -> list[dict[str, str]]:
        """What each of some lines of this key names: the kind of thing by name."""
        words = " ".join(lines).split(" ")
        constant = {one.name: one.kind for one in self._constant}
        found = [dict(constant) for _ in lines]
        columns = {place: words[place.place :: self._width] for place in self._places}
        for _, column in self._read_columns(columns):
            for line, word in enumerate(column.told):
                for kind, name in column.read.get(word, ()):
                    if found[line].get(name) in (None, MAYBE_TABLE):
                        found[line][name] = kind
        return found

    def _names(self, columns: Mapping[Place, Sequence[str]], into: Noted) -> Sequence[str]:
        """Count the names of the lines; the first of each line, where sums are asked for."""
        firsts: Sequence[str] = ()
        columns_read = []
        for place, column in self._read_columns(columns):
            into.slots[place.slot].named = True
            columns_read.append(column)
            told, read = column.told, column.read
            named = any(kind != ADDRESS for names in read.values() for kind, _ in names)
            if self._counted and not firsts and named:
                firsts = [read[word][0][1] if word in read else "" for word in told]
        _count(columns_read, {one.name for one in self._constant}, into)
        return firsts

    def _read_columns(
        self, columns: Mapping[Place, Sequence[str]]
    ) -> "Iterator[tuple[Place, _Column]]":
        """The places whose words name something."""
        schema: Sequence[str] = ()
        for place, column in columns.items():
            word = self._words[place.place]
            if word.startswith(_SCHEMA):
                schema = column
                continue
            if schema and word.startswith(_OBJECT):
                told: Sequence[str] = list(map(" ".join, zip(schema, column, strict=True)))
            elif self._may_name(place.place, column):
                told = column
            else:
                continue
            schema = ()
            counts = Counter(told)
            if read := self._read(place.place, list(counts)):
                yield place, _Column(told, counts, read)

    def _may_name(self, place: int, column: Sequence[str]) -> bool:
        if noun_before(self._words, place) or "=" in self._words[place]:
            return True
        whole = " ".join(column)
        return any(mark in whole for mark in _NAME_MARKS) or not self._words[place].isascii()

    def _read(self, place: int, words: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        """The names that words hold after the words before them; each form is looked at once."""
        before = noun_before(self._words, place)
        formed = zeroed_words(words)
        found = {form: FORMS[before, form] for form in set(formed)}
        if not any(found.values()):
            return {}
        return {
            word: _told(word, names)
            for word, form in zip(words, formed, strict=True)
            if (names := found[form])
        }

    def _note_codes(self, words: list[str], into: Noted) -> None:
        columns = [words[place :: self._width] for place in self._codes]
        counts: dict[str, int] = {}
        for told, number in Counter(zip(*columns, strict=True)).items():
            for code in codes_in(" ".join(told)):
                counts[code] = counts.get(code, 0) + number
        into.tallied_codes.update(counts)


def _constant_names(words: Sequence[str]) -> list[Named]:
    """The names that stand in every line of a key: `table ORDERS`."""
    names = []
    for place, word in enumerate(words):
        noun = noun_before(words, place) if MASK not in word else ""
        if noun or not (MASK in word or word.isascii()):
            before = f"{noun} " if noun else ""
            names += [one for one in named_in(before + word) if one.start >= len(before)]
    return names


def _told(word: str, names: Sequence[_Form]) -> list[tuple[str, str]]:
    """Kinds and names that a word holds, each name once: a table, where one of two says so."""
    if len(names) == 1:
        [(kind, start, end, bare)] = names
        return [(kind, _written(word[start:end], bare=bare))]
    told = [(one.kind, _written(word[one.start : one.end], bare=one.bare)) for one in names]
    kinds: dict[str, str] = {}
    for kind, name in told:
        kinds[name] = kind if kinds.get(name) in (None, MAYBE_TABLE) else kinds[name]
    return [(kind, name) for name, kind in kinds.items()]


def _written(text: str, *, bare: bool) -> str:
    """The name as it is told; `a, object_name=b` and `a表b` are `a.b`."""
    return text if bare else unquoted(_PARTING.sub(".", text))


class _Column(NamedTuple):
    """What one place of the lines names: its words, their counts, and kinds and names of each."""

    told: Sequence[str]
    counts: Mapping[str, int]
    read: Mapping[str, Sequence[tuple[str, str]]]


def _count(columns: Sequence[_Column], constant: Collection[str], into: Noted) -> None:
    """Count the lines that name each thing; a line that names one in two places counts once."""
    named: dict[str, dict[str, int]] = {}
    for kind, name, number in _by_column(columns) if _apart(columns) else _by_line(columns):
        if name not in constant:
            counts = named.setdefault(kind, {})
            counts[name] = counts.get(name, 0) + number
    for kind, counts in named.items():
        into.named(kind, counts)


def _apart(columns: Sequence[_Column]) -> bool:
    """Whether no name stands in two places."""
    if len(columns) < 2:
        return True
    names = [{name for one in column.read.values() for _, name in one} for column in columns]
    return sum(map(len, names)) == len(set().union(*names))


def _by_column(columns: Sequence[_Column]) -> Iterator[tuple[str, str, int]]:
    for column in columns:
        for word, names in column.read.items():
            for kind, name in names:
                yield kind, name, column.counts[word]


def _by_line(columns: Sequence[_Column]) -> Iterator[tuple[str, str, int]]:
    for words, number in Counter(zip(*[one.told for one in columns], strict=True)).items():
        kinds: dict[str, str] = {}
        for column, word in zip(columns, words, strict=True):
            for kind, name in column.read.get(word, ()):
                kinds[name] = kind if kinds.get(name) in (None, MAYBE_TABLE) else kinds[name]
        for name, kind in kinds.items():
            yield kind, name, number
