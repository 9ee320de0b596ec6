"""Servers on loopback for the doctor: the embedded DRS with and without TLS, and a CONNECT proxy."""

import socket
import ssl
import threading
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import anyio
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


@contextmanager
def running_app(app, **tls):
    """*app* on a free port of loopback; yields the port."""
    config = uvicorn.Config(
        app, log_config=None, lifespan="off", date_header=False, ws="none", **tls
    )
    server = uvicorn.Server(config)
    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        # The socket listens already: what is sent before the server runs waits in its queue.
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(timeout=5)


def closed_port():
    """A port of loopback on which nobody listens."""
    with socket.create_server((HOST, 0)) as listening:
        return listening.getsockname()[1]


class Authority:
    """A certificate authority that nobody knows, in a folder of its own."""

    def __init__(self, folder):
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Corporate Test CA")])
        self._certificate = self._signed(self._name, self._key, ca=True)
        self.file = folder / "ca.pem"
        self.file.write_bytes(self._certificate.public_bytes(serialization.Encoding.PEM))

    def server(self, *, names=("localhost",), days=30):
        """What uvicorn needs to serve TLS with a certificate for *names* that ends in *days*."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
        made = self._signed(subject, key, names=names, days=days)
        certificate, private = self._folder / "server.pem", self._folder / "server.key"
        certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        private.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return {"ssl_certfile": certificate, "ssl_keyfile": private}

    def _signed(self, subject, key, *, ca=False, names=(), days=30):
        now = datetime.now(UTC)  # TLS is checked against the machine's own clock
        public = key.public_key()
        built = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=60))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
            .add_extension(_usage(ca=ca), critical=True)
        )
        if names:
            known = [x509.DNSName(name) for name in names] + [x509.IPAddress(ip_address(HOST))]
            alternative = known if "localhost" in names else known[:-1]
            built = built.add_extension(x509.SubjectAlternativeName(alternative), critical=False)
        return built.sign(self._key, hashes.SHA256())


def _usage(*, ca):
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=ca,
        crl_sign=ca,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


@asynccontextmanager
async def connect_proxy(refusal=""):
    """A proxy that knows CONNECT alone; yields its port and the heads of what it was asked."""
    heads = []

    async def handle(client):
        async with client:
            head = b""
            with suppress(anyio.EndOfStream, anyio.BrokenResourceError):
                while b"\r\n\r\n" not in head:
                    head += await client.receive()
                heads.append(head.decode("ascii"))
                if refusal:
                    await client.send(f"HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n".encode())
                    return
                host, _, port = head.split()[1].decode("ascii").rpartition(":")
                async with await anyio.connect_tcp(host, int(port)) as server:
                    await client.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    async with anyio.create_task_group() as group:
                        group.start_soon(_copied, client, server, group.cancel_scope)
                        group.start_soon(_copied, server, client, group.cancel_scope)

    listener = await anyio.create_tcp_listener(local_host=HOST)
    (only,) = listener.listeners
    async with listener, anyio.create_task_group() as group:
        group.start_soon(listener.serve, handle)
        yield only.extra(anyio.abc.SocketAttribute.local_port), heads  # noqa: S610  a socket's
        group.cancel_scope.cancel()


async def _copied(source, sink, scope):
    with suppress(
        anyio.EndOfStream, anyio.BrokenResourceError, anyio.ClosedResourceError, ssl.SSLError
    ):
        while True:
            await sink.send(await source.receive())
    scope.cancel()
