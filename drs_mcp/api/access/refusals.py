"""Why credentials were refused: whose they are, and whether the clocks are too far apart."""

from datetime import datetime
from email.utils import parsedate_to_datetime

from drs_mcp.api.access.credentials import Credential, Keys, Source

_NOTICED_S = 120
"""So many seconds between the clocks are told when a signature is refused."""

_CERTAIN_S = 600
"""And so many are its cause: some 900 are allowed, on a clock of minutes."""


def clock_skew(date: str, now: datetime) -> float | None:
    """Seconds that this machine's clock is ahead of the one that wrote a `Date` header."""
    try:
        return (now - parsedate_to_datetime(date)).total_seconds()
    except (TypeError, ValueError):
        return None


def why_refused(
    source: Source, credential: Credential | None, skew_s: float | None, whom: str = "DRS"
) -> str:
    """What to do about a refused credential, as the end of a sentence of ours."""
    reason = f"the credentials of {source.name} were refused. {source.advice}"
    if not isinstance(credential, Keys) or skew_s is None or abs(skew_s) < _NOTICED_S:
        return reason
    direction = "ahead of" if skew_s > 0 else "behind"
    clock = f"This machine's clock is {abs(skew_s):,.0f} s {direction} that of {whom}"
    if abs(skew_s) < _CERTAIN_S:
        return f"{reason} {clock}, which may be why."
    return f"the signature's date was refused. {clock}: set it right."
