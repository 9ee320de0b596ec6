"""MCP08, audit lines and spans: one left out, one that repeats what others wrote."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "requests to DRS are not counted",
        "drs_mcp/observe/audit.py",
        '            "upstream_requests": ledger.requests,\n',
        '            "upstream_requests": 0,\n',
        (
            "tests/observe/test_audit.py::test_a_call_that_succeeds_is_told_with_what_it_cost_and_without_its_result",
        ),
    ),
    Mutation(
        "a call that is cancelled is told as one that failed",
        "drs_mcp/serving/accounting.py",
        "            self.outcome = CANCELLED\n",
        "            self.outcome = type(error).__name__\n",
        ("tests/observe/test_audit.py::test_a_call_that_is_cancelled_is_told",),
    ),
    Mutation(
        "audit lines hold what others wrote as it came",
        "drs_mcp/observe/audit.py",
        '            "caller": quote(call.caller, 100),\n            "client": quote(call.client, 100),\n',
        '            "caller": call.caller,\n            "client": call.client,\n',
        ("tests/observe/test_audit.py::test_what_others_wrote_cannot_forge_a_line",),
    ),
    Mutation(
        "tools alone leave lines",
        "drs_mcp/serving/accounting.py",
        '    "completion/complete": "completion",\n',
        "",
        ("tests/observe/test_audit.py::test_resources_prompts_and_completion_leave_a_line_each",),
    ),
    Mutation(
        "a call of no tool is told as any other",
        "drs_mcp/serving/accounting.py",
        "                    account.outcome = UNKNOWN\n                took",
        "                    account.outcome = REFUSED\n                took",
        (
            "tests/observe/test_audit.py::test_what_there_is_not_is_told_as_unknown_and_without_arguments",
        ),
    ),
    Mutation(
        "lines that were dropped are not told",
        "drs_mcp/observe/line_writer.py",
        "        line = self._told(entry.line, dropped) if dropped else entry.line\n",
        "        line = entry.line\n",
        (
            "tests/observe/test_audit.py::test_the_next_line_that_gets_through_tells_how_many_did_not",
        ),
    ),
    Mutation(
        "every refused login has a line",
        "drs_mcp/observe/refused_logins.py",
        "        if now - count.told_at >= PERIOD_S:\n",
        "        if now - count.told_at >= 0:\n",
        (
            "tests/http/test_audit_lines.py::test_refused_tokens_are_told_once_and_then_counted",
            "tests/observe/test_refused_logins.py::test_a_flood_is_one_line_in_a_while_and_every_one_is_counted",
        ),
    ),
    Mutation(
        "whoever leaves a line waits until it is written",
        "drs_mcp/observe/line_writer.py",
        "            self._changed.notify_all()\n            return True\n",
        "            self._changed.notify_all()\n            self._changed.wait_for(lambda: not self._waiting and not self._writing)\n            return True\n",
        (
            "tests/serving/test_sinks.py::test_every_call_is_answered_and_the_process_leaves_in_time",
        ),
    ),
    Mutation(
        "a line that could not be written is not counted",
        "drs_mcp/observe/line_writer.py",
        "            self._drop(dropped + 1)\n",
        "            self._drop(dropped)\n",
        ("tests/observe/test_audit.py::test_a_full_disk_costs_lines_and_no_call",),
    ),
    Mutation(
        "a required line may be missing",
        "drs_mcp/observe/audit.py",
        "        if (error := written.exception()) is not None:\n",
        "        if (error := written.exception()) is not None and not self.required:\n",
        (
            "tests/observe/test_audit.py::test_a_full_disk_fails_every_call_where_lines_are_required_and_is_not_named",
        ),
    ),
    Mutation(
        "a signal waits for the event loop to end",
        "drs_mcp/serving/exit_timer.py",
        "        exit_within(within_s)\n",
        "",
        ("tests/serving/test_exit_timer.py::test_a_signal_ends_the_process_whatever_hangs",),
    ),
    Mutation(
        "audit files may be read by all",
        "drs_mcp/observe/line_writer.py",
        "        return os.open(self._path, flags, 0o600)\n",
        "        return os.open(self._path, flags, 0o644)\n",
        (
            "tests/observe/test_line_writer.py::test_a_file_is_made_for_its_owner_alone_and_may_be_rotated",
        ),
    ),
    Mutation(
        "a token may be called what the server calls itself",
        "drs_mcp/http/auth/tokens.py",
        "        if is_reserved(name):\n",
        "        if is_reserved(token):\n",
        (
            "tests/http/auth/test_tokens.py::test_what_is_no_token_is_refused_by_its_place_and_never_repeated",
        ),
    ),
    Mutation(
        "a span is named by the path with its IDs",
        "drs_mcp/api/transport.py",
        "        with request_span(spec.method, template_of(spec.path), request.url.host) as span:\n",
        "        with request_span(spec.method, spec.path, request.url.host) as span:\n",
        (
            "tests/observe/test_audit.py::test_every_request_to_drs_has_a_span_without_ids_queries_or_what_drs_said",
        ),
    ),
    Mutation(
        "a span is named by what the client called",
        "drs_mcp/observe/request_spans.py",
        "            target = str(target) if known else _OTHER\n",
        "            target = str(target)\n",
        ("tests/observe/test_request_spans.py::test_nothing_that_a_client_wrote_stands_in_a_span",),
    ),
    Mutation(
        "lists of arguments are told as they came",
        "drs_mcp/observe/audit.py",
        "            return [_shown(part) for part in value[:_MOST_PARTS]]\n",
        "            return list(value)\n",
        ("tests/observe/test_audit.py::test_arguments_are_quoted_however_deep_they_are",),
    ),
    Mutation(
        "arguments are told before they are known to fit",
        "drs_mcp/serving/accounting.py",
        "                result = await call_next(ctx)\n",
        "                ledger.arguments = _arguments(access, ctx.params)\n                result = await call_next(ctx)\n",
        (
            "tests/observe/test_audit.py::test_a_call_whose_arguments_do_not_fit_is_told_without_them",
        ),
    ),
    Mutation(
        "lines of a text stand in the log like records",
        "drs_mcp/observe/stderr_log.py",
        '_FURTHER = "\\n | "\n',
        '_FURTHER = "\\n"\n',
        (
            "tests/observe/test_stderr_log.py::test_no_text_looks_like_a_record_of_its_own_or_hides_anything",
        ),
    ),
    Mutation(
        "a record is cut before its secrets are hidden",
        "drs_mcp/observe/stderr_log.py",
        "        text = redact_known(super().format(record))\n        lines = text[: MOST_CHARS + _AHEAD].splitlines()\n",
        "        text = super().format(record)\n        lines = redact_known(text[:MOST_CHARS]).splitlines()\n",
        (
            "tests/observe/test_stderr_log.py::test_a_long_record_is_cut_and_shows_no_part_of_a_secret_at_the_cut",
        ),
    ),
)
