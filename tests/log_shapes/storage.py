"""Lines of a distributed file system (HDFS) and of a job master (Hadoop MapReduce)."""

from __future__ import annotations

from .source import Source, Template


# HDFS
def _block(s: Source) -> str:
    return f"blk_{s.maybe(0.5, '-')}{s.size(10**14, 9 * 10**18)}"


def _datanode(s: Source) -> str:
    return f"{s.ip()}:50010"


def _bytes(s: Source) -> str:
    """Most blocks are full."""
    return "67108864" if s.num(1, 10) <= 8 else str(s.size(90, 67108863))


def _file(s: Source) -> str:
    job, task, kind = s.num(1, 30), s.num(0, 2400), s.pick("mmmr")
    top = s.pick(("/user/root/rand", "/user/root/sortrand", "/user/etl/daily-"))
    if s.num(1, 5) == 1:
        return f"{top}{job}/part-{task:05d}."
    if s.num(1, 6) == 1:
        staging = f"/mnt/hadoop/mapred/system/job_202511101024_{job:04d}"
        return f"{staging}/{s.pick(('job.jar', 'job.xml', 'job.split'))}."
    attempt = f"_task_202511101024_{job:04d}_{kind}_{task:06d}_{s.num(0, 2)}"
    return f"{top}{job}/_temporary/{attempt}/part-{task:05d}."


def _on_disk(s: Source, block: str) -> str:
    return f"/mnt/hadoop/dfs/data/current/{s.maybe(0.8, f'subdir{s.num(0, 63)}/')}{block}"


def _java_error(s: Source) -> str:
    """An exception with its text, which is a value of the line that tells it."""
    return s.skew(
        (
            "java.io.IOException: Connection reset by peer",
            "java.io.EOFException",
            "java.net.SocketTimeoutException: 480000 millis timeout while waiting for channel to "
            "be "
            f"ready for write. ch : java.nio.channels.SocketChannel[connected "
            f"local=/{_datanode(s)} "
            f"remote=/{s.peer()}]",
            "java.io.IOException: Broken pipe",
            "java.io.InterruptedIOException: Interruped while waiting for IO on channel "
            f"java.nio.channels.SocketChannel[closed]. {s.num(1, 479999)} millis timeout left.",
            "java.nio.channels.ClosedByInterruptException",
            f"java.io.IOException: Block {_block(s)} is valid, and cannot be written to.",
        )
    )


HDFS: tuple[Template, ...] = (
    ("stored-block-added", 310, lambda s: (
        f"BLOCK* NameSystem.addStoredBlock: blockMap updated: {_datanode(s)} is added to "
        f"{_block(s)} size {_bytes(s)}")),
    ("responder-terminating", 310, lambda s:
        f"PacketResponder {s.num(0, 2)} for block {_block(s)} terminating"),
    ("block-received", 290, lambda s:
        f"Received block {_block(s)} of size {_bytes(s)} from /{s.ip()}"),
    ("block-arriving", 290, lambda s: (
        f"Receiving block {_block(s)} src: /{(a := s.ip())}:{s.port()} dest: /{a}:50010")),
    ("block-deleted", 260, lambda s:
        f"Deleting block {(b := _block(s))} file {_on_disk(s, b)}"),
    ("block-invalidated", 220, lambda s: (
        f"BLOCK* NameSystem.delete: {_block(s)} is added to invalidSet of {_datanode(s)}")),
    ("block-allocated", 115, lambda s:
        f"BLOCK* NameSystem.allocateBlock: {_file(s)} {_block(s)}"),
    ("block-served", 80, lambda s: f"{_datanode(s)} Served block {_block(s)} to /{s.ip()}"),
    ("serving-failed", 80, lambda s: (
        f"{_datanode(s)}:Got exception while serving {_block(s)} to /{s.ip()}:"
        f"{s.maybe(0.3, ' ' + _java_error(s))}")),
    ("verified", 20, lambda s: f"Verification succeeded for {_block(s)}"),
    ("delete-asked", 12, lambda s: (
        f"BLOCK* ask {_datanode(s)} to delete  {s.many(lambda: _block(s), 60, ' ')}")),
    ("block-copied-in", 6, lambda s: (
        f"Received block {_block(s)} src: /{s.peer()} dest: /{_datanode(s)} of size {_bytes(s)}")),
    ("transfer-started", 6, lambda s: (
        f"{_datanode(s)} Starting thread to transfer block {_block(s)} to "
        f"{s.many(lambda: _datanode(s), 3, ', ')}")),
    ("replicate-asked", 6, lambda s: (
        f"BLOCK* ask {_datanode(s)} to replicate {_block(s)} to datanode(s) "
        f"{s.many(lambda: _datanode(s), 3, ' ')}")),
    ("transmitted", 5, lambda s: f"{_datanode(s)}:Transmitted block {_block(s)} to "
        f"/{_datanode(s)}"),
    ("write-exception", 5, lambda s:
        f"writeBlock {_block(s)} received exception {_java_error(s)}"),
    ("receive-exception", 4, lambda s:
        f"Exception in receiveBlock for block {_block(s)} {_java_error(s)}"),
    ("responder-exception", 3, lambda s:
        f"PacketResponder {_block(s)} {s.num(0, 2)} Exception {_java_error(s)}"),
    ("empty-packet", 3, lambda s: f"Receiving empty packet for block {_block(s)}"),
    ("offset-changed", 3, lambda s: (
        f"Changing block file offset of block {_block(s)} from {s.size(1, 67108864)} to "
        f"{s.size(1, 67108864)} meta file offset to {s.size(7, 524295)}")),
    ("redundant-store", 3, lambda s: (
        "BLOCK* NameSystem.addStoredBlock: Redundant addStoredBlock request received for "
        f"{_block(s)} on {_datanode(s)} size {_bytes(s)}")),
    ("orphan-store", 2, lambda s: (
        f"BLOCK* NameSystem.addStoredBlock: addStoredBlock request received for {_block(s)} on "
        f"{_datanode(s)} size {_bytes(s)} But it does not belong to any file.")),
    ("delete-unknown", 2, lambda s: (
        f"Unexpected error trying to delete block {_block(s)}. BlockInfo not found in volumeMap.")),
    ("replication-dropped", 2, lambda s: (
        f"BLOCK* Removing block {_block(s)} from neededReplications as it does not belong to any "
        "file.")),
    ("replication-timeout", 2, lambda s: f"PendingReplicationMonitor timed out block {_block(s)}"),
    ("reopened", 1, lambda s: f"Reopen Block {_block(s)}"),
)  # fmt: skip


# Hadoop MapReduce
def _job(s: Source) -> str:
    return s.pooled("job", 6, lambda: f"{s.num(1445000000000, 1446000000000)}_{s.num(1, 999):04d}")


def _task(s: Source) -> str:
    return f"{_job(s)}_{s.pick('mmmmr')}_{s.num(0, 180):06d}"


def _attempt(s: Source) -> str:
    return f"attempt_{_task(s)}_{s.num(0, 3)}"


def _container(s: Source) -> str:
    return f"container_{_job(s)}_01_{s.num(1, 400):06d}"


def _memory(s: Source) -> str:
    return f"<memory:{s.num(0, 32) * 1024}, vCores:{s.num(-27, 32)}>"


def _counts(s: Source) -> str:
    names = (
        "PendingReds",
        "ScheduledMaps",
        "ScheduledReds",
        "AssignedMaps",
        "AssignedReds",
        "CompletedMaps",
        "CompletedReds",
        "ContAlloc",
        "ContRel",
        "HostLocal",
        "RackLocal",
    )
    return " ".join(f"{name}:{s.size(1, 180) - 1}" for name in names)  # fmt: skip


def _class(s: Source) -> str:
    package = s.pick(("jobhistory", "v2.app.job.event", "v2.app.launcher", "v2.app.rm"))
    name = s.pick(("EventType", "JobEventType", "TaskEventType", "TaskAttemptEventType",
                   "JobFinishEvent$Type", "ContainerLauncher$EventType",
                   "ContainerAllocator$EventType"))  # fmt: skip
    return f"org.apache.hadoop.mapreduce.{package}.{name}"


def _unreachable(s: Source) -> str:
    return (
        f"java.net.NoRouteToHostException: No Route to Host from  {s.host()}/127.0.0.1 to "
        f"{s.node()}:9000 failed on socket timeout exception: java.net.NoRouteToHostException: "
        "No route to host: no further information; For more details see:  "
        "http://wiki.apache.org/hadoop/NoRouteToHost"
    )


HADOOP: tuple[Template, ...] = (
    ("address-changed", 470, lambda s: (
        f"Address change detected. Old: "
        f"{(h := s.node())}/{s.ip()}:{(p := s.pick(('9000', '8030')))}"
        f" New: {h}{s.maybe(0.3, '/' + s.ip())}:{p}")),
    ("lease-renewal-failed", 320, lambda s: (
        f"Failed to renew lease for [DFSClient_NONMAPREDUCE_{s.maybe(0.3, '-')}{s.size(10**8)}_1] "
        f"for {s.size(30, 900)} seconds.  Will retry shortly ...")),
    ("attempt-progress", 290, lambda s: (
        f"Progress of TaskAttempt {_attempt(s)} is : "
        f"{s.pick(('1.0', '0.0', s.real(0, 1, 8), s.real(0, 1, 7), s.real(0, 1, 9)))}")),
    ("contacting-rm", 145, lambda s: "ERROR IN CONTACTING RM. "),
    ("connect-retry", 145, lambda s: (
        f"Retrying connect to server: {s.node()}{s.maybe(0.4, '/' + s.ip())}:8030. Already tried "
        f"{s.num(0, 9)} time(s); retry policy is "
        f"RetryUpToMaximumCountWithFixedSleep(maxRetries=10, "
        "sleepTime=1000 MILLISECONDS)")),
    ("schedule-recalculated", 130, lambda s: f"Recalculating schedule, headroom={_memory(s)}"),
    ("slow-start-not-met", 130, lambda s: (
        "Reduce slow start threshold not met. completedMapsForReduceSlowstart "
        f"{s.size(1, 40)}")),
    ("rack-resolved", 40, lambda s:
        f"Resolved {s.host()} to {s.pick(('/default-rack', f'/dc1/rack{s.num(1, 12)}'))}"),
    ("attempt-assigned", 14, lambda s:
        f"{_attempt(s)} TaskAttempt Transitioned from UNASSIGNED to ASSIGNED"),
    ("task-scheduled", 12, lambda s: f"task_{_task(s)} Task Transitioned from NEW to SCHEDULED"),
    ("container-launch", 12, lambda s: (
        f"Processing the event EventType: CONTAINER_REMOTE_LAUNCH for container {_container(s)} "
        f"taskAttempt {_attempt(s)}")),
    ("proxy-opened", 12, lambda s: f"Opening proxy : {s.host()}:{s.port()}"),
    ("resources-asked", 12, lambda s: (
        f"getResources() for application_{_job(s)}: ask={s.num(0, 9)} release= {s.num(0, 3)} "
        f"newContainers={s.num(0, 9)} finishedContainers={s.num(0, 9)} "
        f"resourcelimit={_memory(s)} knownNMs={s.num(1, 40)}")),
    ("after-scheduling", 12, lambda s: f"After Scheduling: {_counts(s)}"),
    ("containers-allocated", 10, lambda s: f"Got allocated containers {s.num(1, 40)}"),
    ("container-assigned", 10, lambda s: f"Assigned container {_container(s)} to {_attempt(s)}"),
    ("shuffle-port", 10, lambda s: (
        f"Shuffle port returned by ContainerManager for {_attempt(s)} : 13562")),
    ("attempt-container", 10, lambda s: (
        f"TaskAttempt: [{_attempt(s)}] using containerId: [{_container(s)} on NM: "
        f"[{s.host()}:{s.port()}]")),
    ("auth-ok", 10, lambda s: f"Auth successful for job_{_job(s)} (auth:SIMPLE)"),
    ("jvm-asked", 10, lambda s: f"JVM with ID : jvm_{_task(s)} asked for a task"),
    ("jvm-given", 10, lambda s: f"JVM with ID: jvm_{_task(s)} given task: {_attempt(s)}"),
    ("class-registered", 9, lambda s: f"Registering class {_class(s)} for class {_class(s)}"),
    ("diagnostics", 6, lambda s: (
        f"Diagnostics report from {_attempt(s)}: "
        f"{s.pick(('Container killed by the ApplicationMaster.', 'Error: ' + _unreachable(s)))}")),
    ("task-exited", 4, lambda s: f"Task: {_attempt(s)} - exited : {_unreachable(s)}"),
    ("node-failures", 4, lambda s: f"{s.num(1, 9)} failures on node {s.host()}"),
    ("failed-map-listed", 3, lambda s: f"Added {_attempt(s)} to list of failed maps"),
    ("container-completed", 3, lambda s: f"Received completed container {_container(s)}"),
    ("path-spec", 2, lambda s: f"adding path spec: /{s.pick(('ws', 'mapreduce', 'static'))}/*"),
    ("input-size", 1, lambda s: (
        f"Input size for job job_{_job(s)} = {s.size(1000)}. Number of splits = "
        f"{s.size(1, 400)}")),
    ("slow-read", 2, lambda s: (
        f"Slow ReadProcessor read fields took {s.size(30001, 99999)}ms (threshold=30000ms); ack: "
        f"seqno: {s.num(-2, 900)} status: SUCCESS{s.maybe(0.5, ' status: ERROR')} "
        f"downstreamAckTimeNanos: {s.num(0, 1) * s.size()}, targets: "
        f"[{s.many(lambda: _datanode(s), 3, ', ')}]")),
    ("block-recovery", 2, lambda s: (
        f"Error Recovery for block BP-{s.size()}-{s.ip()}-{s.num(1444900000000, 1444999999999)}:"
        f"blk_{s.size(10**8)}_{s.size(1000, 99999)} in pipeline "
        f"{s.many(lambda: _datanode(s), 3, ', ')}: bad datanode {_datanode(s)}")),
)  # fmt: skip
