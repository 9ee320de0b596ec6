"""What one mutation is: a believable regression, and the tests that have to notice it."""

from typing import NamedTuple


class Mutation(NamedTuple):
    """A regression in one place.

    Attributes:
        breaks: what is promised no longer, in a few words.
        file: the module, from the root of the repository.
        old: a piece of it that occurs once.
        new: what stands there instead.
        tests: those that must fail, as SECURITY.md names them.
    """

    breaks: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
