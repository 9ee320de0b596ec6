"""Lines of a login server (OpenSSH) and of a proxy client (Proxifier)."""

from __future__ import annotations

from .source import Source, Template


# OpenSSH
def _before_login(s: Source) -> str:
    return s.maybe(0.9, " [preauth]")


def _from_port(s: Source) -> str:
    """Newer servers tell the port, too; a site has servers of both kinds."""
    return s.remote() + s.maybe(0.4, f" port {s.port()}")


def _rights(s: Source, user: float) -> str:
    return (
        f"logname= uid=0 euid=0 tty={s.skew(('ssh', 'ssh', ':0', ''))} "
        f"ruser={s.maybe(0.1, s.user())} "
        f"rhost={s.remote()} {s.maybe(user, ' user=' + s.user())}"
    )


def _offers(s: Source) -> str:
    return s.many(
        lambda: s.pick(("diffie-hellman-group1-sha1", "diffie-hellman-group14-sha1",
                        "diffie-hellman-group-exchange-sha1", "ecdh-sha2-nistp256")),
        6,
        ",",
    )  # fmt: skip


def _fingerprint(s: Source) -> str:
    return s.maybe(0.5, f": {s.pick(('RSA', 'ED25519'))} SHA256:{s.hex(43)}")


OPENSSH: tuple[Template, ...] = (
    ("disconnected", 413, lambda s:
        f"Received disconnect from {_from_port(s)}: 11: Bye Bye{_before_login(s)}"),
    ("authentication-failure", 494, lambda s:
        f"pam_unix(sshd:auth): authentication failure; {_rights(s, 0.75)}"),
    ("password-failed", 383, lambda s:
        f"Failed password for {s.user()} from {s.remote()} port {s.port()} ssh2"),
    ("user-unknown", 135, lambda s: "pam_unix(sshd:auth): check pass; user unknown"),
    ("invalid-user", 113, lambda s: f"Invalid user {s.user()} from {_from_port(s)}"),
    ("request-invalid", 113, lambda s:
        f"input_userauth_request: invalid user {s.user()}{_before_login(s)}"),
    ("reverse-mapping", 85, lambda s: (
        f"reverse mapping checking getaddrinfo for {s.reverse_name()} [{s.outside()}] failed - "
        "POSSIBLE BREAK-IN ATTEMPT!")),
    ("no-more-methods", 45, lambda s: (
        f"error: Received disconnect from {_from_port(s)}: 14: No more user authentication methods "
        f"available.{_before_login(s)}")),
    ("connection-closed", 34, lambda s: f"Connection closed by {_from_port(s)}{_before_login(s)}"),
    ("no-identification", 14, lambda s:
        f"Did not receive identification string from {_from_port(s)}"),
    ("retries-ignored", 10, lambda s:
        f"PAM service(sshd) ignoring max retries; {s.num(4, 6)} > 3"),
    ("more-failures", 14, lambda s: (
        f"PAM {(n := s.num(1, 5))} more authentication failure{'s' if n > 1 else ''}; "
        f"{_rights(s, 0.5)}")),
    ("too-many", 8, lambda s: (
        f"Disconnecting: Too many authentication failures for {s.user()}{_before_login(s)}")),
    ("repeated", 6, lambda s: (
        f"message repeated {s.num(2, 9)} times: [ Failed password for {s.user()} from {s.remote()} "
        f"port {s.port()} ssh2]")),
    ("key-accepted", 20, lambda s: (
        f"Accepted publickey for {s.user()} from {s.remote()} port {s.port()} ssh2"
        f"{_fingerprint(s)}")),
    ("session-opened", 24, lambda s: (
        f"pam_unix(sshd:session): session opened for user {s.user()} by "
        f"{s.maybe(0.3, s.user())}(uid={s.num(0, 1) * 500})")),
    ("session-closed", 24, lambda s: f"pam_unix(sshd:session): session closed for user {s.user()}"),
    ("sftp", 6, lambda s: f"subsystem request for sftp by user {s.user()}"),
    ("not-allowed", 8, lambda s:
        f"User {s.user()} from {s.remote()} not allowed because not listed in AllowUsers"),
    ("no-common-method", 8, lambda s: (
        f"fatal: Unable to negotiate with {_from_port(s)}: no matching key exchange method found. "
        f"Their offer: {_offers(s)}{_before_login(s)}")),
    ("attempts-exceeded", 8, lambda s: (
        f"error: maximum authentication attempts exceeded for {s.user()} from {s.remote()} port "
        f"{s.port()} ssh2{_before_login(s)}")),
    ("address-mismatch", 8, lambda s: (
        f"Address {s.outside()} maps to {s.reverse_name()}, but this does not map back to the "
        "address - POSSIBLE BREAK-IN ATTEMPT!")),
    ("protocol-unknown", 6, lambda s: (
        "Bad protocol version identification "
        f"'{s.pick(('GET / HTTP/1.1', 'SSH-1.5-scan', '', 'USER ' + s.word()))}' from "
        f"{_from_port(s)}")),
    ("connection-reset", 6, lambda s: f"Connection reset by {_from_port(s)}{_before_login(s)}"),
    ("key-missing", 3, lambda s:
        f"error: Could not load host key: "
        f"/etc/ssh/ssh_host_{s.pick(('dsa', 'rsa', 'ed25519'))}_key"),
    ("forwarding-failed", 4, lambda s:
        f"error: connect_to {s.pick((s.ip(), s.host(), 'localhost'))} port {s.num(22, 9000)}: "
        f"failed."),
    ("listening", 2, lambda s: f"Server listening on {s.pick(('0.0.0.0', '::'))} port "
        f"{s.num(22, 2222)}."),
    ("write-failed", 2, lambda s: f"fatal: Write failed: Connection reset by "
        f"peer{_before_login(s)}"),
    ("client-timeout", 2, lambda s: "Timeout, client not responding."),
    ("stopped", 1, lambda s: "Received signal 15; terminating."),
)  # fmt: skip


# Proxifier
def _target(s: Source) -> str:
    """A name or an address, always with its port."""
    port = s.skew(("443", "80", "8080", "5228", "22", str(s.port())))
    return f"{s.pick((s.site(), s.site(), s.site(), s.outside(), s.word()))}:{port}"


def _proxy(s: Source) -> str:
    return s.pooled(
        "proxy", 3, lambda: f"{s.pick(('proxy', 'socks'))}{s.num(1, 4)}.corp.internal:5070"
    )


def _amount(s: Source) -> str:
    """Bytes, from one kilobyte on also in a unit that is easier to read."""
    count = s.skew((str(s.size(1, 5000) - 1), str(s.size(1, 10**8))))
    number = int(count)
    if number < 1024:
        return f"{number} bytes"
    if number < 1024**2:
        return f"{number} bytes ({number / 1024:.{s.num(1, 2)}f} KB)"
    return f"{number} bytes ({number / 1024**2:.{s.num(1, 2)}f} MB)"


def _lifetime(s: Source) -> str:
    minute = f"{s.num(0, 59):02d}:{s.num(0, 59):02d}"
    return s.skew(("<1 sec", minute, f"{s.num(1, 20):02d}:{minute}"))


PROXIFIER: tuple[Template, ...] = (
    ("opened", 930, lambda s: f"{_target(s)} open through proxy {_proxy(s)} HTTPS"),
    ("closed", 930, lambda s: (
        f"{s.pick((_target(s), _proxy(s)))} close, {_amount(s)} sent, {_amount(s)} received, "
        f"lifetime "
        f"{_lifetime(s)}")),
    ("cancelled", 31, lambda s:
        f"{_target(s)} error : A connection request was canceled before the completion."),
    ("proxy-unreachable", 26, lambda s: (
        f"{_target(s)} error : Could not connect to proxy {_proxy(s)} - connection attempt "
        f"failed with "
        f"error {s.num(10050, 10065)}")),
    ("proxy-unresolved", 20, lambda s: (
        f"{_target(s)} error : Could not connect to proxy {(p := _proxy(s))} - Could not resolve "
        f"{p.partition(':')[0]} error 11001")),
    ("target-refused", 17, lambda s: (
        f"{_target(s)} error : Could not connect through proxy {_proxy(s)} - Proxy server cannot "
        f"establish a connection with the target, status code {s.pick(('503', '403', '502'))}")),
    ("proxy-closed", 8, lambda s: (
        f"{_target(s)} error : Could not connect through proxy {_proxy(s)} - Proxy closed the "
        "connection unexpectedly.")),
    ("reply-failed", 6, lambda s: (
        f"{_target(s)} error : Could not connect through proxy {_proxy(s)} - Reading proxy reply "
        f"on a "
        f"connection request failed with error {s.num(10050, 10065)}")),
    ("login-required", 4, lambda s: (
        f"{_target(s)} error : Could not connect through proxy {_proxy(s)} - Proxy server requires "
        "authentication (Basic or NTLM), status code 407")),
    ("direct", 24, lambda s: f"{_target(s)} open directly"),
    ("rule-matched", 60, lambda s: (
        f"{_target(s)} matching {s.pick(('Default', 'Localhost', 'Company network ' + s.word()))} "
        f"rule : using proxy {_proxy(s)} HTTPS")),
    ("name-resolved", 30, lambda s: (
        f"(DNS) resolve {s.site()} : {s.many(lambda: s.outside(), 5, ', ')}")),
    ("dns-detected", 3, lambda s: (
        "(Automatic DNS mode detection) Local DNS service is not available. DNS through proxy is "
        "enabled.")),
    ("log-directory", 1, lambda s: (
        f"Log Directory is: C:\\Users\\{s.user()}\\AppData\\Roaming\\Proxifier\\Logs")),
    ("profile-loaded", 2, lambda s: (
        f"Profile {s.word()}{s.maybe(0.4, '-' + s.word())}.ppx loaded, {s.num(1, 9)} proxy "
        f"server(s), "
        f"{s.num(1, 40)} rule(s)")),
)  # fmt: skip
