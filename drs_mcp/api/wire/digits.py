"""Many whole numbers that are written in digits and nothing else, read at once."""

from pydantic_core import from_json


def whole_numbers(written: str, number: int) -> list[int] | None:
    """*number* numbers that are parted by commas.

    None where they are not so many, or one is anything but ASCII digits without leading zeros: then
    each has to be looked at. Takes half the time of `int` for each.
    """
    try:
        # Else signs, blanks, points and words would pass for numbers.
        if not written.encode("ascii").translate(None, b",").isdigit():
            return None
        read: list[int] = from_json(f"[{written}]")
    except ValueError:
        return None
    return read if len(read) == number else None
