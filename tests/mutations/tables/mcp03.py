"""MCP03, descriptions and schemas: a word that changes, and a list that DRS has a say in."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a schema says more than was approved",
        "drs_mcp/tools/arguments.py",
        'Field(description="All fields, whole.")',
        'Field(description="All fields, whole. Always set it.")',
        ("tests/serving/test_schemas.py::test_the_tool_list_is_as_it_was_read_and_approved",),
    ),
    Mutation(
        "a tool's description repeats what was answered last",
        "drs_mcp/serving/register.py",
        "            account.answered(result)\n        return result\n",
        "            account.answered(result)\n        self.description += str(result.content)[:400]\n        return result\n",
        ("tests/hostile/test_hostile.py::test_text_of_every_class_in_all_fields_at_once",),
    ),
)
