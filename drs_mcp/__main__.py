"""`python -m drs_mcp`."""

from drs_mcp.commands.main import main

main()
