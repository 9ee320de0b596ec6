"""What DRS does not offer for a task, in its region or for its engine: kept for a while."""

_MOST = 2000
"""Entries kept; the oldest go first."""


class Offers:
    """Reads that are known not to be offered. Times are seconds of the one clock's `monotonic`."""

    def __init__(self) -> None:
        self._until: dict[tuple[str, str], float] = {}

    def lacks(self, name: str, job_id: str, now: float) -> bool:
        """Whether that read is known not to be offered to the task.

        Of other tasks nothing follows for this one: their engines may be others.
        """
        return self._until.get((name, job_id), 0.0) > now

    def note(self, name: str, job_id: str, until: float) -> None:
        """Keep until then that the read is not offered to the task."""
        self._until.pop((name, job_id), None)
        self._until[(name, job_id)] = until
        while len(self._until) > _MOST:
            del self._until[next(iter(self._until))]
