"""Lists of names written short: `"customer"`, or `{"name": "orders_{:04d}", "from": 1, "count": 512}`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def names(written: Iterable[str | Mapping[str, Any]]) -> Iterator[str]:
    """Every name of a list, in order."""
    for item in written:
        if isinstance(item, str):
            yield item
        else:
            first = item.get("from", 1)
            for number in range(first, first + item["count"]):
                yield item["name"].format(number)
