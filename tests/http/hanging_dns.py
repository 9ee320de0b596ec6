"""`drs-mcp` on a machine whose name server never answers: a thread hangs for each look-up."""

import socket
import sys
import time

from drs_mcp.commands.main import main

_ours = socket.getaddrinfo


def _hanging(host, *arguments, **named):
    if ".myhuaweicloud.com" in str(host):
        sys.stderr.write("looking up\n")
        sys.stderr.flush()
        time.sleep(60)
    return _ours(host, *arguments, **named)


if __name__ == "__main__":
    socket.getaddrinfo = _hanging
    main()
