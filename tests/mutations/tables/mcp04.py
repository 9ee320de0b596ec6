"""MCP04, what is installed: a dependency too many, an address, a bill that leaves one out."""

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a module imports what is not declared",
        "drs_mcp/clock.py",
        '        """Wait on the running event loop."""\n',
        '        """Wait on the running event loop."""\n        import yaml\n',
        ("tests/test_supply.py::test_what_is_declared_is_what_is_imported_and_no_more",),
    ),
    Mutation(
        "a dependency comes from an address of its own",
        "pyproject.toml",
        '    "tenacity>=9.1",\n',
        '    "tenacity @ https://example.com/tenacity-9.1.tar.gz",\n',
        ("tests/test_supply.py::test_no_requirement_names_an_address",),
    ),
    Mutation(
        "the bill of materials leaves out what extras bring",
        "hatch_build.py",
        "    for extra, requirements in extras.items():\n",
        "    for extra, requirements in {}.items():\n",
        (
            "tests/test_supply.py::test_each_wheel_holds_a_bill_of_materials_that_names_what_is_declared",
        ),
    ),
)
