"""A row that shows less because of the rows beside it: on another page it may show more."""

from collections.abc import Mapping
from typing import Any


class HiddenBeside(dict[str, Any]):
    """A row as it may be read among the others of its page.

    It equals what shows the same by itself, so that pages which overlap are seen to.
    """

    __slots__ = ("_alone",)

    def __init__(self, row: Mapping[str, Any], alone: Mapping[str, Any]) -> None:
        super().__init__(row)
        self._alone = {**row, **alone}

    def __eq__(self, other: object) -> bool:
        return self._alone == (other._alone if isinstance(other, HiddenBeside) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None
