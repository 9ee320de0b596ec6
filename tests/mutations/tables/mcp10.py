"""MCP10, what is told and what it costs: a bound lifted, a value that stays."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "answers are rendered whole",
        "drs_mcp/serving/budget.py",
        "    if len(compact(whole)) <= max_chars:\n        return whole\n",
        "    if len(compact(whole)) <= 10 * max_chars:\n        return whole\n",
        (
            "tests/tools/test_tools.py::test_no_answer_on_any_scenario_exceeds_the_budget",
            "tests/serving/test_budget.py::test_any_answer_fits_any_budget_and_says_what_was_cut",
        ),
    ),
    Mutation(
        "of the readings of a statement the most doubtful is taken",
        "drs_mcp/quoting/sql/literals.py",
        "min(read.doubts.weight for read in reads)",
        "max(read.doubts.weight for read in reads)",
        (
            "tests/quoting/test_doubtful_quotes.py::test_a_statement_is_read_to_its_end_whatever_its_values_are",
        ),
    ),
    Mutation(
        "the literals of a SELECT stay",
        "drs_mcp/quoting/row_values/__init__.py",
        r"""    (("select",), r"select(?=[\s'\"(*])", _statement),
""",
        "",
        ("tests/quoting/test_quoted.py::test_values_inside_sql_are_masked_and_names_stay",),
    ),
    Mutation(
        "keys that are row data are told to everybody",
        "drs_mcp/summaries/comparisons/differing_tables.py",
        "            if values:\n",
        "            if self._values:\n",
        (
            "tests/summaries/comparisons/test_differences.py::test_keys_that_are_not_integers_stay_hidden_unless_asked_for",
        ),
    ),
    Mutation(
        "answers of more objects and values than any has are decoded",
        "drs_mcp/quoting/body_bounds.py",
        "    return containers > MOST_CONTAINERS or values > MOST_VALUES\n",
        "    return False\n",
        ("tests/quoting/test_body_bounds.py::test_what_no_answer_has_is_refused_and_told",),
    ),
    Mutation(
        "objects are counted when they have been made",
        "drs_mcp/quoting/decoding.py",
        "    yield from body_bounds.check(body)\n    try:\n        value = _parsed(body)\n",
        "    try:\n        value = _parsed(body)\n        yield from body_bounds.check(body)\n",
        ("tests/quoting/test_body_bounds.py::test_four_million_objects_cost_no_memory",),
    ),
    Mutation(
        "answers are decoded and redacted in one go",
        "drs_mcp/api/http/body.py",
        "        return await in_turns(decoding(in_utf8(raw, charset), rows=rows), loop_turn)\n",
        '        return __import__("drs_mcp").slices.finish(decoding(in_utf8(raw, charset), rows=rows))\n',
        ("tests/fuzz/test_costly.py::test_a_hostile_body_takes_little_memory_and_holds_up_nobody",),
    ),
    Mutation(
        "a pattern begins anew at every bracket of a run",
        "drs_mcp/summaries/logs/kinds/cores.py",
        r'r"\([^()\[\]{}<>]*+\)|',
        r'r"\([^)\[\]{}<>]*+\)|',
        (
            "tests/fuzz/test_costly.py::test_a_share_of_the_patterns_takes_time_that_grows_with_the_text",
        ),
    ),
    Mutation(
        "a run of blanks is looked at from each of its blanks",
        "drs_mcp/summaries/logs/frames.py",
        r'r"(?<!\s)\s++(?:at ',
        r'r"\s+(?:at ',
        (
            "tests/fuzz/test_costly.py::test_what_reads_texts_by_hand_takes_time_that_grows_with_the_text",
        ),
    ),
    Mutation(
        "patterns are tried on one text for all",
        "tests/fuzz/patterns.py",
        "    for unit in units(one.pattern):\n",
        '    for unit in [("", "a", "")]:\n',
        ("tests/fuzz/test_costly.py::test_a_pattern_that_takes_more_is_found_with_the_text",),
    ),
    Mutation(
        "a body is read to its end however large",
        "drs_mcp/api/http/body.py",
        "            left -= len(chunk)\n            if left < 0:\n                raise TooLarge\n",
        "            left -= len(chunk)\n",
        (
            "tests/api/http/test_faults.py::test_a_lasting_fault_is_told_and_leaves_what_was_read",
            "tests/test_memory.py::test_neither_a_bomb_nor_60_mb_cost_the_server_much",
        ),
    ),
    Mutation(
        "rows are fed without a turn for others",
        "drs_mcp/api/slicing.py",
        "            async with loop_turn():\n                self._feed(rows[begin:end])\n",
        "            self._feed(rows[begin:end])\n",
        ("tests/api/test_slicing.py::test_between_two_slices_the_loop_goes_round",),
    ),
    Mutation(
        "slices are told by rows, not by the length of their texts",
        "drs_mcp/api/slicing.py",
        "        if heavy >= SLICE or place - begin >= ROWS:\n",
        "        if place - begin >= ROWS:\n",
        ("tests/api/test_slicing.py::test_rows_of_long_texts_are_fed_in_slices_of_few",),
    ),
    Mutation(
        "the deadline is not looked at between slices",
        "drs_mcp/api/slicing.py",
        "            await self._check()\n",
        "",
        (
            "tests/api/test_slicing.py::test_the_deadline_holds_for_work_and_leaves_a_contiguous_prefix",
        ),
    ),
    Mutation(
        "what was made of texts of any length is remembered",
        "drs_mcp/quoting/secrets/keys.py",
        "from drs_mcp.text_cache import text_cache\n",
        "from functools import lru_cache as text_cache\n",
        ("tests/test_architecture.py::test_what_others_wrote_is_remembered_by_short_texts_only",),
    ),
    Mutation(
        "HTTP callers have sessions",
        "drs_mcp/http/app.py",
        "        stateless_http=True,\n",
        "        stateless_http=False,\n",
        ("tests/http/test_serving.py::test_any_replica_answers_any_request_of_a_client",),
    ),
    Mutation(
        "an answer is kept for whoever asks next",
        "drs_mcp/api/http/sharing.py",
        "        finally:\n            self._remove(key, flight)\n            flight.done.set()\n",
        "        finally:\n            flight.done.set()\n",
        (
            "tests/api/http/test_sharing.py::test_other_keys_and_later_calls_make_requests_of_their_own",
        ),
    ),
    Mutation(
        "a field that nobody knows is shown",
        "drs_mcp/summaries/tasks/sections.py",
        "                if known is not None and key not in known:\n                    self.unknown += 1\n                    continue\n                hint = _OPEN if known is None else known[key]\n",
        "                hint = _OPEN if known is None else known.get(key, _OPEN)\n",
        (
            "tests/summaries/tasks/test_card.py::test_a_field_that_neither_the_page_nor_the_sdk_knows_is_counted_and_not_shown",
        ),
    ),
    Mutation(
        "the keys of MongoDB's errors are not looked at",
        "drs_mcp/quoting/row_values/__init__.py",
        '    (("dup key",), document_words.DUPLICATED, _document),\n',
        "",
        ("tests/quoting/test_attacks.py::test_a_row_value_leaves_no_trace_whatever_it_is",),
    ),
    Mutation(
        "large bodies are held side by side",
        "drs_mcp/api/transport.py",
        "        self._large_bodies = FairLimiter(1)\n",
        "        self._large_bodies = FairLimiter(CONCURRENCY)\n",
        ("tests/api/test_transport.py::test_of_large_bodies_one_at_a_time_is_held",),
    ),
)
