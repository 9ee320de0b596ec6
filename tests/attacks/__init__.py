"""Secrets and row values as public logs, drivers and tools write them: data of the twin-world test.

Written from public samples by other hands than the grammar in `drs_mcp.quoting`; they share no table.
"""
