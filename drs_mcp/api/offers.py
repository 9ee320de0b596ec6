"""What DRS does not offer in a region, or for a task's engine: kept for a while."""

_MOST = 2000
"""Entries kept; the oldest go first."""


class Offers:
    """Reads that are known not to be offered. Times are seconds of the one clock's `monotonic`."""

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], float] = {}

    def lacks(self, name: str, job_id: str, now: float) -> bool:
        """Whether that read is known not to be offered, to any task or to this one."""
        return any(self._until.get((name, of), 0.0) > now for of in ("", job_id))

    def note(self, name: str, job_id: str, until: float) -> None:
        """Keep until then that the read is not offered; to no task where *job_id* is empty."""
        self._until.pop((name, job_id), None)
        self._until[(name, job_id)] = until
        while len(self._until) > _MOST:
            del self._until[next(iter(self._until))]
