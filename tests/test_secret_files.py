"""Files of secrets: read whole or not at all, never waited for, and told if others may read them."""

import logging
import os
import sys
from pathlib import Path

import pytest

from drs_mcp.secret_files import (
    NotAFile,
    TooLargeFile,
    is_too_open,
    read_secret_file,
    too_open,
    warn_of_too_open,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="neither pipes nor modes there")


def test_a_file_is_read_also_through_a_link(tmp_path):
    (tmp_path / "token").write_bytes(b"abc\n")
    (tmp_path / "link").symlink_to(tmp_path / "token")
    assert read_secret_file(tmp_path / "link") == b"abc\n"


def test_a_file_may_be_as_large_as_is_said_and_no_larger(tmp_path):
    file = tmp_path / "token"
    file.write_bytes(b"x" * 10)
    assert read_secret_file(file, 10) == b"x" * 10
    with pytest.raises(TooLargeFile):
        read_secret_file(file, 9)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_not_read(device):
    with pytest.raises(OSError, match=r".*"):
        read_secret_file(Path(device))


def test_neither_a_pipe_that_nobody_writes_to_nor_a_folder_is_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", tmp_path):
        with pytest.raises(NotAFile):
            read_secret_file(place)


def test_a_file_that_is_not_there_is_told_as_that(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_secret_file(tmp_path / "none")
    assert not is_too_open(tmp_path / "none")


@pytest.mark.parametrize(
    ("mode", "open_"),
    [(0o600, False), (0o400, False), (0o640, True), (0o604, True), (0o644, True), (0o620, True)],
)
def test_our_own_file_is_for_us_alone(tmp_path, mode, open_):
    file = tmp_path / "token"
    file.touch()
    file.chmod(mode)
    assert is_too_open(file) is open_


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives away")
@pytest.mark.parametrize(("mode", "open_"), [(0o440, False), (0o644, True), (0o460, True)])
def test_a_file_of_another_owner_may_let_its_group_read(tmp_path, mode, open_):
    file = tmp_path / "token"
    file.touch()
    os.chown(file, 12_345, -1)
    file.chmod(mode)
    assert is_too_open(file) is open_


def test_open_files_are_told_by_their_labels_and_never_by_their_paths(tmp_path, caplog):
    for name, mode in (("closed", 0o600), ("open", 0o644)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(mode)
    files = {"DRS_MCP_A": tmp_path / "closed", "DRS_MCP_B": tmp_path / "open"}
    assert too_open(files) == ["DRS_MCP_B"]
    with caplog.at_level(logging.WARNING):
        warn_of_too_open(files)
    (message,) = caplog.messages
    assert message.startswith("DRS_MCP_B: other users may read")
    assert "chmod 600" in message
    assert str(tmp_path) not in message
