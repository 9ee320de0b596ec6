"""`python -m drs_mcp`."""

from drs_mcp.cli import main

main()
