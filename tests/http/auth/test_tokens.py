"""Static tokens: who has one, and what is refused as one."""

import logging
import os
import sys

import pytest

from drs_mcp.errors import SettingsError
from drs_mcp.http.auth.tokens import FileTokens, StaticTokens, tokens_in_file, tokens_in_variable
from tests.http.conftest import ALICE, BOB

pytestmark = pytest.mark.anyio


async def name_of(tokens, token):
    found = await StaticTokens(tokens).verify_token(token)
    return found and found.client_id


def listed(*entries):
    found = tokens_in_variable(",".join(entries), "TOKENS")
    return lambda: found


async def test_whoever_has_a_token_is_known_by_its_name_and_nobody_else_is():
    tokens = listed(f"alice:{ALICE}", f" bob:{BOB} ")
    assert await name_of(tokens, ALICE) == "alice"
    assert await name_of(tokens, BOB) == "bob"
    for wrong in ("", ALICE[:-1], ALICE + "x", ALICE.upper(), "alice", f"alice:{ALICE}", "\udc80é"):
        assert await name_of(tokens, wrong) is None


async def test_one_name_may_have_two_tokens_while_it_changes_over():
    tokens = listed(f"alice:{ALICE}", f"alice:{BOB}")
    assert await name_of(tokens, ALICE) == await name_of(tokens, BOB) == "alice"


async def test_the_token_is_kept_and_passed_on_nowhere():
    tokens = listed(f"alice:{ALICE}")
    found = await StaticTokens(tokens).verify_token(ALICE)
    assert ALICE not in repr(found) + repr(tokens())


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ("", "holds no token"),
        (" , ", "holds no token"),
        ("alice:", "entry 1"),
        ("alice:short", "entry 1"),
        (f"alice:{ALICE},bob:{'y' * 31}", "entry 2"),
        (f"alice:{'z' * 513}", "entry 1"),
        (ALICE, "entry 1"),
        (f":{ALICE}", "entry 1"),
        (f"al ice:{ALICE}", "entry 1"),
        (f"{'n' * 65}:{ALICE}", "entry 1"),
        (f"alice:{ALICE} more", "entry 1"),
        (f"alice:{'é' * 40}", "entry 1"),
        (f"alice:{ALICE},bob:{ALICE}", "entry 2"),
        (f"stdio:{ALICE}", "entry 1: the name is one that the server gives itself"),
        (f"alice:{ALICE},Anonymous:{BOB}", "entry 2: the name is one that the server gives itself"),
    ],
)
def test_what_is_no_token_is_refused_by_its_place_and_never_repeated(value, where):
    with pytest.raises(SettingsError) as raised:
        tokens_in_variable(value, "TOKENS")
    text = str(raised.value)
    assert text.startswith("TOKENS")
    assert where in text
    assert not any(secret in text for secret in (ALICE, "short", "yyy", "zzz", "ééé", "nnn"))


def test_a_file_has_comments_and_blank_lines(tmp_path):
    path = tmp_path / "tokens"
    path.write_text(f"# people\n\nalice {ALICE}\r\n\tbob \t {BOB}\n", "utf-8")
    assert [token.name for token in tokens_in_file(path, "FILE")] == ["alice", "bob"]
    path.write_text(f"alice {ALICE}\nbob\n", "utf-8")
    with pytest.raises(SettingsError, match="FILE, line 2"):
        tokens_in_file(path, "FILE")


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"FILE cannot be read \(FileNotFoundError\)"):
        FileTokens(tmp_path / "none", "FILE")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"FILE cannot be read \(UnicodeDecodeError\)"):
        FileTokens(tmp_path / "binary", "FILE")


async def test_a_file_is_read_anew_when_it_changes(tmp_path):
    path = tmp_path / "tokens"
    path.write_text(f"alice {ALICE}\n", "utf-8")
    tokens = FileTokens(path, "FILE")
    assert await name_of(tokens, BOB) is None
    path.write_text(f"bob {BOB}\n", "utf-8")
    assert await name_of(tokens, BOB) == "bob"
    assert await name_of(tokens, ALICE) is None


async def test_a_file_that_replaces_another_is_noticed(tmp_path):
    path, new = tmp_path / "tokens", tmp_path / "new"
    path.write_text(f"alice {ALICE}\n", "utf-8")
    tokens = FileTokens(path, "FILE")
    new.write_text(f"alice {BOB}\n", "utf-8")
    new.replace(path)
    assert await name_of(tokens, ALICE) is None


@pytest.mark.parametrize("slip", ["gone", "bob short-secret\n", ""])
async def test_a_file_that_is_spoilt_lets_nobody_in_until_it_is_mended(tmp_path, slip, caplog):
    path = tmp_path / "tokens"
    path.write_text(f"alice {ALICE}\n", "utf-8")
    tokens = FileTokens(path, "FILE")
    if slip == "gone":
        path.unlink()
    else:
        path.write_text(slip, "utf-8")
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            assert await name_of(tokens, ALICE) is None
    text = [record for record in caplog.records if record.name == "drs_mcp.http.auth.tokens"]
    assert len(text) == 1  # once, not for every request
    place = {"gone": "FILE cannot be read", "": "FILE holds no token"}.get(slip, "FILE, line 1")
    assert place in caplog.text
    assert "short-secret" not in caplog.text
    path.write_text(f"alice {ALICE}\n# mended\n", "utf-8")
    assert await name_of(tokens, ALICE) == "alice"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_a_pipe_is_not_waited_for_and_a_huge_file_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SettingsError, match="TOKENS_FILE must name a file"):
        tokens_in_file(tmp_path / "pipe", "TOKENS_FILE")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(10 * 1024**3)
    with pytest.raises(SettingsError, match="TOKENS_FILE has more than"):
        tokens_in_file(tmp_path / "huge", "TOKENS_FILE")
