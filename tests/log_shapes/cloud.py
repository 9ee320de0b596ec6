"""Lines of a cloud's compute service (OpenStack) and of a batch scheduler (Slurm)."""

from __future__ import annotations

from .source import Source, Template


# OpenStack
def _base_file(s: Source) -> str:
    name = s.pooled("image-file", 5, lambda: s.hex(40))
    return f"/var/lib/nova/instances/_base/{name}{s.maybe(0.15, '_20')}"


def _instance(s: Source) -> str:
    return f"[instance: {s.uuid()}]"


def _project(s: Source) -> str:
    return s.pooled("project", 4, lambda: s.hex(32))


def _caller(s: Source) -> str:
    """One address, or two where a proxy passed the request on."""
    return s.ip() + s.maybe(0.4, "," + s.ip())


def _resource(s: Source) -> str:
    metadata = s.pick(("instance-id", "local-hostname", "public-keys/0/openssh-key", ""))
    since = f"&changes-since={s.date()}T{s.clock().replace(':', '%3A')}%2B00%3A00"
    return s.skew(
        (
            f"/v2/{_project(s)}/servers/detail",
            f"/latest/meta-data/{metadata}",
            f"/openstack/2013-10-17/{s.pick(('meta_data.json', 'vendor_data.json', 'user_data'))}",
            f"/v2/{_project(s)}/servers/{s.uuid()}",
            f"/v2/{_project(s)}/servers/detail?all_tenants=True{since}&host={s.host()}",
            f"/v2/{_project(s)}/flavors/{s.num(1, 9)}",
        )
    )


OPENSTACK: tuple[Template, ...] = (
    ("request", 930, lambda s: (
        f'{_caller(s)} "GET {_resource(s)} HTTP/1.1" status: {s.skew(("200", "404", "503"))} '
        f"len: {s.size(90, 90000)} time: {s.real(0, 2, 7)}")),
    ("image-checking", 82, lambda s: f"image {s.uuid()} at ({_base_file(s)}): checking"),
    ("image-in-use", 82, lambda s: (
        f"image {s.uuid()} at ({_base_file(s)}): in use: on this node {s.num(0, 9)} local, "
        f"{s.num(0, 9)} on other nodes sharing this instance storage")),
    ("active-base-files", 82, lambda s:
        f"Active base files: {s.many(lambda: _base_file(s), 5, ' ')}"),
    ("lifecycle", 60, lambda s: f"{_instance(s)} VM Resumed (Lifecycle Event)"),
    ("sync-skipped", 43, lambda s: (
        f"{_instance(s)} During sync_power_state the instance has a pending task "
        f"({s.pick(('spawning', 'deleting', 'image_uploading'))}). Skip.")),
    ("unknown-base-file", 30, lambda s: f"Unknown base file: {_base_file(s)}"),
    ("removable-base-files", 30, lambda s:
        f"Removable base files: {s.many(lambda: _base_file(s), 5, ' ')}"),
    ("event-created", 22, lambda s:
        f"Creating event network-vif-plugged:{s.uuid()} for instance {s.uuid()}"),
    ("spawned", 22, lambda s: f"{_instance(s)} Instance spawned successfully."),
    ("spawn-time", 22, lambda s: (
        f"{_instance(s)} Took {s.real(3, 120, 2)} seconds to spawn the instance on the "
        f"hypervisor.")),
    ("build-time", 22, lambda s:
        f"{_instance(s)} Took {s.real(3, 140, 2)} seconds to build instance."),
    ("terminating", 22, lambda s: f"{_instance(s)} Terminating instance"),
    ("destroyed", 22, lambda s: f"{_instance(s)} Instance destroyed successfully."),
    ("files-deleting", 21, lambda s: (
        f"[instance: {(i := s.uuid())}] Deleting instance files "
        f"/var/lib/nova/instances/{i}_del")),
    ("files-deleted", 21, lambda s: (
        f"[instance: {(i := s.uuid())}] Deletion of /var/lib/nova/instances/{i}_del complete")),
    ("network-time", 21, lambda s: (
        f"{_instance(s)} Took {s.real(0, 9, 2)} seconds to deallocate network for instance.")),
    ("base-file-removed", 21, lambda s: f"Removing base or swap file: {_base_file(s)}"),
    ("no-instances", 21, lambda s: "HTTP exception thrown: No instances found for any event"),
    ("claim", 21, lambda s: (
        f"{_instance(s)} Attempting claim: memory {s.num(1, 16) * 512} MB, disk "
        f"{s.num(1, 16) * 20} GB, vcpus {s.num(1, 16)} CPU")),
    ("memory-total", 21, lambda s: (
        f"{_instance(s)} Total memory: {s.size(8000, 512000)} MB, used: "
        f"{s.real(512, 9000, 2)} MB")),
    ("memory-limit", 21, lambda s: (
        f"{_instance(s)} memory limit: {s.real(9000, 96258, 2)} MB, free: "
        f"{s.real(500, 95746, 2)} MB")),
    ("disk-unlimited", 21, lambda s:
        f"{_instance(s)} disk limit not specified, defaulting to unlimited"),
    ("claim-ok", 21, lambda s: f"{_instance(s)} Claim successful"),
    ("image-creating", 21, lambda s: f"{_instance(s)} Creating image"),
    ("auditing", 15, lambda s:
        f"Auditing locally available compute resources for node {s.host()}"),
    ("vcpus-usable", 15, lambda s: (
        f"Total usable vcpus: {s.num(8, 128)}, total allocated vcpus: {s.num(0, 64)}")),
    ("resource-view", 15, lambda s: (
        f"Final resource view: name={s.host()} phys_ram={s.size(8000, 512000)}MB "
        f"used_ram={s.size(512, 8000)}MB phys_disk={s.num(15, 900)}GB used_disk={s.num(0, 15)}GB "
        f"total_vcpus={s.num(8, 128)} used_vcpus={s.num(0, 64)} "
        f"pci_stats={s.pick(('[]', '', '[{count=2,product=1db6}]'))}")),
    ("service-record", 15, lambda s:
        f"Compute_service record updated for {(h := s.host())}:{h}"),
    ("file-too-young", 9, lambda s: f"Base or swap file too young to remove: {_base_file(s)}"),
    ("sync-mismatch", 5, lambda s: (
        f"The instance sync for host '{s.host()}' did not match. Re-created its InstanceList.")),
    ("sync-ok", 3, lambda s: f"Successfully synced instances from host '{s.host()}'."),
    ("usage-audit", 1, lambda s: (
        f"Running instance usage audit for host {s.host()} from {s.date()} {s.clock()} to "
        f"{s.date()} {s.clock()}. {s.num(0, 400)} instances.")),
    ("power-states", 1, lambda s: (
        f"While synchronizing instance power states, found {s.num(0, 40)} instances in the "
        f"database "
        f"and {s.num(0, 40)} instances on the hypervisor.")),
)  # fmt: skip


# Slurm
def _job(s: Source) -> str:
    """A job, sometimes one of an array."""
    number = s.size(1000, 9000000)
    return f"JobId={number}" + s.maybe(0.15, f"_{s.num(0, 400)}({number + s.num(1, 400)})")


def _nodes(s: Source) -> str:
    """Slurm's way to write one node or several."""
    name = s.pick(("cn", "gpu", "bigmem"))
    if s.num(1, 5) <= 3:
        return f"{name}{s.num(1, 400):03d}"
    part = s.many(
        lambda: f"{(a := s.num(1, 380)):03d}" + s.maybe(0.5, f"-{a + s.num(1, 19):03d}"), 6, ","
    )
    return f"{name}[{part}]"


def _node(s: Source) -> str:
    return f"{s.pick(('cn', 'gpu', 'bigmem'))}{s.num(1, 400):03d}"


def _partition(s: Source) -> str:
    return s.skew(("batch", "short", "gpu", "debug", "bigmem-long"))


def _reason(s: Source) -> str:
    return s.pick(
        (
            "Kill task failed",
            "Not responding",
            "NHC: check_fs_mount:  /scratch not mounted",
            "reboot",
            "bad dimm",
            f"ticket #{s.num(100, 9999)}",
            "Low RealMemory",
        )
    )


SLURM: tuple[Template, ...] = (
    ("submitted", 420, lambda s: (
        f"_slurm_rpc_submit_batch_job: {_job(s)} InitPrio={s.size(100, 2**32)} "
        f"usec={s.size(150, 90000)}")),
    ("allocated", 330, lambda s: (
        f"sched: Allocate {_job(s)} NodeList={_nodes(s)} #CPUs={s.size(1, 4096)} "
        f"Partition={_partition(s)}")),
    ("job-exit-code", 330, lambda s: f"_job_complete: {_job(s)} WEXITSTATUS {s.num(0, 9) // 9}"),
    ("job-done", 330, lambda s: f"_job_complete: {_job(s)} done"),
    ("backfilled", 120, lambda s: (
        f"sched/backfill: _start_job: Started {_job(s)} in {_partition(s)} on {_nodes(s)}")),
    ("interactive", 60, lambda s: (
        f"sched: _slurm_rpc_allocate_resources {_job(s)} NodeList={s.pick(('(null)', _nodes(s)))} "
        f"usec={s.size(150, 90000)}")),
    ("cancelled", 55, lambda s:
        f"_slurm_rpc_kill_job: REQUEST_KILL_JOB {_job(s)} uid {s.num(1000, 1999)}"),
    ("time-limit", 40, lambda s: f"Time limit exhausted for {_job(s)}"),
    ("not-responding", 40, lambda s: f"error: Nodes {_nodes(s)} not responding"),
    ("responding-again", 30, lambda s: f"Node {_node(s)} now responding"),
    ("completion-slow", 30, lambda s: (
        f"cleanup_completing: {_job(s)} completion process took {s.size(5, 900)} seconds")),
    ("terminate-resent", 20, lambda s:
        f"Resending TERMINATE_JOB request {_job(s)} Nodelist={_nodes(s)}"),
    ("rpc-failed", 20, lambda s: (
        f"agent/is_node_resp: node:{_node(s)} RPC:REQUEST_"
        f"{s.pick(('PING', 'TERMINATE_JOB', 'BATCH_JOB_LAUNCH'))} : "
        f"{s.pick(('Communication connection failure', 'Can not find host', 'Zero bytes'))}")),
    ("slow-call", 20, lambda s: (
        "Warning: Note very large processing time from "
        f"{s.pick(('dump_all_job_state', '_slurmctld_background', '_slurm_rpc_dump_jobs'))}: "
        f"usec={s.size(10**6)} began={s.clock()}.{s.num(0, 999):03d}")),
    ("zero-bytes", 18, lambda s: (
        f"error: slurm_receive_msg [{s.pick((s.ip(), s.host()))}:{s.port()}]: Zero Bytes were "
        "transmitted or received")),
    ("requeued", 12, lambda s:
        f"requeue job {_job(s)} due to failure of node {_node(s)}"),
    ("reason-set", 12, lambda s: f"update_node: node {_node(s)} reason set to: {_reason(s)}"),
    ("state-set", 12, lambda s: (
        f"update_node: node {_node(s)} state set to "
        f"{s.pick(('DRAINED', 'DRAINED*', 'IDLE', 'DOWN'))}")),
    ("returned", 10, lambda s: (
        f"node {_node(s)} returned to service")),
    ("prolog-failed", 6, lambda s: f"error: Prolog launch failure, {_job(s)}"),
    ("node-lookup", 6, lambda s:
        f'error: find_node_record: lookup failure for node "{s.pick((_node(s), s.host()))}"'),
    ("preempted", 6, lambda s: f"preempted {_job(s)} has been requeued to reclaim resources for "
        f"{_job(s)}"),
    ("account-limit", 6, lambda s: (
        f"_job_submit: user {s.user()}({s.num(1000, 1999)}) exceeded limit of "
        f"{s.size(10, 90000)} jobs in account {s.word()}{s.maybe(0.5, '_' + s.word())}")),
    ("boot-changed", 5, lambda s: (
        f"error: Node {_node(s)} unexpectedly rebooted boot_time={s.size(10**9, 2 * 10**9)} "
        f"last response={s.size(10**9, 2 * 10**9)}")),
    ("low-memory", 4, lambda s: (
        f"error: Node {_node(s)} has low real_memory size ({s.size(900, 250000)} < "
        f"{s.size(250001, 900000)})")),
    ("backfill-stopped", 8, lambda s: (
        "sched/backfill: _attempt_backfill: Resource limits reached after testing "
        f"{s.size(10, 5000)} jobs, {s.size(10, 900)}s elapsed")),
    ("recovered", 3, lambda s: f"Recovered {_job(s)} Assoc={s.num(0, 900)}"),
    ("state-saved", 2, lambda s: f"Recovered information about {s.size(1, 9000)} jobs"),
    ("reconfigured", 2, lambda s: f"reconfigure_slurm: completed usec={s.size(1000, 900000)}"),
    ("scheduler-parameters", 3, lambda s: (
        "SchedulerParameters=" + s.many(lambda: s.pick(
            (f"default_queue_depth={s.num(1, 900)}", f"max_rpc_cnt={s.num(0, 200)}",
             f"bf_interval={s.num(10, 90)}", "bf_continue", f"bf_window={s.num(60, 9000)}",
             f"partition_job_depth={s.num(0, 90)}")), 7, ",", 2))),
    ("terminate-signal", 1, lambda s: "Terminate signal (SIGINT or SIGTERM) received"),
)  # fmt: skip
