"""Lines of a Spark executor and of a coordination service (ZooKeeper)."""

from __future__ import annotations

from .source import Source, Template


# Spark
def _memory(s: Source) -> str:
    value = s.size(2, 9999) / 10
    return f"{value:.1f} {s.skew(('KB', 'MB', 'B', 'GB'))}"


def _rdd(s: Source) -> str:
    return f"rdd_{s.num(1, 60)}_{s.num(0, 200)}"


def _stage(s: Source) -> str:
    attempt = "0" if s.num(1, 20) > 1 else "1"
    return f"task {s.num(0, 199)}.{attempt} in stage {s.num(0, 40)}.0 (TID {s.size(1, 90000)})"


def _attempt(s: Source) -> str:
    return f"attempt_202506092018_{s.num(0, 40):04d}_m_{s.num(0, 199):06d}_{s.size(1, 90000)}"


def _file(s: Source) -> str:
    return f"hdfs://{s.ip()}:9000{s.path('/logs', 3)}.log"


def _service(s: Source) -> str:
    return s.pick(
        (
            "sparkExecutorActorSystem",
            "org.apache.spark.network.netty.NettyBlockTransferService",
            "SparkUI",
            "sparkDriver",
            "HTTP file server",
        )
    )


def _fault(s: Source) -> str:
    return s.skew(
        (
            "java.io.IOException: Connection reset by peer",
            "org.apache.spark.TaskKilledException",
            "java.lang.OutOfMemoryError: Java heap space",
            "java.util.NoSuchElementException: key not found: "
            f"{s.word()}{s.maybe(0.5, f'-{s.num(1, 99)}')}",
            f"java.io.FileNotFoundException: File does not exist: {s.path('/logs', 4)}",
        )
    )


SPARK: tuple[Template, ...] = (
    ("python-times", 375, lambda s: (
        f"Times: total = {s.size(20, 9000)}, boot = {s.num(-9000, 80)}, "
        f"init = {s.size(10, 9000)}, finish = {s.size(1, 900)}")),
    ("task-assigned", 305, lambda s: f"Got assigned task {s.size(1, 90000)}"),
    ("task-running", 305, lambda s: f"Running {_stage(s)}"),
    ("task-finished", 300, lambda s:
        f"Finished {_stage(s)}. {s.size(900, 90000)} bytes result sent to driver"),
    ("block-found-locally", 257, lambda s: f"Found block {_rdd(s)} locally"),
    ("block-bytes-stored", 112, lambda s: (
        f"Block {s.pick((_rdd(s), f'broadcast_{s.num(0, 60)}_piece{s.num(0, 3)}'))} stored as "
        f"bytes in memory (estimated size {_memory(s)}, free {_memory(s)})")),
    ("partition-missing", 75, lambda s: f"Partition {_rdd(s)} not found, computing it"),
    ("input-split", 45, lambda s:
        f"Input split: {_file(s)}:{s.num(0, 1) * s.size()}+{s.size(100, 134217728)}"),
    ("broadcast-reading", 37, lambda s: f"Started reading broadcast variable {s.num(0, 60)}"),
    ("broadcast-read", 37, lambda s:
        f"Reading broadcast variable {s.num(0, 60)} took {s.size(2, 4000)} ms"),
    ("block-values-stored", 37, lambda s: (
        f"Block broadcast_{s.num(0, 60)} stored as values in memory (estimated size {_memory(s)}, "
        f"free {_memory(s)})")),
    ("committer-version", 30, lambda s: "File Output Committer Algorithm version is 1"),
    ("output-saved", 30, lambda s: (
        f"Saved output of task '{(a := _attempt(s))}' to hdfs://{s.ip()}:9000{s.path('/out', 3)}"
        f"/_temporary/0/task_{a[8:].rpartition('_')[0]}")),
    ("attempt-committed", 30, lambda s: f"{_attempt(s)}: Committed"),
    ("shuffle-blocks", 24, lambda s: (
        f"Getting {(n := s.size(1, 400))} non-empty blocks out of {n + s.num(0, 40)} blocks")),
    ("remote-fetches", 24, lambda s:
        f"Started {s.num(0, 12)} remote fetches in {s.size(1, 400)} ms"),
    ("outputs-needed", 10, lambda s:
        f"Don't have map outputs for shuffle {s.num(0, 40)}, fetching them"),
    ("tracker-endpoint", 10, lambda s: (
        "Doing the fetch; tracker endpoint = NettyRpcEndpointRef(spark://MapOutputTracker@"
        f"{s.pick((s.ip(), s.host()))}:{s.port()})")),
    ("outputs-got", 10, lambda s: "Got the output locations"),
    ("task-exception", 8, lambda s: f"Exception in {_stage(s)}: {_fault(s)}"),
    ("executor-kill", 5, lambda s: f"Executor is trying to kill {_stage(s)}"),
    ("spilled", 8, lambda s: (
        f"Thread {s.num(40, 120)} spilling sort data of {_memory(s)} to disk "
        f"({(n := s.num(0, 9))} time{'s' if n > 1 else ''} so far)")),
    ("not-enough-space", 5, lambda s: (
        f"Not enough space to cache {_rdd(s)} in memory! (computed {_memory(s)} so far)")),
    ("view-acls", 2, lambda s: (
        f"Changing view acls to: {s.many(s.user, 3, ',')}")),
    ("security-manager", 2, lambda s: (
        "SecurityManager: authentication disabled; ui acls disabled; users with view permissions: "
        f"Set({(u := s.many(s.user, 3, ', '))}); users with modify permissions: Set({u})")),
    ("service-started", 3, lambda s:
        f"Successfully started service '{_service(s)}' on port {s.port()}."),
    ("local-directory", 2, lambda s: (
        f"Created local directory at {s.path('/data', 4)}/appcache/application_"
        f"{s.num(1485000000000, 1486000000000)}_{s.num(1, 999):04d}/blockmgr-{s.uuid()}")),
    ("memory-store", 1, lambda s: f"MemoryStore started with capacity {_memory(s)}"),
    ("driver-connect", 1, lambda s: (
        "Connecting to driver: spark://CoarseGrainedScheduler@"
        f"{s.pick((s.ip(), s.host()))}:{s.port()}")),
    ("executor-start", 1, lambda s: f"Starting executor ID {s.num(0, 40)} on host {s.host()}"),
    ("lost-driver", 1, lambda s: (
        f"Driver {s.pick((s.ip(), s.host()))}:{s.port()} disassociated! Shutting down.")),
)  # fmt: skip


# ZooKeeper
def _session(s: Source) -> str:
    return f"0x{s.num(1, 3)}4{s.hex(13)}"


def _zxid(s: Source) -> str:
    return f"0x{s.size(1, 2**36):x}"


def _client(s: Source) -> str:
    return f"/{s.peer()}"


def _state(s: Source) -> str:
    return s.skew(("LOOKING", "FOLLOWING", "LEADING", "OBSERVING"))


def _property(s: Source) -> str:
    name, value = s.pick(
        (
            ("user.dir", "/"),
            ("java.vendor", "Oracle Corporation"),
            ("os.version", f"5.{s.num(4, 19)}.0-{s.num(10, 90)}-generic"),
            ("java.io.tmpdir", "/tmp"),
            ("java.compiler", "<NA>"),
            ("java.class.path", s.many(lambda: s.path("/usr/share/java", 2) + ".jar", 14, ":", 3)),
            ("host.name", s.pick((s.host(), s.node(), "<NA>"))),
            ("os.memory.free", f"{s.num(10, 900)}MB"),
            ("zookeeper.version", f"3.4.{s.num(5, 14)}--1, built on 03/07/2025 16:45 GMT"),
        )
    )
    return f"Server environment:{name}={value}"


def _keeper_error(s: Source) -> str:
    path = s.path(s.pick(("/brokers", "/hbase", "/locks")), 4)
    code = s.pick(("NodeExists", "NoNode", "BadVersion", "NotEmpty"))
    return (
        f"Got user-level KeeperException when processing sessionid:{_session(s)} "
        f"type:{s.pick(('create', 'delete', 'setData'))} cxid:{_zxid(s)} zxid:{_zxid(s)} "
        f"txntype:-1 reqpath:n/a Error Path:{path} Error:KeeperErrorCode = {code} for {path}"
    )


ZOOKEEPER: tuple[Template, ...] = (
    ("queue-interrupted", 314, lambda s: "Interrupted while waiting for message on queue"),
    ("connection-request", 299, lambda s: f"Received connection request {_client(s)}"),
    ("connection-broken", 291, lambda s: (
        f"Connection broken for id {s.pick((str(s.num(1, 5)), str(s.size(10**11, 10**12))))}, "
        f"my id = {s.num(1, 5)}, error = "
        f"{s.maybe(0.15, 'java.net.SocketException: Socket closed')}")),
    ("send-worker-interrupted", 266, lambda s: "Interrupting SendWorker"),
    ("send-worker-leaving", 262, lambda s: "Send worker leaving thread"),
    ("election-channel", 86, lambda s: (
        f"Cannot open channel to {s.num(1, 5)} at election address "
        f"{s.maybe(0.3, s.host())}/{s.ip()}:3888")),
    ("session-established", 50, lambda s: (
        f"Established session {_session(s)} with negotiated timeout "
        f"{s.pick(('10000', '6000', '40000'))} for client {_client(s)}")),
    ("socket-accepted", 48, lambda s: f"Accepted socket connection from {_client(s)}"),
    ("session-terminated", 47, lambda s:
        f"Processed session termination for sessionid: {_session(s)}"),
    ("socket-closed", 48, lambda s: (
        f"Closed socket connection for client {_client(s)} which had sessionid {_session(s)}")),
    ("session-attempt", 41, lambda s:
        f"Client attempting to establish new session at {_client(s)}"),
    ("session-expired", 40, lambda s: (
        f"Expiring session {_session(s)}, timeout of {s.pick(('10000', '6000', '40000'))}ms "
        "exceeded")),
    ("old-client", 39, lambda s: (
        f"Connection request from old client {_client(s)}; will be dropped if server is in r-o "
        "mode")),
    ("notification-timeout", 37, lambda s:
        f"Notification time out: {400 * 2 ** s.num(0, 7)}"),
    ("end-of-stream", 37, lambda s: "caught end of stream exception"),
    ("goodbye", 19, lambda s: f"******* GOODBYE {_client(s)} ********"),
    ("socket-still-open", 12, lambda s: "Unexpected exception causing shutdown while sock still "
        "open"),
    ("environment", 11, _property),
    ("notification", 14, lambda s: (
        f"Notification: {s.num(1, 5)} (n.leader), {_zxid(s)} (n.zxid), 0x{s.num(1, 40):x} "
        f"(n.round), "
        f"{_state(s)} (n.state), {s.num(1, 5)} (n.sid), 0x{s.num(0, 12):x} (n.peerEPoch), "
        f"{_state(s)} (my state)")),
    ("closed-without-session", 5, lambda s: (
        f"Closed socket connection for client {_client(s)} (no session established for client)")),
    ("session-renewal", 4, lambda s:
        f"Client attempting to renew session {_session(s)} at {_client(s)}"),
    ("revalidating", 4, lambda s: f"Revalidating client: {_session(s)}"),
    ("not-running", 3, lambda s: (
        "Exception causing close of session 0x0 due to java.io.IOException: ZooKeeperServer not "
        "running")),
    ("election-took", 3, lambda s: f"FOLLOWING - LEADER ELECTION TOOK - {s.size(20, 9000)}"),
    ("snapshotting", 3, lambda s: (
        f"Snapshotting: {(z := _zxid(s))} to /var/lib/zookeeper/version-2/snapshot.{z[2:]}")),
    ("smaller-id", 2, lambda s: (
        "Have smaller server identifier, so dropping the connection: "
        f"({(n := s.num(2, 5))}, {s.num(1, n - 1)})")),
    ("new-election", 2, lambda s:
        f"New election. My id =  {s.num(1, 5)}, proposed zxid={_zxid(s)}"),
    ("keeper-exception", 4, _keeper_error),
    ("follower-info", 1, lambda s: (
        f"Follower sid: {s.num(1, 5)} : info : org.apache.zookeeper.server.quorum."
        f"QuorumPeer$QuorumServer@{s.hex(8)}")),
    ("quorum-reached", 1, lambda s: (
        f"Have quorum of supporters; starting up and setting last processed zxid: {_zxid(s)}")),
    ("snapshot-read", 1, lambda s:
        f"Reading snapshot /var/lib/zookeeper/version-2/snapshot.{_zxid(s)[2:]}"),
    ("synchronizing", 2, lambda s: (
        f"Synchronizing with Follower sid: {s.num(1, 5)} maxCommittedLog={_zxid(s)} "
        f"minCommittedLog={_zxid(s)} peerLastZxid={_zxid(s)}")),
)  # fmt: skip
