"""Who may ask the embedded DRS: one project of one region, one user, one pair of keys.

None of these opens anything but the simulator, so they stand here in the clear.
"""

from datetime import UTC, datetime
from typing import Final

REGION: Final = "cn-north-4"
PROJECT_ID: Final = "5e0c0ffee0d14b5ca7a109e10d3e00a1"
DOMAIN: Final = "demo"
DOMAIN_ID: Final = "d0c0ffee0d14b5ca7a109e10d3e00001"
USER: Final = "demo-reader"
USER_ID: Final = "0a0c0ffee0d14b5ca7a109e10d3e0002"
PASSWORD: Final = "Demo-Reader#2026"  # noqa: S105  the simulator's own
ACCESS_KEY: Final = "DEMOACCESSKEY0000001"
SECRET_KEY: Final = "demoSecretKey/of+the=embedded+DRS00000001"  # noqa: S105  the simulator's own
TEMPORARY_ACCESS_KEY: Final = "DEMOTEMPORARY0000001"
TEMPORARY_SECRET_KEY: Final = "demoTemporarySecret/of+the=embedded+DRS01"  # noqa: S105  the same
SECURITY_TOKEN: Final = "demo-security-token-of-the-temporary-keys=="  # noqa: S105  the same
TOKEN: Final = "demo-token-that-never-expires"  # noqa: S105  the simulator's own

START: Final = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""When a world starts that is given no clock: its answers are the same on every day."""
