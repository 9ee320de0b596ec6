"""Lines of a web server (nginx: requests and errors) and of a database (PostgreSQL)."""

from __future__ import annotations

from .source import Source, Template


# nginx
def _agent(s: Source) -> str:
    """What a client calls itself: one word, or a whole sentence."""
    chrome = f"Chrome/{s.num(90, 140)}.0.{s.num(0, 6000)}.{s.num(0, 200)}"
    return s.pick(
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"{chrome} Safari/537.36",
            f"Mozilla/5.0 (X11; Linux x86_64; rv:{s.num(90, 140)}.0) Gecko/20100101 "
            f"Firefox/{s.num(90, 140)}.0",
            f"Mozilla/5.0 (iPhone; CPU iPhone OS {s.num(12, 18)}_{s.num(0, 7)} like Mac OS X) "
            "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
            f"curl/{s.num(7, 8)}.{s.num(0, 88)}.0",
            f"python-requests/2.{s.num(20, 33)}.{s.num(0, 5)}",
            "Mozilla/5.0 (compatible; ExampleBot/2.1; +http://bot.example.com/about)",
            "kube-probe/1.28",
            "-",
        )
    )


def _query(s: Source) -> str:
    part = s.many(lambda: f"{s.word()}={s.pick((s.word(), str(s.size(1, 10**6)), ''))}", 5, "&")
    return s.maybe(0.4, "?" + part)


def _uri(s: Source) -> str:
    top = s.skew(("/api/v1", "/static/js", "/images", "/blog", "/.well-known"))
    ending = s.maybe(0.4, s.pick((".js", ".png", ".php", ".html", "/")))
    return s.skew(("/", s.path(top, 5) + ending + _query(s)) + (s.path(top, 3),) * 3)


def _request(s: Source) -> str:
    verb = s.skew(("GET", "GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE"))
    return f"{verb} {_uri(s)} HTTP/{s.pick(('1.1', '2.0', '1.0'))}"


def _client(s: Source) -> str:
    return s.pick((s.outside(), s.outside(), f"2001:db8::{s.hex(4)}:{s.hex(3)}"))


def _referrer(s: Source) -> str:
    return f"https://{s.site()}{_uri(s)}"


def _upstream(s: Source) -> str:
    return s.pick((f"http://{s.ip()}:{s.num(3000, 9000)}", "http://unix:/run/app/app.sock:",
                   f"fastcgi://unix:/run/php/php8.{s.num(0, 3)}-fpm.sock:"))  # fmt: skip


def _tail(s: Source, upstream: bool = False) -> str:
    """The end of an error line, which tells whose request it was."""
    passed = f', upstream: "{_upstream(s)}{_uri(s)}"' if upstream else ""
    host = s.pick((s.site(), s.outside(), f"{s.site()}:8443"))
    return (
        f', client: {_client(s)}, server: {s.pick(("_", "", s.site()))}, request: "{_request(s)}"'
        f'{passed}, host: "{host}"' + s.maybe(0.4, f', referrer: "{_referrer(s)}"')
    )


def _access(s: Source) -> str:
    status = s.skew(("200", "304", "404", "301", "499", "500", "502", "403", "206", "401"))
    length = 0 if status == "304" else s.size(100, 900000)
    return (
        f'{_client(s)} - {s.skew(("-", "-", "-", s.user()))} [{s.web_moment()}] "{_request(s)}" '
        f'{status} {length} "{s.pick(("-", _referrer(s)))}" "{_agent(s)}"'
    )


def _number(s: Source) -> str:
    return f"*{s.size(1, 9000000)}"


NGINX: tuple[Template, ...] = (
    ("access", 1300, _access),
    ("file-missing", 160, lambda s: (
        f'{_number(s)} open() "{s.path("/var/www/html", 5)}" failed (2: No such file or directory)'
        f"{_tail(s)}")),
    ("upstream-refused", 110, lambda s: (
        f"{_number(s)} connect() failed (111: Connection refused) while connecting to upstream"
        f"{_tail(s, True)}")),
    ("upstream-slow", 90, lambda s: (
        f"{_number(s)} upstream timed out (110: Connection timed out) while reading response "
        f"header "
        f"from upstream{_tail(s, True)}")),
    ("upstream-closed", 60, lambda s: (
        f"{_number(s)} upstream prematurely closed connection while reading response header from "
        f"upstream{_tail(s, True)}")),
    ("no-upstream", 40, lambda s:
        f"{_number(s)} no live upstreams while connecting to upstream{_tail(s, True)}"),
    ("rate-limited", 60, lambda s: (
        f'{_number(s)} limiting requests, excess: {s.real(1, 60, 3)} by zone '
        f'"{s.word()}"{_tail(s)}')),
    ("connections-limited", 20, lambda s:
        f'{_number(s)} limiting connections by zone "{s.word()}"{_tail(s)}'),
    ("buffered-response", 40, lambda s: (
        f"{_number(s)} an upstream response is buffered to a temporary file /var/cache/nginx/"
        f"proxy_temp/{s.num(0, 9)}/{s.num(0, 99):02d}/{s.num(0, 9999999):010d} while reading "
        f"upstream"
        f"{_tail(s, True)}")),
    ("buffered-body", 30, lambda s: (
        f"{_number(s)} a client request body is buffered to a temporary file /var/cache/nginx/"
        f"client_temp/{s.num(0, 9999999):010d}{_tail(s)}")),
    ("body-too-large", 25, lambda s: (
        f"{_number(s)} client intended to send too large body: {s.size(10**6, 10**10)} bytes"
        f"{_tail(s)}")),
    ("access-forbidden", 25, lambda s: f"{_number(s)} access forbidden by rule{_tail(s)}"),
    ("index-forbidden", 20, lambda s: (
        f'{_number(s)} directory index of "{s.path("/var/www/html", 4)}/" is forbidden{_tail(s)}')),
    ("handshake-failed", 30, lambda s: (
        f"{_number(s)} SSL_do_handshake() failed (SSL: error:{s.hex(8).upper()}:SSL "
        f"routines:{s.pick(('tls_process_client_hello', 'ssl3_read_bytes', ''))}:"
        f"{s.pick(('no shared cipher', 'unsupported protocol', 'bad key share'))}) while SSL "
        f"handshaking, client: {_client(s)}, server: 0.0.0.0:{s.pick(('443', '8443'))}")),
    ("keepalive-closed", 40, lambda s:
        f"{_number(s)} client {_client(s)} closed keepalive connection"),
    ("password-mismatch", 12, lambda s: f'{_number(s)} user "{s.user()}": password '
        f'mismatch{_tail(s)}'),
    ("rewrite-cycle", 6, lambda s: (
        f'{_number(s)} rewrite or internal redirection cycle while internally redirecting to '
        f'"{_uri(s)}"'
        f"{_tail(s)}")),
    ("host-not-found", 6, lambda s: (
        f"{_number(s)} {s.host()} could not be resolved ({s.num(2, 3)}: "
        f"{s.pick(('Host not found', 'Server failure'))}){_tail(s)}")),
    ("script-stderr", 40, lambda s: (
        f'{_number(s)} FastCGI sent in stderr: "PHP message: {_php(s)}" while reading response '
        f'header '
        f"from upstream{_tail(s, True)}")),
    ("worker-exited", 6, lambda s: f"worker process {s.num(300, 99000)} exited with code "
        f"{s.num(0, 2)}"),
    ("signal", 6, lambda s: (
        f"signal {s.pick(('17 (SIGCHLD)', '1 (SIGHUP)', '3 (SIGQUIT)', '10 (SIGUSR1)'))} received "
        f"from {s.num(1, 99000)}")),
    ("worker-started", 5, lambda s: f"start worker process {s.num(300, 99000)}"),
    ("name-conflict", 3, lambda s: (
        f'conflicting server name "{s.site()}" on '
        f'{s.pick(("0.0.0.0:80", "[::]:443", "0.0.0.0:443"))}, '
        "ignored")),
    ("too-many-files", 4, lambda s: "accept4() failed (24: Too many open files)"),
)  # fmt: skip


def _php(s: Source) -> str:
    where = f"{s.path('/var/www/html', 4)}.php on line {s.size(1, 4000)}"
    what = s.pick(("Warning:  Undefined variable $", "Deprecated:  Creation of dynamic property "))
    return f"PHP {what}{s.word()}{s.maybe(0.4, '_' + s.word())} in {where}"


# PostgreSQL
def _lsn(s: Source) -> str:
    return f"{s.num(0, 255):X}/{s.hex(8).upper()}"


def _table(s: Source) -> str:
    return s.word() + s.maybe(0.5, "_" + s.word()) + s.maybe(0.2, f"_2025_{s.num(1, 12):02d}")


def _relation(s: Source) -> str:
    return s.maybe(0.3, s.pick(("public.", "audit."))) + _table(s)


def _statement(s: Source) -> str:
    columns = s.many(s.word, 6, ", ")
    return s.pick(
        (
            f"SELECT {columns} FROM {_relation(s)} WHERE {s.word()}_id = {s.size(1, 10**7)}"
            + s.maybe(0.4, f" ORDER BY {s.word()} DESC LIMIT {s.num(1, 500)}"),
            f"UPDATE {_relation(s)} SET {s.word()} = '{s.word()}' WHERE id = {s.size(1, 10**7)}",
            f"INSERT INTO {_relation(s)} ({columns}) VALUES "
            + s.many(lambda: f"({s.num(1, 999)}, '{s.word()}')", 8, ", "),
            f"VACUUM ANALYZE {_relation(s)}",
            "COMMIT",
        )
    )


def _lock(s: Source) -> str:
    mode = s.pick(("ShareLock", "ExclusiveLock", "AccessExclusiveLock", "RowExclusiveLock"))
    return f"{mode} on " + s.pick(
        (
            f"transaction {s.size(1000, 10**9)}",
            f"relation {s.num(16384, 99999)} of database {s.num(16384, 99999)}",
            f"tuple ({s.size(1, 9000)},{s.num(1, 90)}) of relation {s.num(16384, 99999)} of "
            f"database "
            f"{s.num(16384, 99999)}",
        )
    )


def _at(s: Source) -> str:
    return s.maybe(0.6, f" at character {s.size(8, 900)}")


def _usage(s: Source) -> str:
    return (
        f"system usage: CPU: user: {s.real(0, 9, 2)} s, system: {s.real(0, 3, 2)} s, elapsed: "
        f"{s.real(0, 900, 2)} s"
    )


def _vacuum(s: Source) -> str:
    timing = f"I/O timings: read: {s.real(0, 900)} ms, write: {s.real(0, 900)} ms "
    return (
        f'automatic vacuum of table "{s.word()}.public.{_table(s)}": index scans: {s.num(0, 2)} '
        f"pages: "
        f"{s.num(0, 9)} removed, {s.size(1, 90000)} remain, {s.num(0, 9)} skipped due to pins, "
        f"{s.size(1, 9000) - 1} skipped frozen tuples: {s.size(1, 90000)} removed, "
        f"{s.size(1, 10**7)} "
        f"remain, {s.num(0, 900)} are dead but not yet removable, oldest xmin: "
        f"{s.size(1000, 10**9)} "
        f"{s.maybe(0.4, timing)}buffer usage: {s.size(10, 10**6)} hits, {s.size(1, 10**5) - 1} "
        f"misses, "
        f"{s.size(1, 10**5) - 1} dirtied {_usage(s)}"
    )


_CIPHER = "protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384"


def _peer(s: Source) -> str:
    """Over the network with a port, over the machine's own socket without."""
    return s.pick(("[local]", f"{s.ip()} port={s.port()}", f"{s.host()} port={s.port()}"))


def _application(s: Source) -> str:
    return s.maybe(0.5, f" application_name={s.pick(('psql', s.word() + '-worker', ''))}")


POSTGRESQL: tuple[Template, ...] = (
    ("connected", 380, lambda s: f"connection received: host={_peer(s)}"),
    ("authorized", 380, lambda s: (
        f"connection authorized: user={s.user()} database={s.word()}{_application(s)}"
        f"{s.maybe(0.4, ' SSL enabled (' + _CIPHER + ', bits=256)')}")),
    ("disconnected", 370, lambda s: (
        f"disconnection: session time: {s.num(0, 90)}:{s.num(0, 59):02d}:{s.real(10, 59)} "
        f"user={s.user()} database={s.word()} host={_peer(s)}")),
    ("statement-slow", 150, lambda s: f"duration: {s.real(100, 90000)} ms  statement: "
        f"{_statement(s)}"),
    ("checkpoint-starting", 90, lambda s: (
        f"checkpoint starting: "
        f"{s.skew(('time', 'wal', 'immediate force wait', 'shutdown immediate'))}")),
    ("checkpoint-complete", 90, lambda s: (
        f"checkpoint complete: wrote {s.size(1, 90000)} buffers ({s.real(0, 99, 1)}%); "
        f"{s.num(0, 9)} WAL "
        f"file(s) added, {s.num(0, 9)} removed, {s.num(0, 40)} recycled; write={s.real(0, 300)} s, "
        f"sync={s.real(0, 9)} s, total={s.real(0, 310)} s; sync files={s.size(1, 900)}, "
        f"longest={s.real(0, 3)} s, average={s.real(0, 1)} s; distance={s.size(9, 900000)} kB, "
        f"estimate={s.size(9, 900000)} kB{s.maybe(0.3, f'; lsn={_lsn(s)}, redo lsn={_lsn(s)}')}")),
    ("vacuumed", 80, _vacuum),
    ("analyzed", 60, lambda s:
        f'automatic analyze of table "{s.word()}.public.{_table(s)}" {_usage(s)}'),
    ("temporary-file", 50, lambda s: (
        f'temporary file: path "base/pgsql_tmp/pgsql_tmp{s.num(300, 99000)}.{s.num(0, 40)}'
        f'{s.maybe(0.3, f".sharedfileset/{s.num(0, 9)}.0")}", size {s.size(8192)}')),
    ("client-reset", 40, lambda s: "could not receive data from client: Connection reset by peer"),
    ("client-gone", 25, lambda s: "unexpected EOF on client connection with an open transaction"),
    ("duplicate-key", 50, lambda s:
        f'duplicate key value violates unique constraint "{_table(s)}_{s.pick(("pkey", "key"))}"'),
    ("relation-missing", 30, lambda s: f'relation "{_relation(s)}" does not exist{_at(s)}'),
    ("syntax", 20, lambda s: f'syntax error at or near '
        f'"{s.pick((s.word(), ")", "from", ","))}"{_at(s)}'),
    ("lock-waited", 30, lambda s: (
        f"process {s.num(300, 99000)} still waiting for {_lock(s)} after {s.real(1000, 1100)} ms")),
    ("lock-acquired", 30, lambda s: (
        f"process {s.num(300, 99000)} acquired {_lock(s)} after {s.real(1000, 90000)} ms")),
    ("deadlock", 10, lambda s: "deadlock detected"),
    ("statement-timeout", 15, lambda s: "canceling statement due to statement timeout"),
    ("password-failed", 25, lambda s: f'password authentication failed for user "{s.user()}"'),
    ("host-refused", 15, lambda s: (
        f'no pg_hba.conf entry for {s.maybe(0.3, "replication connection from ")}host '
        f'"{s.pick((s.ip(), s.outside()))}", user "{s.user()}", database "{s.word()}"'
        f'{s.maybe(0.6, s.pick((", SSL off", ", no encryption")))}')),
    ("slots-reserved", 10, lambda s: (
        "remaining connection slots are reserved for non-replication superuser connections")),
    ("type-invalid", 12, lambda s: (
        f'invalid input syntax for type {s.pick(("integer", "uuid", "timestamp with time zone"))}: '
        f'"{s.pick((s.word(), "", s.date(), s.word() + " " + s.word()))}"{_at(s)}')),
    ("null-value", 12, lambda s: (
        f'null value in column '
        f'"{s.word()}"{s.maybe(0.6, f" of relation {chr(34)}{_table(s)}{chr(34)}")} '
        "violates not-null constraint")),
    ("foreign-key", 12, lambda s: (
        f'insert or update on table "{_table(s)}" violates foreign key constraint '
        f'"{_table(s)}_{s.word()}_fkey"')),
    ("wal-archive-failed", 6, lambda s: f"archive command failed with exit code {s.num(1, 255)}"),
    ("wal-restored", 12, lambda s: f'restored log file "{s.hex(24).upper()}" from archive'),
    ("restart-point", 8, lambda s: f"recovery restart point at {_lsn(s)}"),
    ("streaming", 4, lambda s:
        f"started streaming WAL from primary at {_lsn(s)} on timeline {s.num(1, 40)}"),
    ("wal-removed", 4, lambda s:
        f"requested WAL segment {s.hex(24).upper()} has already been removed"),
    ("decoding-consistent", 3, lambda s:
        f"logical decoding found consistent point at {_lsn(s)}"),
    ("decoding-starting", 3, lambda s: f'starting logical decoding for slot "{_table(s)}"'),
    ("process-killed", 2, lambda s:
        f"server process (PID {s.num(300, 99000)}) was terminated by signal {s.num(6, 11)}"
        f"{s.maybe(0.5, ': Killed')}"),
    ("parameter-changed", 3, lambda s: (
        f'parameter "{s.pick(("work_mem", "max_wal_size", "log_min_duration_statement"))}" '
        f'changed to '
        f'"{s.pick((f"{s.num(1, 900)}MB", str(s.num(1, 5000)), ""))}"')),
    ("listening", 2, lambda s: (
        f"listening on {s.pick(('IPv4 address ', 'IPv6 address '))}"
        f'"{s.pick(("0.0.0.0", "::", s.ip()))}", port 5432')),
    ("ready", 2, lambda s: "database system is ready to accept connections"),
)  # fmt: skip
