"""MCP07 and MCP09, who may ask: a door that stands open, a token that lives on, a turn not given."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "off loopback nobody needs to authenticate",
        "drs_mcp/http/settings.py",
        "    if not loopback and not settings.authenticates:\n",
        "    if not loopback and settings.oauth_scopes:\n",
        (
            "tests/http/test_settings.py::test_off_loopback_it_must_authenticate",
            "tests/http/test_command.py::test_off_loopback_it_does_not_start_without_authentication",
        ),
    ),
    Mutation(
        "a token that begins like a known one is accepted",
        "drs_mcp/http/auth/tokens.py",
        '    return sha256(token.encode("utf-8", "surrogateescape")).digest()\n',
        '    return sha256(token[:32].encode("utf-8", "surrogateescape")).digest()\n',
        ("tests/http/test_serving.py::test_tokens_that_are_missing_wrong_or_empty_are_refused",),
    ),
    Mutation(
        "the file of tokens is read once",
        "drs_mcp/http/auth/tokens.py",
        "        if state != self._seen:\n",
        "        if not self._seen:\n",
        ("tests/http/test_serving.py::test_a_token_taken_out_of_the_file_is_refused_at_once",),
    ),
    Mutation(
        "tokens for any audience are accepted",
        "drs_mcp/http/auth/oauth.py",
        'options={"require": _REQUIRED, ',
        'options={"require": _REQUIRED, "verify_aud": False, ',
        ("tests/http/auth/test_oauth.py::test_a_token_that_is_not_for_us_is_nobodys",),
    ),
    Mutation(
        "refused tokens are not counted",
        "drs_mcp/http/auth/attempts.py",
        "            self._rate.take(place)\n",
        "            self._rate.wait(place)\n",
        (
            "tests/http/auth/test_attempts.py::test_after_many_refused_tokens_the_next_is_not_looked_at",
        ),
    ),
    Mutation(
        "one caller's guesses lock out those who come from its address",
        "drs_mcp/http/auth/attempts.py",
        "0.0 if self._known(token) else self._rate.wait(place)",
        "self._rate.wait(place)",
        (
            "tests/http/auth/test_attempts.py::test_a_token_that_was_accepted_lately_is_looked_at_all_the_same",
        ),
    ),
    Mutation(
        "the first to come is the first to be let in, whoever it is",
        "drs_mcp/api/http/fair_limiter.py",
        "        name, turn = caller(), anyio.Event()\n",
        '        name, turn = "", anyio.Event()\n',
        (
            "tests/api/http/test_fair_limiter.py::test_callers_take_turns_whatever_each_has_waiting",
            "tests/api/test_slicing.py::test_of_thirty_who_have_work_one_at_a_time_does_it_and_callers_alternate",
        ),
    ),
    Mutation(
        "connections that ask for nothing stay",
        "drs_mcp/http/connection.py",
        "        if waiting and self.cycle is self._seen:\n",
        "        if waiting and self.cycle is not self._seen:\n",
        ("tests/http/test_serving.py::test_a_connection_that_asks_for_nothing_is_closed",),
    ),
    Mutation(
        "who comes last finds no place",
        "drs_mcp/http/connection.py",
        "            self._longest_silent().transport.close()\n",
        "            self.transport.close()\n",
        ("tests/http/test_connections.py::test_who_has_sent_nothing_makes_room_for_who_comes",),
    ),
    Mutation(
        "pages of any origin may ask",
        "drs_mcp/http/guard.py",
        "        if origin is not None and not _listed(origin, self._security.allowed_origins):\n",
        "        if origin is not None and not origin:\n",
        (
            "tests/http/test_serving.py::test_foreign_hosts_and_origins_are_refused_before_anything_else",
        ),
    ),
    Mutation(
        "a caller's token goes on with its request",
        "drs_mcp/http/auth/access.py",
        "if key not in _WITHHELD]",
        'if key != b"cookie"]',
        ("tests/http/test_serving.py::test_code_knows_the_callers_name_and_never_sees_the_token",),
    ),
    Mutation(
        "credentials of Huawei Cloud are let through",
        "drs_mcp/http/guard.py",
        "        if any(name in headers for name in _NOT_OURS):\n",
        "        if all(name in headers for name in _NOT_OURS):\n",
        ("tests/http/test_serving.py::test_credentials_of_huawei_cloud_are_refused_from_callers",),
    ),
    Mutation(
        "whatever is asked gets the credentials",
        "drs_mcp/api/access/request_auth.py",
        "        if (request.url.scheme, request.url.host, request.url.port) == own:\n",
        "        if request.url.scheme == own[0]:\n",
        ("tests/api/test_transport.py::test_the_token_goes_to_its_own_origin_only",),
    ),
    Mutation(
        "the server goes by the SDK's version",
        "drs_mcp/server.py",
        "        version=__version__,\n",
        "",
        ("tests/tools/test_tools.py::test_the_server_tells_its_own_name_version_and_instructions",),
    ),
)
