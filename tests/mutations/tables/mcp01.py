"""MCP01, secrets: a form forgotten, the redactor left out, a credential told."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "the server asks for credentials when it starts",
        "drs_mcp/server.py",
        "            with state.hold(connections):\n",
        "            await connections.open()\n            with state.hold(connections):\n",
        (
            "tests/test_stdio.py::test_starting_and_listing_need_no_credentials_and_a_call_says_what_is_missing",
        ),
    ),
    Mutation(
        "fields are dropped by two names, not by what names mean",
        "drs_mcp/quoting/decoding.py",
        "            if is_secret_key(key) and not is_switch(key, item):\n",
        '            if key in ("password", "token"):\n',
        ("tests/api/test_transport.py::test_secret_fields_are_dropped_while_decoding",),
    ),
    Mutation(
        "a form is taken out of the grammar",
        "drs_mcp/quoting/secrets/forms.py",
        '    "identified": (identified,),\n',
        "",
        (
            "tests/quoting/test_quoted.py::test_a_secret_is_hidden",
            "tests/quoting/test_secrets.py::test_a_secret_is_hidden_and_all_else_stays",
        ),
    ),
    Mutation(
        "what a text says of a secret counts as the secret",
        "drs_mcp/quoting/secrets/weighing.py",
        '    if key.sign == ":" and STATE.match(low, at):\n        return True\n',
        "",
        (
            "tests/quoting/test_secrets.py::test_what_is_no_secret_stays",
            "tests/quoting/test_attacks.py::test_an_innocent_text_stays_whole",
        ),
    ),
    Mutation(
        "a count of secrets counts as a secret",
        "drs_mcp/quoting/secrets/keys.py",
        "    if not _DECOYS.isdisjoint(words[:-1]):\n        return Weight.NONE\n",
        "",
        ("tests/quoting/test_quoted.py::test_what_is_no_secret_survives",),
    ),
    Mutation(
        "a doubled quote ends a value",
        "drs_mcp/quoting/secrets/values.py",
        "        elif slashes == 0 and after == mark:\n",
        "        elif slashes == 1 and after == mark:\n",
        ("tests/quoting/test_secrets.py::test_what_could_end_a_value_does_not_end_it_inside",),
    ),
    Mutation(
        "what was hidden is looked back at",
        "drs_mcp/quoting/secrets/values.py",
        "        return (self._recent + self.text[max(self.pos, at - WINDOW) : at])[-WINDOW:]\n",
        "        return self.text[max(0, at - WINDOW) : at]\n",
        ("tests/quoting/test_secrets.py::test_what_was_hidden_is_not_looked_back_at",),
    ),
    Mutation(
        "whether a secret is hidden depends on how long it is",
        "drs_mcp/quoting/secrets/__init__.py",
        "            if span.start <= near:\n",
        "            if span.start <= near and (span.end - span.start) % 2:\n",
        ("tests/quoting/test_secrets.py::test_no_answer_depends_on_a_secret_wherever_it_stands",),
    ),
    Mutation(
        "each row of a page is redacted by itself",
        "drs_mcp/quoting/pages.py",
        "    for place, text in across.items():\n        shown[place] = text\n",
        "",
        (
            "tests/quoting/test_rows_of_a_page.py::test_a_secret_goes_on_in_the_next_row_of_time_and_the_one_before_stays",
        ),
    ),
    Mutation(
        "what a neighbour leaves open reaches into a row",
        "drs_mcp/quoting/secrets/__init__.py",
        "        crosses = any(s.start <= edge < s.end for s in scan.spans for edge in (begins, ends))\n",
        "        crosses = False\n",
        (
            "tests/quoting/test_rows_of_a_page.py::test_what_is_hidden_in_a_row_does_not_depend_on_the_secret_of_its_neighbour",
        ),
    ),
    Mutation(
        "the value of a pair is judged without its name",
        "drs_mcp/quoting/decoding.py",
        "    return is_secret_key(name) or hide_secrets(pair) != pair\n",
        "    return is_secret_key(name)\n",
        ("tests/quoting/test_doubtful_quotes.py::test_a_pair_is_judged_by_its_name",),
    ),
    Mutation(
        "answers are logged as they came",
        "drs_mcp/api/transport.py",
        "            result.bytes += len(raw)\n",
        '            result.bytes += len(raw)\n            __import__("logging").getLogger(__name__).debug("%s", raw)\n',
        (
            "tests/tools/test_tools.py::test_no_planted_secret_leaves_in_any_answer_log_line_or_error",
        ),
    ),
    Mutation(
        "secrets in texts are not hidden",
        "drs_mcp/quoting/pages.py",
        "        shown = hide_secrets(text, words)\n",
        "        shown = text\n",
        (
            "tests/hostile/test_secrets.py::test_secrets_in_all_fields_at_once",
            "tests/hostile/test_secrets.py::test_secrets_in_errors_of_drs",
            "tests/hostile/test_secrets.py::test_secrets_in_arguments",
        ),
    ),
    Mutation(
        "keys are shown by the `repr` of what holds them",
        "drs_mcp/api/access/credentials.py",
        "    secret_key: str = field(repr=False)\n",
        "    secret_key: str\n",
        (
            "tests/api/access/test_secrets_hidden.py::test_a_debug_log_over_real_sockets_holds_no_secret",
        ),
    ),
    Mutation(
        "an HTTP library may log headers",
        "drs_mcp/observe/stderr_log.py",
        'QUIET = ("httpx2", "httpcore2", ',
        'QUIET = ("httpx2", ',
        ("tests/observe/test_stderr_log.py::test_http_libraries_print_no_header_and_no_body",),
    ),
    Mutation(
        "the log hides secrets by form only",
        "drs_mcp/observe/stderr_log.py",
        "        text = redact_known(super().format(record))\n",
        "        text = super().format(record)\n",
        (
            "tests/observe/test_stderr_log.py::test_a_secret_that_the_server_was_given_is_hidden_wherever_it_stands",
        ),
    ),
    Mutation(
        "an error tells the headers of its request",
        "drs_mcp/api/access/exchange.py",
        'cannot be reached ({type(error).__name__}). Check the "\n',
        'cannot be reached ({error!r}, {request.headers.raw}). Check the "\n',
        (
            "tests/api/access/test_secrets_hidden.py::test_a_traceback_in_the_log_shows_neither_locals_nor_secrets",
        ),
    ),
    Mutation(
        "the doctor looks at no file of callers' tokens",
        "drs_mcp/doctor/cases.py",
        "    files = credential_files(profiles) | callers\n",
        "    files = credential_files(profiles)\n",
        (
            "tests/doctor/test_doctor_files.py::test_every_file_that_a_secret_comes_from_is_looked_at",
        ),
    ),
    Mutation(
        "the start tells of no file that is too open",
        "drs_mcp/commands/main.py",
        "        warn_of_too_open(credential_files(profiles))\n",
        "",
        ("tests/doctor/test_doctor_files.py::test_the_server_tells_at_its_start_what_is_too_open",),
    ),
    Mutation(
        "whatever a setting names is read",
        "drs_mcp/secret_files.py",
        """\
    if not stat.S_ISREG(path.stat().st_mode):  # opening a device can already do something
        raise NotAFile(errno.EINVAL, "not a regular file")
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        state = os.fstat(descriptor)  # what was opened may be another than what was looked at
        if not stat.S_ISREG(state.st_mode):
            raise NotAFile(errno.EINVAL, "not a regular file")
""",
        """\
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        state = os.fstat(descriptor)
""",
        (
            "tests/test_secret_files.py::test_neither_a_pipe_that_nobody_writes_to_nor_a_folder_is_read",
        ),
    ),
    Mutation(
        "Base64 is looked into at one alignment of three",
        "drs_mcp/quoting/known_secrets.py",
        "    for before in range(3):\n",
        "    for before in range(1):\n",
        ("tests/quoting/test_known_secrets.py::test_a_known_secret_is_hidden_in_every_form",),
    ),
    Mutation(
        "pages are not searched for the server's own secrets",
        "drs_mcp/quoting/pages.py",
        "    return [redact_known(text) for text in texts] if holds_known_as_is(whole) else texts\n",
        "    return texts\n",
        (
            "tests/quoting/test_known_secrets.py::test_it_is_hidden_before_anything_searches_a_page_for_it",
        ),
    ),
    Mutation(
        "a token that IAM issued is not known by value",
        "drs_mcp/api/access/credentials.py",
        "            register_secrets(credential.secrets)\n",
        "",
        ("tests/api/access/test_own_secrets.py::test_no_form_of_our_own_secrets_is_shown",),
    ),
    Mutation(
        "each call that notices a dead token renews it",
        "drs_mcp/api/access/credentials.py",
        "        if issued is None or issued.number <= refused.number:\n",
        "        if issued is None or issued.number >= refused.number:\n",
        (
            "tests/api/access/test_renewal.py::test_twenty_calls_that_meet_a_dead_token_at_once_cause_one_renewal",
        ),
    ),
    Mutation(
        "a refused token is renewed at any time",
        "drs_mcp/api/access/credentials.py",
        "                self._replaced_until = self._clock.monotonic() + _COOLDOWN_S\n",
        "                self._replaced_until = self._clock.monotonic()\n",
        (
            "tests/api/access/test_renewal.py::test_good_tokens_that_drs_refuses_do_not_have_every_call_log_in",
        ),
    ),
    Mutation(
        "one sort of header is taken out of the grammar",
        "drs_mcp/quoting/secrets/forms.py",
        '    "cookie": (named,),\n',
        "",
        ("tests/quoting/test_attacks.py::test_a_secret_leaves_no_trace_whatever_it_is",),
    ),
    Mutation(
        "what parts pairs elsewhere parts them in a list with commas, too",
        "drs_mcp/quoting/secrets/bare.py",
        '        return ", " if last == "," and left != head else last\n',
        "        return last\n",
        ("tests/quoting/test_value_ends.py::test_a_value_ends_where_the_pairs_of_its_text_do",),
    ),
    Mutation(
        "the end of a key is looked for beside its markers alone",
        "drs_mcp/quoting/secrets/tokens.py",
        "    for beside in (place - 1, place + 1):\n",
        "    for beside in ():\n",
        (
            "tests/quoting/test_value_ends.py::test_the_end_of_a_key_whose_marker_is_on_another_page_is_hidden",
        ),
    ),
    Mutation(
        "pages are searched before their texts are redacted",
        "drs_mcp/quoting/decoding.py",
        "        page = yield from redacting(texts, newest_first=newest_first)\n",
        "        page = yield from redacting(texts, newest_first=newest_first)\n"
        "        page = page._replace(texts=list(texts))\n",
        (
            "tests/tools/test_redacted_first.py::test_a_log_that_differs_in_what_is_hidden_is_answered_alike_whatever_is_asked",
            "tests/fuzz/test_twins.py::test_worlds_that_differ_in_what_is_hidden_are_answered_alike",
        ),
    ),
    Mutation(
        "the pages of a log are redacted each by itself",
        "drs_mcp/quoting/edges.py",
        "        if begin < edge < end:\n",
        "        if begin == edge == end:\n",
        (
            "tests/quoting/test_edges.py::test_a_secret_is_hidden_wherever_the_pages_part",
            "tests/tools/test_redacted_first.py::test_a_password_whose_name_stands_on_the_next_page_is_hidden",
        ),
    ),
    Mutation(
        "a bare value is hidden to the end of its line",
        "drs_mcp/quoting/secrets/weighing.py",
        "    span = bare(scan, at, key.end, cjk=is_cjk(key.name))\n",
        '    span = Span(at, scan.find("\\n", at))\n',
        ("tests/quoting/test_attacks.py::test_what_decides_survives",),
    ),
    Mutation(
        "what was skipped of a very long text is not counted",
        "drs_mcp/quoting/pages.py",
        "    left_out = len(text) + skipped - KEPT_HEAD - KEPT_TAIL\n",
        "    left_out = len(text) - KEPT_HEAD - KEPT_TAIL\n",
        (
            "tests/quoting/test_long_texts.py::test_the_first_and_the_last_characters_are_kept_and_those_between_are_counted",
        ),
    ),
    Mutation(
        "nothing beyond what is kept of a text is looked at",
        "drs_mcp/quoting/pages.py",
        "    head = _hidden(text[: KEPT_HEAD + _EDGE])[:KEPT_HEAD]\n",
        "    head = _hidden(text[:KEPT_HEAD])\n",
        (
            "tests/quoting/test_long_texts.py::test_a_secret_across_the_edge_of_what_is_kept_is_hidden",
        ),
    ),
    Mutation(
        "a word that begins before what is kept shows its end",
        "drs_mcp/quoting/pages.py",
        "        raw = raw[len(raw.split(maxsplit=1)[0]) :]\n",
        "        raw = raw.rstrip()\n",
        (
            "tests/quoting/test_long_texts.py::test_a_secret_across_the_edge_of_what_is_kept_is_hidden",
        ),
    ),
    Mutation(
        "a long secret file is read as far as it may be",
        "drs_mcp/secret_files.py",
        '        if state.st_size > most_bytes:\n            raise TooLargeFile(errno.EFBIG, "too large")\n        content = file.read(most_bytes + 1)\n',
        "        content = file.read(most_bytes)\n",
        ("tests/test_secret_files.py::test_a_file_may_be_as_large_as_is_said_and_no_larger",),
    ),
    Mutation(
        "secrets of less than a line are not known by value",
        "drs_mcp/quoting/known_secrets.py",
        "SHORTEST: Final = 6\n",
        "SHORTEST: Final = 64\n",
        (
            "tests/api/access/test_secrets_hidden.py::test_a_gateway_that_repeats_credentials_is_not_repeated",
        ),
    ),
)
