"""Lines of a supercomputer (Blue Gene/L) and of the syslog of a cluster (Thunderbird)."""

from __future__ import annotations

from .source import Source, Template


# Blue Gene/L
def _place(s: Source) -> str:
    return f"R{s.num(0, 77):02d}-M{s.num(0, 1)}-N{s.pick('0123456789abcdef')}"


def _program(s: Source) -> str:
    name = s.pick(("vnm.rts", "sppm_DD", "allreduce.rts", "raptor.new.dev.3d.CXX_XL.MPI.ex",
                   f"IMB-MPI1.{s.num(1, 9)}MB_perf"))  # fmt: skip
    return s.path(s.pick((".", "/home/u1/bench", "/p/gb1/apps", "/bgl/apps/swl")), 4) + "/" + name


def _wire(s: Source) -> str:
    return s.pick("xyz") + s.pick("+-")


def _stream(s: Source) -> str:
    return f"{s.ip()}:{s.port()}"


def _while(s: Source) -> str:
    """Counts are told with the time they took, or without."""
    return s.maybe(0.3, f" over {s.size(10, 90000)} seconds")


def _alignment(s: Source) -> str:
    total = s.size(10**5, 4 * 10**7)
    shown = s.num(1, 8)
    parts = (
        f" ({total - shown + n + 1}) iar {s.address()}, dear {s.address()}" for n in range(shown)
    )
    return f"Kernel detected {total} integer alignment exceptions" + "".join(parts)


def _card_status(s: Source) -> str:
    some = s.many(lambda: f"ALERT {s.num(0, 3)}", 4, ", ")
    alerts = s.pick(("no ALERTs are active", f"{some} is (are) active"))
    no = s.pick(("", "not "))
    return (
        f"Node card status: {alerts}. Clock Mode is {s.pick(('Low', 'High'))}. Clock Select is "
        f"Midplane. Phy JTAG Reset is {no}asserted. Temperature Mask is not active. No temperature "
        f"error. PGOOD {s.pick(('is asserted', 'IS NOT ASSERTED'))}. PGOOD error latch is clear. "
        f"The 2.5 volt rail is OK. The 1.5 volt rail is OK."
    )


def _ecid(s: Source) -> str:
    return s.hex(28).upper()


def _soft_header(s: Source) -> str:
    return f"(softheader={s.hex(8)} {s.hex(8)} 00000002 00000000)"


BGL: tuple[Template, ...] = (
    ("core-generated", 720, lambda s: f"generating core.{s.size(1, 70000)}"),
    ("registers", 208, lambda s: f"iar {s.hex(8)} dear {s.hex(8)}"),
    ("float-alignment", 121, lambda s: f"{s.size(1, 10**8)} floating point alignment exceptions"),
    ("hummer-alignment", 109, lambda s:
        f"{s.size(1, 2 * 10**9)} double-hummer alignment exceptions"),
    ("corrected-error", 92, lambda s: (
        f"CE sym {s.num(0, 35)}, at {s.address()}, mask 0x{s.hex(2)}")),
    ("interrupts", 71, lambda s: (
        f"{s.size(10, 90000)} total interrupts. {s.num(0, 9)} critical input interrupts. "
        f"{s.num(0, 900)} microseconds total spent on critical input interrupts, {s.num(0, 90)} "
        "microseconds max time in a critical input interrupt.")),
    ("tlb-interrupt", 60, lambda s: "data TLB error interrupt"),
    ("signal-handler", 51, lambda s: (
        f"{s.num(0, 900)} microseconds spent in the rbs signal handler during {s.num(0, 90)} "
        f"calls. "
        f"{s.num(0, 90)} microseconds was the maximum time for a single instance of a correctable "
        "ddr.")),
    ("cache-parity", 42, lambda s: "instruction cache parity error corrected"),
    ("assertion", 35, lambda s: (
        f"idoproxydb hit ASSERT condition: ASSERT expression=0 Source file="
        f"{s.pick(('idotransportmgr', 'idoudpmgr'))}.cpp Source line={s.num(90, 2000)} Function="
        "int IdoTransportMgr::SendPacket(IdoUdpMgr*, BglCtlPavTrace*)")),
    ("storage-interrupt", 30, lambda s: "data storage interrupt"),
    ("core-files", 30, lambda s:
        f"ciod: generated {s.size(1, 4096)} core files for program {_program(s)}"),
    ("instruction-address", 21, lambda s: f"instruction address: {s.address()}"),
    ("load-failed", 40, lambda s: (
        f"ciod: Error loading {_program(s)}: invalid or missing program image, No such file or "
        "directory")),
    ("login-chdir", 18, lambda s: (
        f"ciod: LOGIN chdir({s.pick(('pwd', s.path('/home/u2', 4), s.path('/p/gb2', 5)))}) failed: "
        "No such file or directory")),
    ("memory-corrected", 18, lambda s: (
        f"{s.num(1, 200)} ddr errors(s) detected and corrected on rank 0, symbol {s.num(0, 35)}, "
        f"bit {s.num(0, 7)}")),
    ("signal", 16, lambda s: (
        f"ciod: Received signal {s.num(2, 15)}, code=0, errno=0, address={s.address()}")),
    ("memory-total", 17, lambda s:
        f"total of {s.size(1, 400)} ddr error(s) detected and corrected{_while(s)}"),
    ("card-mismatch", 9, lambda s: (
        f"Node card VPD check: U{s.num(1, 11):02d} node in processor card slot J{s.num(2, 17):02d} "
        f"do not match. VPD ecid {_ecid(s)}, found {_ecid(s)}")),
    ("stream-severed", 14, lambda s: (
        "ciod: Error reading message prefix after LOAD_MESSAGE on CioStream socket to "
        f"{_stream(s)}: Link has been severed")),
    ("mount-failed", 9, lambda s:
        f"Lustre mount FAILED : bglio{s.num(1, 1020)} : point /p/gb{s.num(1, 3)}"),
    ("integer-alignment", 9, _alignment),
    ("data-address", 8, lambda s: f"data address: {s.address()}"),
    ("illegal-instruction", 8, lambda s:
        f"program interrupt: illegal instruction......{s.num(0, 1)}"),
    ("core-register", 7, lambda s: f"core configuration register: {s.address()}"),
    ("machine-check", 7, lambda s: (
        f"MACHINE CHECK DCR read timeout (mc=e08x iar {s.address()} lr {s.address()})")),
    ("card-not-functional", 6, lambda s: "Node card is not fully functional"),
    ("kernel-terminated", 6, lambda s: (
        f"rts: kernel terminated for reason {s.num(1001, 1004)}")),
    ("chip-changed", 5, lambda s: (
        f"Ido chip status changed: FF:F2:9F:{s.mac().upper()} ip={s.ip()} v={s.num(9, 13)} "
        f"t={s.num(1, 4)} status=M {s.moment()}")),
    ("card-status", 6, _card_status),
    ("tree-packet", 5, lambda s: (
        "Error receiving packet on tree network, expecting type 57 instead of type "
        f"{s.num(1, 60)} {_soft_header(s)} PSR0={s.hex(8)} PSR1=00000000 PRXF={s.hex(8)} "
        f"PIXF=00000007")),
    ("torus-errors", 8, lambda s: (
        f"{s.size(1, 900)} torus receiver {_wire(s)} input pipe error(s) (dcr 0x{s.hex(4)}) "
        f"detected and corrected{_while(s)}")),
    ("wire-warning", 8, lambda s: (
        f"critical input interrupt (unit=0x0b bit=0x{s.hex(2)}): warning for torus {_wire(s)} wire"
        f"{s.maybe(0.5, ', suppressing further interrupts of same type')}")),
    ("nfs-retry", 3, lambda s: (
        f"NFS Mount failed on bglio{s.num(1, 1020)}, slept {s.num(1, 8) * 15} seconds, retrying "
        f"({s.num(1, 9)})")),
    ("map-file", 3, lambda s: (
        f"ciod: Missing or invalid fields on line {s.size(1, 65536)} of node map file "
        f"{s.path('/home/u3', 4)}.map")),
    ("service-action", 3, lambda s: (
        f"PrepareForService shutting down Node card(mLctn({_place(s)}), mCardSernum({s.size(10**8)}"
        f"{s.hex(20)}), mLp({s.mac()}), mIp({s.ip()}), mType({s.num(1, 4)})) as part of Service "
        f"Action {s.num(100, 999)}")),
    ("link-training", 2, lambda s: (
        "rts tree/torus link training failed: wanted: B C X+ X- Y+ Y- Z+ Z- got: "
        f"{s.many(lambda: s.pick(('B', 'C', 'X+', 'X-', 'Y+', 'Y-', 'Z+')), 7, ' ')}")),
    ("debugger-died", 3, lambda s: "ciod: pollControlDescriptors: Detected the debugger died."),
    ("panic", 2, lambda s: "rts panic! - stopping execution"),
)  # fmt: skip


# Thunderbird
def _names(s: Source) -> str:
    """The machines of one part of the cluster: one, or hundreds one after the other."""
    name, first = s.pick(("an", "bn", "cn", "dn", "dadmin")), s.num(1, 900)
    return " ".join(f"{name}{first + n}" for n in range(s.size(1, 130)))


def _mail(s: Source) -> str:
    return f"jA9J{s.pick('ABCDEFGH')}{s.pick('xyzuvw')}{s.hex(2)}{s.num(1000, 39999):06d}"


def _route(s: Source) -> str:
    return "\\_SB_.PCI0" + s.many(lambda: s.pick((".PBLO", ".PALO", ".DOBB", ".PBHI")), 3, "", 0)


def _command(s: Source) -> str:
    job = s.path("/opt/jobs", 3) + s.maybe(0.5, " " + s.word())
    return s.pick(("run-parts /etc/cron.hourly", "/usr/lib/sa/sa1 1 1", job))


def _lease(s: Source) -> str:
    """A client, by its name where it told one."""
    return s.mac() + s.maybe(0.4, f" ({s.node()})")


THUNDERBIRD: tuple[Template, ...] = (
    ("no-answer", 819, lambda s: (
        f"data_thread() got not answer from any [Thunderbird_{s.pick('ABCD')}{s.num(1, 8)}] "
        "datasource")),
    ("clock-synchronized", 568, lambda s: (
        f"synchronized to {s.pick((s.ip(), f'LOCAL({s.num(0, 1)})'))}, stratum {s.num(1, 10)}")),
    ("new-sweep", 62, lambda s: (
        "[ib_sm_sweep.c:1831]: ********************** NEW SWEEP ********************")),
    ("no-topology-change", 62, lambda s: "[ib_sm_sweep.c:1455]: No topology change"),
    ("name-unresolved", 40, lambda s:
        f"Warning: we failed to resolve data source name {_names(s)}"),
    ("session-closed", 30, lambda s: f"session closed for user {s.user()}"),
    ("session-opened", 30, lambda s: (
        f"session opened for user {s.user()} by "
        f"{s.maybe(0.3, s.user())}(uid={s.num(0, 1) * 500})")),
    ("config-included", 17, lambda s: (
        f"Reading included configuration file: {(f := '/etc/xinetd.d/' + s.word())} [file={f}] "
        f"[line={s.num(10, 40)}]")),
    ("service-removed", 16, lambda s:
        f"removing {s.pick(('ftp', 'telnet', 'daytime', 'echo-udp', 'klogin', 'rsync'))}"),
    ("lease-none", 15, lambda s:
        f"DHCPDISCOVER from {_lease(s)} via eth{s.num(0, 3)}: network {s.pick('ABCD')}_net: no "
        f"free "
        "leases"),
    ("lease-request", 14, lambda s: (
        f"DHCPREQUEST for {s.ip()}{s.maybe(0.5, f' ({s.ip()})')} from {_lease(s)} via "
        f"eth{s.num(0, 3)}")),
    ("lease-ack", 10, lambda s: f"DHCPACK on {s.ip()} to {_lease(s)} via eth{s.num(0, 3)}"),
    ("cron-command", 20, lambda s: (
        f"({s.user()}) CMD ({_command(s)})")),
    ("rrd-update", 11, lambda s: (
        f"RRD_update (/var/lib/ganglia/rrds/{s.pick(('D Nodes', 'unspecified', 'C Nodes'))}/"
        f"{s.node()}/{s.word()}_{s.word()}.rrd): illegal attempt to update using time "
        f"{(t := s.size(10**9, 2 * 10**9))} when last update time is {t} (minimum one "
        "second step)")),
    ("pci-interrupt", 11, lambda s: (
        f"PCI interrupt 0000:{s.hex(2)}:{s.hex(2)}.0[{s.pick('ABCD')}] -> GSI {s.num(16, 96)} "
        f"(level, "
        f"low) -> IRQ {s.num(3, 233)}")),
    ("name-unqualified", 10, lambda s: (
        f"unable to qualify my own domain name ({s.node()}) -- using short name")),
    ("mail-from", 16, lambda s: (
        f"{(m := _mail(s))}: from={s.user()}, size={s.size(300, 2000000)}, class=0, "
        f"nrcpts={s.num(1, 9)}, msgid=<{s.size(10**11, 10**12)}.{m}@{s.host()}>, "
        f"{s.maybe(0.3, 'proto=ESMTP, daemon=MTA, ')}relay={s.user()}@localhost"
        f"{s.maybe(0.3, ' [127.0.0.1]')}")),
    ("mail-deferred", 16, lambda s: (
        f"{_mail(s)}: to={s.many(s.user, 4, ',')}, {s.maybe(0.7, 'ctladdr=root (0/0), ')}"
        f"delay={s.clock()}, xdelay=00:00:0{s.num(0, 9)}, mailer=relay, "
        f"pri={s.size(30000, 3000000)}, "
        "relay=[127.0.0.1] [127.0.0.1], dsn=4.0.0, stat=Deferred: Connection refused by "
        "[127.0.0.1]")),
    ("routing-table", 10, lambda s: f"PCI Interrupt Routing Table [{_route(s)}._PRT]"),
    ("acpi-table", 7, lambda s: (
        f"{s.pick(('RSDT', 'SPCR', 'DSDT', 'FADT', 'MADT'))} (v00{s.num(1, 3)} "
        f"DELL{s.maybe(0.7, '   PE BKC')}"
        f"   {s.address()} MSFT {s.address()}) @ {s.address(16)}")),
    ("wait-ready", 6, lambda s: "Wait for ready failed before probe !"),
    ("interrupt-link", 6, lambda s: (
        f"PCI Interrupt Link [LNK{s.pick('ABCDEFGH')}] (IRQs "
        f"{s.many(lambda: str(s.num(3, 15)), 8, ' ', 2)}) "
        f"*{s.num(0, 15)}{s.maybe(0.4, ', disabled.')}")),
    ("processor-id", 5, lambda s: f"Physical Processor ID: {s.num(0, 7)}"),
    ("protocol-family", 5, lambda s: f"Registered protocol family {s.num(1, 31)}"),
    ("local-apic", 4, lambda s: (
        f"LAPIC (acpi_id[0x{s.hex(2)}] lapic_id[0x{s.hex(2)}] enabled)")),
    ("processor", 4, lambda s:
        f"Processor [CPU{s.num(0, 15)}] (supports C1{s.maybe(0.3, ' C2 C3')})"),
    ("disconnected", 3, lambda s: "Local disconnected: Connection closed."),
    ("mounted", 4, lambda s: "mounted filesystem with ordered data mode."),
    ("tftp-start", 4, lambda s: f"START: tftp pid={s.num(300, 32000)} from={s.ip()}"),
    ("time-reset", 4, lambda s: f"time reset {s.pick('+-')}{s.real(0, 900, 6)} s"),
    ("temperature", 4, lambda s: (
        f"Device: /dev/sd{s.pick('abcd')}, Temperature changed {s.num(-9, 9)} Celsius to "
        f"{s.num(20, 60)} Celsius since last report")),
    ("bind-failed", 2, lambda s: (
        f"error: Bind to port {s.num(22, 9000)} on {s.pick(('0.0.0.0', '::', s.ip()))} failed: "
        "Address already in use.")),
    ("link-up", 2, lambda s: (
        f"eth{s.num(0, 3)}: e1000_watchdog: NIC Link is Up {s.pick(('10', '100', '1000'))} Mbps "
        f"{s.pick(('Full', 'Half'))} Duplex")),
    ("kernel-arguments", 1, lambda s: (
        f"root={s.pick(('LABEL=/', '/dev/sda1'))} "
        f"initrd=/x86_64/initrd-{s.num(4, 6)}.{s.num(1, 19)} "
        f"{s.many(lambda: f'console=tty{s.num(0, 4)}', 3, ' ')} fastboot "
        f"BOOT_IMAGE=/x86_64/vmlinuz-{s.num(4, 6)}.{s.num(1, 19)}")),
)  # fmt: skip
