"""Tables that tests fill, one row a test, printed at the end of the run.

The rows travel with the tests' reports, so they also arrive from the processes of pytest-xdist.
"""

from collections import defaultdict

_PROPERTY = "told"


def row_recorder(record_property):
    """`record_row(table, row)`: add a row, an object of plain values, to the table of that name."""

    def record_row(table, row):
        record_property(_PROPERTY, [table, {name: _cell(value) for name, value in row.items()}])

    return record_row


def print_tables(terminalreporter):
    """Print every table that has rows, its rows in order of their first cell."""
    for name, rows in sorted(_tables(terminalreporter.stats).items()):
        terminalreporter.section(name)
        for line in _lines(rows):
            terminalreporter.write_line(line)


def _tables(stats):
    tables = defaultdict(list)
    reports = [report for group in stats.values() for report in group]
    for report in reports:
        if getattr(report, "when", "") == "call":
            for name, value in report.user_properties:
                if name == _PROPERTY:
                    table, row = value
                    tables[table].append(row)
    return tables


def _lines(rows):
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = sorted([row.get(name, "") for name in columns] for row in rows)
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    for line in [columns, ["-" * width for width in widths], *cells]:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _cell(value):
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else str(value)
