"""MCP06, text of others: an escape forgotten, a mark left out, a field of no type."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a field holds text of others as it came",
        "drs_mcp/summaries/comparisons/difference_answer.py",
        "    ended: Name | None = None\n",
        "    ended: str | None = None\n",
        ("tests/test_architecture.py::test_third_party_text_has_one_type_in_result_models",),
    ),
    Mutation(
        "escape sequences of terminals stay",
        "drs_mcp/quoting/invisible.py",
        '    text = _ESCAPES.sub("", text)\n',
        "",
        ("tests/quoting/test_quoted.py::test_what_a_reader_cannot_see_is_dropped",),
    ),
    Mutation(
        "what only begins as an identifier is one",
        "drs_mcp/quoting/quoted.py",
        "_IDENTIFIER.fullmatch(name)",
        "_IDENTIFIER.match(name)",
        (
            "tests/quoting/test_quoted.py::test_only_a_word_in_identifier_form_stands_in_our_sentences_as_it_is",
        ),
    ),
    Mutation(
        "signs of every kind are part of names",
        "drs_mcp/quoting/names.py",
        'kind[0] in "LMN"',
        'kind[0] in "LMNPS"',
        ("tests/quoting/test_names.py::test_what_could_read_as_our_words_is_no_name",),
    ),
    Mutation(
        "any identifier counts as a word of the API",
        "drs_mcp/knowledge/words.py",
        "    if isinstance(word, str) and is_documented(word):\n",
        "    if isinstance(word, str) and word.isascii():\n",
        ("tests/knowledge/test_words.py::test_any_other_word_is_marked_off",),
    ),
    Mutation(
        "what stands between the marks of a name is not looked at",
        "drs_mcp/quoting/names.py",
        '_ASCII = re.compile(r"[A-Za-z0-9_.$-]*\\Z")\n',
        '_ASCII = re.compile(r"[ -~]*\\Z")\n',
        ("tests/quoting/test_names.py::test_a_name_never_ends_its_marks_nor_holds_a_blank",),
    ),
    Mutation(
        "a quote within what DRS said is not escaped",
        "drs_mcp/quoting/names.py",
        """.replace('"', '\\\\"')\n""",
        "\n",
        (
            "tests/tools/test_tools.py::test_nothing_that_drs_says_in_an_error_ends_its_quotes",
            "tests/hostile/test_hostile.py::test_what_drs_says_in_an_error",
        ),
    ),
    Mutation(
        "cells of tables are shown as they came",
        "drs_mcp/summaries/answer.py",
        "    shown = iter(quote_all(texts, ROOMY_CELL if roomy else CELL_CAP))\n",
        "    shown = iter(texts)\n",
        ("tests/hostile/test_hostile.py::test_text_of_every_class_in_all_fields_at_once",),
    ),
    Mutation(
        "a state that DRS does not document is not marked off",
        "drs_mcp/knowledge/words.py",
        "    return as_name(word)\n",
        "    return word if isinstance(word, str) else None\n",
        ("tests/hostile/test_hostile.py::test_text_in_each_field_that_decides_what_is_read",),
    ),
    Mutation(
        "a refusal repeats an argument's name whatever it is",
        "drs_mcp/serving/register.py",
        "            told = name.isidentifier() and len(name) <= 40 and quote(name) == name\n",
        "            told = True\n",
        ("tests/hostile/test_hostile.py::test_text_in_arguments",),
    ),
    Mutation(
        "results are not labelled",
        "drs_mcp/serving/label.py",
        "    fields = [name for name, value in answer.items() if _holds(name, value)]\n",
        "    fields: list[str] = []\n",
        (
            "tests/serving/test_label.py::test_a_result_has_one_label_where_hosts_look_and_models_do_not",
        ),
    ),
    Mutation(
        "a headline that holds a name is not labelled",
        "drs_mcp/serving/label.py",
        "            return holds_name(value)\n",
        "            return False\n",
        ("tests/serving/test_label.py::test_the_fields_that_hold_text_of_others_are_named",),
    ),
    Mutation(
        "a quoted text may be as long as it likes",
        "drs_mcp/quoting/quoted.py",
        "    return text if len(text) <= cap else _cut(text, cap)\n",
        "    return text\n",
        ("tests/quoting/test_quoted.py::test_quoted_text_is_bounded_clean_and_stable",),
    ),
    Mutation(
        "characters of no category are taken for visible",
        "drs_mcp/quoting/invisible.py",
        '_DROPPED = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})\n',
        '_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs"})\n',
        (
            "tests/quoting/test_quoted.py::test_what_nobody_can_see_is_told_by_the_properties_of_unicode",
        ),
    ),
    Mutation(
        "marks of other scripts are dropped",
        "drs_mcp/quoting/invisible.py",
        "        unicodedata.category(character) in _DROPPED\n",
        '        unicodedata.category(character) in {*_DROPPED, "Mn"}\n',
        (
            "tests/hostile/test_hostile.py::test_letters_of_every_script_and_punctuation_survive_untouched",
        ),
    ),
    Mutation(
        "a value enters a prompt as it is",
        "drs_mcp/serving/prompt_files.py",
        "    return to_json(quote(value.strip(), _VALUE_CAP)).decode()\n",
        "    return f'\"{value.strip()}\"'\n",
        (
            "tests/serving/test_prompts.py::test_a_hostile_value_stays_one_line_inside_its_quotation",
        ),
    ),
)
