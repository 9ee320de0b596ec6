"""Lines of Windows servicing (CBS) and of a Linux syslog."""

from __future__ import annotations

from .source import Source, Template


# Windows
def _package(s: Source) -> str:
    name = s.pick(
        (
            f"Package_for_KB{s.num(2400000, 5030000)}",
            f"Package_{s.num(1, 90)}_for_KB{s.num(2400000, 5030000)}",
            "Microsoft-Windows-" + s.many(lambda: s.word().title(), 4, "-") + "-Package",
            f"Package_for_RollupFix{s.maybe(0.5, '_Wrapper')}",
        )
    )
    platform = s.pick(("amd64", "x86"))
    language = s.maybe(0.2, s.pick(("en-US", "de-DE")))
    version = f"6.{s.num(1, 3)}.{s.num(1, 19044)}.{s.num(0, 23505)}"
    return f"{name}~31bf3856ad364e35~{platform}~{language}~{version}"


def _hive(s: Source) -> str:
    return s.pick(("Windows\\System32\\config\\SAM", "Windows\\System32\\config\\SOFTWARE",
                   "Windows\\System32\\config\\COMPONENTS", "Users\\default\\ntuser.dat",
                   "Windows\\System32\\config\\SECURITY"))  # fmt: skip


def _key(s: Source, hive: str) -> str:
    volume = f"GLOBALROOT/Device/HarddiskVolumeShadowCopy{s.num(1, 14)}/"
    return "{" + s.uuid() + "}" + volume + hive.replace("\\", "/")


def _count(s: Source) -> str:
    return f"{s.num(1, 64):08x}"


def _stamp(s: Source) -> str:
    return f"{_count(s)}@2025/{s.num(1, 12)}/{s.num(1, 28)}:{s.clock()}.{s.num(0, 999):03d}"


def _load_hive(s: Source) -> str:
    hive = _hive(s)
    return (
        f"Loading offline registry hive: {hive.rpartition(chr(92))[2]}, into registry key "
        f"'{_key(s, hive)}' from path '\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy"
        f"{s.num(1, 14)}\\{hive}'."
    )


def _states(s: Source) -> str:
    state = ("Installed", "Staged", "Resolved", "Absent", "Default", "Superseded")
    return (
        f"current: {s.pick(state)}, pending: {s.pick(state)}, start: {s.pick(state)}, applicable: "
        f"{s.pick(state)}, targeted: {s.pick(state)}, limit: {s.pick(state)}"
    )


WINDOWS: tuple[Template, ...] = (
    ("session", 608, lambda s: (
        f"Session: {s.num(30000000, 31200000)}_{s.size(1, 2**32)} initialized by client "
        f"{s.skew(('WindowsUpdateAgent', 'SPP', 'DISM Package Manager Provider'))}.")),
    ("applicability-cached", 558, lambda s: (
        f"Read out cached package applicability for package: {_package(s)}, ApplicableState: "
        f"{s.pick(('0', '112', '80', '64'))}, CurrentState:{s.pick(('0', '112', '64', '-1'))}")),
    ("attribute-unknown", 280, lambda s: "Warning: Unrecognized packageExtended attribute."),
    ("attribute-expected", 150, lambda s: (
        "Expecting attribute name [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]")),
    ("next-element", 150, lambda s: (
        "Failed to get next element [HRESULT = 0x800f080d - CBS_E_MANIFEST_INVALID_ITEM]")),
    ("applicability", 90, lambda s: (
        f"Appl: Evaluating package applicability for package {_package(s)}, applicable state: "
        f"{s.pick(('Installed', 'Staged', 'Absent', 'Need more evaluation'))}")),
    ("parent-detected", 60, lambda s: (
        f"Appl: detect Parent, Package: {_package(s)}, Parent: {_package(s)}, Disposition = "
        f"Detect, "
        f"VersionComp: {s.pick(('EQ', 'GE'))}, BuildComp: {s.pick(('EQ', 'GE'))}, "
        f"DistributionComp: {s.pick(('EQ', 'GE'))}")),
    ("planned", 50, lambda s: f"Plan: Package: {_package(s)}, {_states(s)}"),
    ("open-failed", 18, lambda s: (
        "Failed to internally open package. [HRESULT = "
        f"{s.pick(('0x800f0805 - CBS_E_INVALID_PACKAGE', '0x80070490 - ERROR_NOT_FOUND'))}]")),
    ("verifying", 30, lambda s:
        f"{_count(s)} [SR] Verifying {(n := s.num(1, 100))} (0x{n:016x}) components"),
    ("verified", 30, lambda s: f"{_count(s)} [SR] Verify complete"),
    ("repair-begun", 30, lambda s:
        f"{_count(s)} [SR] Beginning Verify and Repair transaction"),
    ("cannot-repair", 12, lambda s: (
        f"{_count(s)} [SR] Cannot repair member file [l:{(n := s.num(8, 40))}{{{n // 2}}}]"
        f"\"{s.word()}{s.maybe(0.4, '_' + s.word())}.{s.pick(('dll', 'exe', 'mui'))}\" of "
        f"Microsoft-Windows-{s.word().title()}, Version = "
        f"6.1.{s.num(7600, 7601)}.{s.num(16385, 23505)}"
        f", pA = PROCESSOR_ARCHITECTURE_AMD64 (9), "
        f"{s.pick(('file is missing', 'hash mismatch'))}")),
    ("hive-loaded", 12, _load_hive),
    ("hive-unloaded", 12, lambda s: f"Unloading offline registry hive: {_key(s, _hive(s))}"),
    ("wcp-initialized", 8, lambda s: (
        f"{_stamp(s)} WcpInitialize (wcp.dll version 0.0.0.6) called (stack "
        f"{s.many(lambda: '@' + s.address(11), 6, ' ', 3)})")),
    ("transaction-creating", 5, lambda s: (
        f'{_count(s)} Creating NT transaction (seq {s.num(1, 9)}), objectname [6]"(null)"')),
    ("transaction-created", 5, lambda s: (
        f"{_count(s)} Created NT transaction (seq {s.num(1, 9)}) result 0x00000000, handle "
        f"@0x{s.size(16, 4000):x}")),
    ("performance-trace", 4, lambda s: f"{_stamp(s)} CSI perf trace:"),
    ("store-initialized", 4, lambda s: (
        f"{_count(s)} CSI Store {(n := s.size(10**6, 10**8))} (0x{n:016x}) initialized")),
    ("stack-loaded", 3, lambda s: (
        f"Loaded Servicing Stack v6.1.7601.{(v := s.num(17000, 23505))} with Core: "
        "C:\\Windows\\winsxs\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_6.1.7601."
        f"{v}_none_{s.hex(16)}\\cbscore.dll")),
    ("initialization-ending", 3, lambda s: "Ending TrustedInstaller initialization."),
    ("main-loop", 3, lambda s: "Starting the TrustedInstaller main loop."),
    ("reports-cleaned", 3, lambda s:
        f"SQM: Cleaning up report files older than {s.num(5, 30)} days."),
    ("upload-requested", 3, lambda s: "SQM: Requesting upload of all unsent reports."),
    ("upload-queued", 3, lambda s: (
        f"SQM: Queued {s.num(0, 12)} file(s) for upload with pattern: C:\\Windows\\servicing\\sqm\\"
        f"*_{s.pick(('all', 'std'))}.sqm, flags: 0x{s.num(0, 15):x}")),
    ("startup-not-required", 3, lambda s:
        "NonStart: Success, startup processing not required as expected."),
    ("backup-cab-failed", 3, lambda s: (
        "Failed to create backup log cab. [HRESULT = 0x80070001 - ERROR_INVALID_FUNCTION]")),
    ("reboot-mark", 3, lambda s: f"Reboot mark refs incremented to: {s.num(1, 4)}"),
    ("transaction-bound", 2, lambda s: (
        f"{_stamp(s)} CSI Transaction @{s.address(6)} initialized for deployment engine "
        f"{{{s.uuid()}}} with flags 0000000{s.num(0, 7)} and client id "
        f'[{s.num(10, 26)}]"TI6.{s.num(0, 40)}_{s.num(0, 9)}:{s.num(0, 9)}/'
        f'{s.maybe(0.3, _package(s))}"')),
    ("operations", 2, lambda s: (
        f"{_count(s)} Performing {(n := s.num(1, 40))} operations; {s.num(1, n)} are not "
        "lock/unlock and follow:")),
    ("idle-ended", 1, lambda s: "Idle processing thread terminated normally"),
)  # fmt: skip


# Linux
def _rights(s: Source) -> str:
    """PAM leaves a key empty, or a part away, where it knows nothing."""
    tty = s.skew(("NODEVssh", "ssh", ":0", "tty1", ""))
    return (
        f"logname={s.maybe(0.1, s.user())} uid={s.num(0, 1) * 500} euid=0 tty={tty} "
        f"ruser={s.maybe(0.1, s.user())} rhost={s.maybe(0.9, s.remote())}"
        f"{s.maybe(0.6, '  user=' + s.user())}"
    )


def _service(s: Source) -> str:
    return s.skew(("cupsd", "syslogd", "klogd", "irqbalance", "portmap", "rpc.statd", "crond",
                   "sshd -D", "xinetd", "rpc.idmapd", "nfs lockd"))  # fmt: skip


def _command(s: Source) -> str:
    return s.skew(("run-parts /etc/cron.hourly", "/usr/lib/sa/sa1 1 1", "/usr/bin/mrtg "
        "/etc/mrtg.cfg",
                   f"cd {s.path('/srv', 3)} && ./{s.word()}.sh --days {s.num(1, 90)} >/dev/null "
                   f"2>&1",
                   f"{s.path('/opt', 4)}.py"))  # fmt: skip


LINUX: tuple[Template, ...] = (
    ("ftp-connection", 909, lambda s: (
        f"connection from {s.outside()} ({s.maybe(0.6, s.reverse_name())}) at {s.moment()}")),
    ("authentication-failure", 485, lambda s: f"authentication failure; {_rights(s)}"),
    ("session-closed", 123, lambda s: f"session closed for user {s.user()}"),
    ("session-opened", 123, lambda s: (
        f"session opened for user {s.user()} by {s.maybe(0.3, s.pick(('LOGIN', s.user())))}"
        f"(uid={s.num(0, 2) * 500})")),
    ("user-unknown", 117, lambda s: "check pass; user unknown"),
    ("cron-command", 90, lambda s: f"({s.user()}) CMD ({_command(s)})"),
    ("abnormal-exit", 43, lambda s: f"ALERT exited abnormally with [{s.num(1, 139)}]"),
    ("kerberos", 23, lambda s: "Kerberos authentication failed"),
    ("soa-missing", 16, lambda s: "notify question section contains no SOA"),
    ("rsh-failed", 23, lambda s: (
        f"Authentication failed from {(a := s.outside())} ({s.pick((a, s.reverse_name()))}): "
        "Permission denied in replay cache code")),
    ("restart", 7, lambda s: "restart."),
    ("startup", 16, lambda s: f"{_service(s)} startup succeeded"),
    ("shutdown", 12, lambda s: f"{_service(s)} shutdown succeeded"),
    ("device-removed", 8, lambda s:
        f"removing device node "
        f"'/udev/{s.pick(('vcs', 'vcsa', 'input/event', 'sg'))}{s.num(1, 40)}'"),
    ("device-created", 8, lambda s:
        f"creating device node "
        f"'/udev/{s.pick(('vcs', 'vcsa', 'input/event', 'sg'))}{s.num(1, 40)}'"),
    ("peer-gone", 6, lambda s: (
        f"getpeername ({s.pick(('ftpd', 'telnetd', 'in.rlogind'))}): Transport endpoint is not "
        "connected")),
    ("memory-map", 12, lambda s: (
        f"BIOS-e820: {s.hex(16)} - {s.hex(16)} ({s.pick(('reserved', 'usable', 'ACPI data'))})")),
    ("anonymous-login", 8, lambda s: (
        f"ANONYMOUS FTP LOGIN FROM {s.outside()}, {s.maybe(0.5, s.reverse_name())} "
        f"({s.pick(('anonymous', 'mozilla@example.com', 'guest'))})")),
    ("out-of-memory", 4, lambda s: (
        f"Out of Memory: Killed process {s.num(300, 32000)} "
        f"({s.pick(('httpd', 'java', 'mysqld', 'python'))}).")),
    ("link-up", 6, lambda s: (
        f"eth{s.num(0, 3)}: link up, {s.pick(('10', '100', '1000'))}Mbps, full-duplex, lpa "
        f"0x{s.hex(4).upper()}")),
    ("promiscuous", 5, lambda s: (
        f"device {s.pick(('eth', 'tap', 'veth', 'bond'))}{s.num(0, 9)} entered promiscuous mode")),
    ("usb-device", 6, lambda s: (
        f"usb {s.num(1, 8)}-{s.num(1, 4)}{s.maybe(0.4, f'.{s.num(1, 7)}')}: new "
        f"{s.pick(('full', 'high', 'low'))} speed USB device using "
        f"{s.pick(('ehci', 'uhci', 'xhci'))}"
        f"_hcd and address {s.num(2, 40)}")),
    ("snmp", 5, lambda s:
        f"Received SNMP packet(s) from {s.many(lambda: s.outside(), 3, ', ')}"),
    ("crontab-reload", 5, lambda s: f"({s.user()}) RELOAD (crontabs/{s.user()})"),
    ("mta-missing", 5, lambda s: "(CRON) info (No MTA installed, discarding output)"),
    ("file-system-error", 4, lambda s: (
        f"EXT3-fs error (device {s.pick(('sda', 'sdb', 'dm-'))}{s.num(1, 9)}): ext3_find_entry: "
        f"reading directory #{s.size(2, 90000000)} offset {s.size(1, 9000) - 1}")),
    ("memory-size", 2, lambda s: (
        f"Memory: {s.size(100000, 9000000)}k/{s.size(100000, 9000000)}k available "
        f"({s.num(900, 2900)}k "
        f"kernel code, {s.size(900, 90000)}k reserved, {s.num(400, 900)}k data, "
        f"{s.num(100, 200)}k init"
        f"{s.maybe(0.5, f', {s.num(0, 900)}k highmem')})")),
    ("hash-table", 4, lambda s: (
        f"{s.pick(('Dentry cache', 'Inode-cache', 'Mount-cache', 'PID'))} hash table entries: "
        f"{2 ** s.num(9, 20)} (order: {s.num(0, 9)}, {2 ** s.num(12, 23)} bytes)")),
    ("processor", 2, lambda s: f"Detected {s.real(700, 3900, 3)} MHz processor."),
    ("delay-loop", 2, lambda s: f"Calibrating delay loop... {s.real(1400, 7900, 2)} BogoMIPS"),
    ("root-login", 2, lambda s:
        f"ROOT LOGIN ON tty{s.num(1, 6)}{s.maybe(0.3, ' FROM ' + s.remote())}"),
    ("signal", 2, lambda s: f"exiting on signal {s.num(1, 15)}"),
)  # fmt: skip
