"""The engines' entries are well formed, advise nothing harmful, and are cheap to load and ask."""

import re
import subprocess
import sys
import time

import pytest

from drs_mcp.knowledge.engines.catalogue import ANY, DETERMINISTIC, SQLSTATE, TRANSIENT, catalogue
from drs_mcp.knowledge.engines.hints import carried_hint
from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.links import CATALOGUES, fits_link, link_of
from drs_mcp.knowledge.engines.match import explain
from drs_mcp.knowledge.engines.sides import side_of

NAMES = (*dict.fromkeys(name for names in CATALOGUES.values() for name in names), ANY, SQLSTATE)
ENTRIES = [entry for name in NAMES for entry in catalogue(name).entries]
# What may destroy work or hide its loss is never the first thing to do.
HARMFUL = re.compile(
    r"\b(?:kill|truncate the|drop the|delete the|restart the|reboot|reset the task|skip the|ignore)\b",
    re.IGNORECASE,
)


def test_an_entry_has_one_name():
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES) > 250


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_an_entry_is_two_short_sentences_and_known_words(entry):
    assert entry.kind in TRANSIENT | DETERMINISTIC
    assert entry.side in ("source", "destination", "either")
    assert entry.resume in ("as_is", "after_repair", "full_copy", "depends")
    assert entry.codes or entry.texts or entry.says
    assert entry.source
    for sentence, most in ((entry.meaning, 30), (entry.todo, 40)):
        assert 4 <= len(sentence.split()) <= most
        assert sentence.endswith(".")
        assert "{" not in sentence.replace("{side}", "")
    assert not HARMFUL.search(entry.todo)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_whether_a_resume_helps_follows_from_the_kind(entry):
    if entry.kind == "missing_log":
        assert entry.resume in ("full_copy", "depends")
        assert entry.side == "source"
    elif entry.kind in TRANSIENT:
        assert entry.resume in ("as_is", "depends")
    else:
        assert entry.resume != "full_copy"


@pytest.mark.parametrize("name", NAMES)
def test_every_wording_is_found_in_a_message_made_of_it(name):
    for entry in catalogue(name).entries:
        for text in entry.texts:
            link = "" if name == ANY else f"{LINKED.get(name, name)}-to-kafka"
            message = f"x failed: {text.replace('...', 'shop')}"
            found = [fact.kind for fact in explain(message, link=link)]
            assert entry.kind in found, (entry.id, text, found)


LINKED = {"gaussdb": "gaussdbv5ha", "gaussdb_distributed": "gaussdbv5"}


@pytest.mark.parametrize(
    ("engine_type", "engines"),
    [
        ("mysql-to-gaussdbv5", ("mysql", "gaussdb_distributed")),
        ("oracle-to-gaussdbv5ha", ("oracle", "gaussdb")),
        ("mysql", ("mysql", "mysql")),
        ("cloudDataGuard-taurus-to-mysql", ("mysql", "mysql")),
        ("rediscluster-to-gaussredis", ("redis", "redis")),
        ("taurus-to-kafka", ("mysql", "kafka")),
        ("oracle-to-dm", ("oracle", "dameng")),
        ("informix-to-mysql", ("", "mysql")),
        ("mongodb-to-dds", ("mongodb", "mongodb")),
        ("", ("", "")),
    ],
)
def test_an_engine_type_names_the_engines_of_both_sides(engine_type, engines):
    assert link_of(engine_type)[:2] == engines


@pytest.mark.parametrize(
    "said",
    ["mysql", " TAURUS\n", "\u3000taurus", "\uff4d\uff59\uff33\uff31\uff2c", "mysql to taurus",
     "MySQL -> Taurus", "MySQL\u2192Taurus", "mysql => taurus", "MySQL\u5230Taurus", "to-taurus",
     "-to-tau", "mysql-to", "my sql to taurus", "mysql_to_taurus", "l-to-t"],
)  # fmt: skip
def test_an_engine_type_is_meant_by_a_part_of_it_however_it_is_written(said):
    assert fits_link(said, "mysql-to-taurus")


@pytest.mark.parametrize(
    "said",
    ["oracle", "taurus to mysql", "taurus-to-mysql", "mysql -> oracle", "mysql to mysql", "from-mysql",
     "->", "-", "stoma"],
)  # fmt: skip
def test_another_engine_type_or_the_other_direction_is_not_meant(said):
    assert not fits_link(said, "mysql-to-taurus")


def test_a_link_that_names_one_engine_has_it_on_both_sides():
    assert fits_link("redis to redis", "cloudDataGuard-redis")
    assert fits_link("cloudDataGuard-redis", "cloudDataGuard-redis")
    assert not fits_link("redis to mysql", "cloudDataGuard-redis")


HOSTILE = (
    "a ",
    "error ",
    "duplicate entry '",
    "ORA-",
    'relation "',
    "日志",
    "hint: ",
    "code=1 ",
    "service x failed ",
    "constraint ",
    "log position ",
    "提示 ",
    "read ",
    "error 1 (A",
    "violates ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_line_takes_long(piece):
    line = piece * (1_000_000 // len(piece))
    started = time.process_time()
    for asked in (explain, kind_of, carried_hint, side_of):
        asked(line)
    assert time.process_time() - started < 2  # some 200 ms, when this was written


def test_importing_reads_no_catalogue():
    code = (
        "from drs_mcp.knowledge.engines import match, kinds; "
        "from drs_mcp.knowledge.engines.catalogue import catalogue; "
        "print(catalogue.cache_info().currsize)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "0"
