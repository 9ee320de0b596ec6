"""MCP02, rights: a path too many, a lock that is open, a yes that counts twice."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a path that only begins like one that reads may be POSTed to",
        "drs_mcp/api/paths.py",
        "any(_pattern(one).fullmatch(path) for one in READING_POSTS)",
        "any(_pattern(one).match(path) for one in READING_POSTS)",
        ("tests/api/test_reading.py::test_every_other_request_is_refused_before_a_socket_opens",),
    ),
    Mutation(
        "another module builds requests that write",
        "drs_mcp/api/access/iam.py",
        'http.build_request("GET", f"{_PROJECTS}?name=',
        'http.build_request("POST", f"{_PROJECTS}?name=',
        (
            "tests/test_architecture.py::test_what_is_sent_is_built_in_three_places_and_the_client_of_reads_decides_what_drs_is_asked",
        ),
    ),
    Mutation(
        "tools that only read do not say so",
        "drs_mcp/serving/register.py",
        "            title=self.title, read_only_hint=True, destructive_hint=False, open_world_hint=False\n",
        "            title=self.title, read_only_hint=False, destructive_hint=True, open_world_hint=False\n",
        (
            "tests/serving/test_schemas.py::test_a_tool_says_in_few_lines_what_it_answers_and_that_it_only_reads",
        ),
    ),
    Mutation(
        "actions are on by default",
        "drs_mcp/settings.py",
        '        return "" if kinds == ["off"] else ",".join(kinds)\n',
        '        return "checks" if kinds == ["off"] else ",".join(kinds)\n',
        (
            "tests/actions/test_default_server.py::test_without_the_setting_the_tools_and_the_instructions_are_byte_for_byte_what_they_are_without_actions",
        ),
    ),
    Mutation(
        "an action may be any that DRS has",
        "drs_mcp/api/acting/orders.py",
        "        if not _is_known(self.action_name, self.params):\n",
        "        if not self.action_name:\n",
        ("tests/api/acting/test_orders.py::test_no_other_action_of_drs_can_be_sent",),
    ),
    Mutation(
        "a question that was declined counts as a yes",
        "drs_mcp/actions/question.py",
        '    if reply.action != "accept":\n',
        '    if reply.action == "":\n',
        ("tests/actions/test_locks.py::test_with_a_human_who_does_not_say_yes",),
    ),
    Mutation(
        "a host that passes no question on is asked all the same",
        "drs_mcp/actions/perform.py",
        "    asker.check()\n",
        "",
        ("tests/actions/test_locks.py::test_with_a_host_that_does_not_ask",),
    ),
    Mutation(
        "an action leaves without the line before it",
        "drs_mcp/api/acting/door.py",
        "            await line.before()\n",
        "",
        ("tests/actions/test_locks.py::test_where_no_audit_line_can_be_written",),
    ),
    Mutation(
        "a yes counts in any turn of the task",
        "drs_mcp/api/acting/turns.py",
        "        if key in self._busy or self._turns.get(key, 0) != turn:\n",
        "        if turn < 0:\n",
        (
            "tests/actions/test_consent.py::test_a_yes_counts_once",
            "tests/actions/test_consent.py::test_of_two_callers_at_once_one_acts",
            "tests/http/test_actions.py::test_over_http_too_a_yes_counts_once_whatever_connection_it_comes_by",
            "tests/api/acting/test_door.py::test_a_yes_asked_for_while_an_action_is_under_way_is_void_when_that_is_over",
        ),
    ),
    Mutation(
        "the SDK's seal of what was asked goes with its spans",
        "drs_mcp/observe/request_spans.py",
        "    middleware[:] = [RequestSpans(names), *kept]\n",
        "    middleware[:] = [RequestSpans(names), *kept[:0]]\n",
        ("tests/actions/test_consent.py::test_other_arguments_need_another_yes",),
    ),
    Mutation(
        "an argument that means nothing is passed over",
        "drs_mcp/actions/perform.py",
        "    check_shown(wanted)\n",
        "",
        (
            "tests/actions/test_shown.py::test_an_argument_that_an_action_does_not_take_is_refused_and_not_passed_over",
        ),
    ),
    Mutation(
        "any ID of a comparison is shown to the human",
        "drs_mcp/actions/state.py",
        '    return as_identifier(given) or "one whose ID cannot be shown"\n',
        "    return given\n",
        (
            "tests/actions/test_shown.py::test_an_id_that_reads_like_a_sentence_stands_neither_in_a_question_nor_in_a_refusal",
        ),
    ),
    Mutation(
        "an action that met a fault is sent again",
        "drs_mcp/api/transport.py",
        "            if not repeatable:\n                return await self._attempt(spec, limits)\n",
        "",
        (
            "tests/actions/test_faults.py::test_an_action_arrives_at_most_once_and_the_answer_is_true",
        ),
    ),
    Mutation(
        "an action whose credential was refused with a 5xx is sent again",
        "drs_mcp/api/transport.py",
        "            if not spec.repeatable and error.status >= 500:  # DRS may have begun to do it\n                raise\n",
        "",
        (
            "tests/api/acting/test_door.py::test_a_code_of_credentials_within_a_5xx_does_not_send_it_again",
        ),
    ),
    Mutation(
        "a token without the scope is let in",
        "drs_mcp/http/auth/access.py",
        "RequireAuthMiddleware(known, list(settings.oauth_scopes), metadata)",
        "RequireAuthMiddleware(known, [], metadata)",
        (
            "tests/http/auth/test_oauth.py::test_over_http_a_token_must_be_for_us_and_have_the_scope",
        ),
    ),
    Mutation(
        "Cloud Eye is asked whatever the profile says",
        "drs_mcp/api/connections.py",
        """if figures and settings.cloud_eye == "true" else None""",
        """if figures else None""",
        (
            "tests/reads/test_cloud_eye.py::test_without_the_profiles_word_nothing_is_asked_of_cloud_eye",
        ),
    ),
    Mutation(
        "redirects are followed",
        "drs_mcp/api/http/clients.py",
        "follow_redirects=False",
        "follow_redirects=True",
        (
            "tests/reads/test_cloud_eye.py::test_credentials_go_to_drs_and_cloud_eye_of_the_region_and_nowhere_else",
        ),
    ),
)
