"""How DRS is asked: client, paging and connections, above credentials, HTTP and the wire."""
