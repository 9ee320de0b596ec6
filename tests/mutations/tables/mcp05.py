"""MCP05, injection: something is evaluated, an ID is not matched whole, a path is sent as it came."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "what arrives is evaluated",
        "drs_mcp/quoting/decoding.py",
        '    return from_json(body, allow_inf_nan=True, cache_strings="keys")\n',
        "    return eval(body)\n",
        ("tests/test_supply.py::test_nothing_is_executed_evaluated_or_unpickled",),
    ),
    Mutation(
        "what only begins as an ID is one",
        "drs_mcp/api/query.py",
        "    if not ID.fullmatch(value):\n",
        "    if not ID.match(value):\n",
        ("tests/api/test_query.py::test_an_id_holds_nothing_that_could_change_a_path",),
    ),
    Mutation(
        "the path that goes out is not compared with the one intended",
        "drs_mcp/api/transport.py",
        'if request.url.raw_path.partition(b"?")[0] != spec.path.encode("ascii"):',
        "if not spec.path:",
        ("tests/api/test_transport.py::test_a_path_that_would_leave_its_place_is_not_sent",),
    ),
    Mutation(
        "unknown arguments are passed over",
        "drs_mcp/serving/register.py",
        '"extra": "forbid"',
        '"extra": "ignore"',
        (
            "tests/tools/test_tools.py::test_wrong_arguments_are_refused_by_name_and_cost_no_request",
        ),
    ),
)
