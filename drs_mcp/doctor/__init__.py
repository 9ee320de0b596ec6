"""`drs-mcp doctor`: why it does not work, in one command.

    report = await examine(case_of(os.environ))

Every check goes the way that the server's own calls go: the same settings, sources of credentials,
proxies and certificate authorities.
"""

from drs_mcp.doctor.cases import case_of, demo_case
from drs_mcp.doctor.checks import Case, examine
from drs_mcp.doctor.report import Check, Report

__all__ = ["Case", "Check", "Report", "case_of", "demo_case", "examine"]
