"""Tables that tests fill are printed whole at the end of the run."""

from types import SimpleNamespace

from tests.support.report_tables import print_tables, row_recorder


class Terminal:
    def __init__(self, *reports):
        self.stats = {"passed": list(reports)}
        self.lines = []

    def section(self, name):
        self.lines.append(f"== {name}")

    def write_line(self, line):
        self.lines.append(line)


def report(when, *rows):
    properties = []
    record_row = row_recorder(lambda name, value: properties.append((name, value)))
    for table, row in rows:
        record_row(table, row)
    return SimpleNamespace(when=when, user_properties=[*properties, ("of another plugin", 1)])


def test_rows_are_sorted_padded_and_told_once_though_every_phase_reports_them():
    second = ("costs", {"scenario": "b", "cause": None, "tokens": 1200})
    first = ("costs", {"scenario": "a", "tokens": 7, "note": "slow"})
    terminal = Terminal(
        report("call", second), report("call", first), report("teardown", second, first)
    )
    print_tables(terminal)
    assert terminal.lines == [
        "== costs",
        "scenario  cause  tokens  note",
        "--------  -----  ------  ----",
        "a                7       slow",
        "b                1,200",
    ]


def test_nothing_is_printed_when_nothing_was_told():
    terminal = Terminal(report("call"))
    print_tables(terminal)
    assert terminal.lines == []
