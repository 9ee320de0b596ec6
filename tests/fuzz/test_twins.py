"""The comparison of twin worlds: what no rule can know is found, in every place, with its form."""

import random
from contextlib import AsyncExitStack

import anyio
import pytest

from tests.attacks import row_values, secrets
from tests.fuzz import twins
from tests.fuzz.twin_worlds import Planted, planted_secret, planted_values

KNOWN = ("password=§ host=h1", "jdbc:mysql://h:3306/db?user=u&password=§&x=1")


def planted(template, place="", marks=("Vq3-bx81", "Tk9-zw42")):
    rows = tuple((template.replace("§", mark),) for mark in marks)
    pieces = tuple(frozenset({mark[at : at + 5] for at in range(4)}) for mark in marks)
    return Planted(f"{place or 'log'}: {template}", rows, pieces, place=place)


def compared(*forms, refuses=False):
    async def run():
        tally = twins.TwinsTally(1)
        worlds = twins._Twins()
        async with AsyncExitStack() as stack:
            await worlds.start(stack)
            await twins._compare(worlds, list(forms), "1", tally, refuses=refuses)
        return tally

    return anyio.run(run)


@pytest.fixture(scope="module")
def hidden():
    return compared(*map(planted, KNOWN))


def test_worlds_that_differ_in_what_is_hidden_are_answered_alike(hidden):
    assert hidden.blamed == {}
    assert hidden.violations == 0
    assert hidden.errors.total() == 0
    assert hidden.calls["get_logs"] >= 15
    assert len(hidden.calls) >= 16


@pytest.mark.costly
@pytest.mark.parametrize(
    "place", ["", "description", "raw_error_msg", "error_message", "data", "failed_reason"]
)
def test_what_no_rule_can_know_is_found_and_its_form_is_named(place):
    unknown = planted("the new one is § now", place)
    found = compared(planted(KNOWN[0]), unknown, planted(KNOWN[1]))
    assert list(found.blamed) == [unknown.form]
    assert found.differences.total() == found.leaks.total() == 1  # then it is the same in both


def test_it_is_found_in_errors_too():
    unknown = planted("the new one is § now", "error_msg")
    found = compared(unknown, refuses=True)
    assert list(found.blamed) == [unknown.form]
    assert found.differences.total() == 1  # then it is the same in both


def test_every_form_has_two_worlds_that_share_no_piece():
    rng = random.Random(5)
    for form in secrets.FORMS:
        one = planted_secret(form, rng)
        assert one.rows[0] != one.rows[1], form.id
        assert one.pieces[0], form.id
        assert not one.pieces[0] & one.pieces[1]
    for form in row_values.FORMS:
        one = planted_values(form, rng)
        assert one.rows[0] != one.rows[1], form.id
        assert not one.pieces[0] & one.pieces[1], form.id


def test_other_seeds_make_other_worlds():
    def forms(seed):
        rng = random.Random(seed)
        return list(twins.drawn(secrets.FORMS, 5, planted_secret, rng))

    assert forms(1) == forms(1)
    assert forms(1) != forms(2)
