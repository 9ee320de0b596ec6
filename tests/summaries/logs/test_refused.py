"""A reply that refuses a replayed write is a warning that a person has to read."""

import pytest

from drs_mcp.summaries.logs.doubt.doubtful import doubt_in
from drs_mcp.summaries.logs.doubt.refused import refused_in

REFUSED = [
    "redisWriter received BUSYKEY reply. argv=[restore user:77 0 ?]",
    "restore of cart:9 answered: BUSYKEY Target key name already exists.",
    "apply SET: OOM command not allowed when used memory > 'maxmemory'.",
    "writer got reply MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk",
    "lpush q:1 returned WRONGTYPE Operation against a key holding the wrong kind of value",
    "set user:1 returned READONLY You can't write against a read only replica.",
    "command eval was answered with NOPERM reply",
    "回放 restore user:1 时目标端返回 BUSYKEY",
    "写入 hset h:1 收到 WRONGTYPE 错误",
    "目标端响应 OOM command not allowed when used memory > 'maxmemory'",
    "目標端返回 MISCONF，命令 set a:1 失敗",
]
INNOCENT = [
    "No BUSYKEY reply was received since the start",
    "BUSYKEY replies: 0",
    "if the destination returns BUSYKEY, the key is handled by the policy",
    "OOM killer is disabled on the node",
    "received LOADING reply, retrying",
    "received OOM reply; the command will be retried",
    "rdb_restore_command_behavior=rewrite handles BUSYKEY",
    "未收到 BUSYKEY 回复",
    "收到 BUSYKEY 后已覆盖目标端的键 user:77",
    "如果目标端返回 OOM，任务会重试",
]


@pytest.mark.parametrize("line", REFUSED)
def test_a_refused_write_is_a_doubt(line):
    assert doubt_in(line, warns=True)


@pytest.mark.parametrize("line", INNOCENT)
def test_a_reply_that_did_not_come_or_was_dealt_with_is_none(line):
    assert doubt_in(line, warns=True) == ""


def test_a_key_that_was_then_replaced_was_not_refused():
    assert not refused_in("received BUSYKEY reply, key user:77 was replaced")
    assert refused_in("received BUSYKEY reply, key user:77 was kept")
