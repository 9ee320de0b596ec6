"""What stands where a secret stood."""

from typing import Final

HIDDEN: Final = "***"
