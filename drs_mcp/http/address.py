"""Where the server listens: HOST:PORT, and whether that can be reached from elsewhere."""

import ipaddress
import re
import socket
from dataclasses import dataclass

from drs_mcp.errors import SettingsError

_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:\s]+)):(\d{1,5})")


@dataclass(frozen=True)
class Address:
    """An address of this machine, resolved.

    Attributes:
        family: IPv4 or IPv6.
        ip: the address.
        port: the port; 0 takes a free one.
    """

    family: socket.AddressFamily
    ip: str
    port: int

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return ipaddress.ip_address(self.ip).is_loopback

    def listen(self) -> socket.socket:
        """Bind it.

        Raises:
            SettingsError: it cannot be had.
        """
        try:
            return socket.create_server((self.ip, self.port), family=self.family, backlog=512)
        except OSError as error:
            raise SettingsError(
                f"--http: cannot listen on {self.ip} port {self.port} ({error.strerror})."
            ) from None


def address_of(text: str) -> Address:
    """The address that HOST:PORT names.

    Raises:
        SettingsError: it is not of that form, or the host is not known.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None or int(found[3]) > 65535:
        raise SettingsError(
            "--http takes HOST:PORT, such as 127.0.0.1:8000, [::1]:8000 or 0.0.0.0:8000."
        )
    host, port = found[1] or found[2], int(found[3])
    try:
        resolved = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise SettingsError("--http: the host is not known on this machine.") from None
    family, *_, place = resolved[0]
    return Address(socket.AddressFamily(family), str(place[0]).partition("%")[0], port)
