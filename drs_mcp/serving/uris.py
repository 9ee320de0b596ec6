"""The addresses of what can be read beside the tools, as URI templates (RFC 6570)."""

JOBS = "drs://jobs"
JOB = "drs://jobs/{job}"
STATUSES = "drs://knowledge/statuses"
FAILURES = "drs://knowledge/failures"
FAILURE = "drs://knowledge/failures/{id}"


def failure_uri(failure: str) -> str:
    """The address of a known failure; its ID needs no escaping."""
    return FAILURE.replace("{id}", failure)
