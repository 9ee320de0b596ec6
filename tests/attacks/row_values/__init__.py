"""Forms in which the values of rows stand in log lines and messages, for a test of two worlds.

Two worlds differ only in the values, which are mapped one to one. Render a form with values_for()
of two seeds: every answer to the two must be the same, byte for byte; no value (nor one of its
fragments()) may be seen in it; each word of `keeps` must be. `numeric` says that all values are
numbers or dates.
"""
import random

from tests.attacks.row_values.dumps import DUMPS
from tests.attacks.row_values.errors import ERRORS
from tests.attacks.row_values.kit import ESCAPES, RenderOptions, fragments, values_for
from tests.attacks.row_values.loaders import LOADERS
from tests.attacks.row_values.statements import STATEMENTS

FORMS: tuple[RenderOptions, ...] = (*STATEMENTS, *ERRORS, *DUMPS, *LOADERS)

__all__ = ["FORMS", "RenderOptions", "fragments", "problems", "two_worlds", "values_for"]


def two_worlds(form: RenderOptions, seed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Values of two worlds that share no value and no fragment, nor a fragment with the form."""
    def pieces(values: tuple[str, ...]) -> set[str]:
        return {piece for value in values for piece in fragments(value)}

    blank = "\n".join(form.render(("",) * form.values))
    rng = random.Random(f"{form.id}/{seed}")
    while True:
        one, other = values_for(form, rng), values_for(form, rng)
        seen = pieces(one) | pieces(other)
        clash = any(a != b and a in b for a in seen for b in seen)
        if not clash and not pieces(one) & pieces(other) and not any(p in blank for p in seen):
            return one, other


def problems(form: RenderOptions, seed: int) -> list[str]:
    one, other = two_worlds(form, seed)
    text = "\n".join(form.render(one))
    found = [f"keep {keep!r} is missing" for keep in form.keeps if keep not in text]
    found += [f"value {value!r} is missing" for value in one
              if not any(escape(value) in text for escape in ESCAPES.values())]
    found += [f"keep {keep!r} is in a value" for keep in form.keeps
              for value in (*one, *other) if keep in value]
    if text == "\n".join(form.render(other)):
        found.append("the worlds do not differ")
    if two_worlds(form, seed) != (one, other):
        found.append("the seed does not tell the values")
    if len(form.render(one)) != len(form.render(other)):
        found.append("the worlds differ in rows")
    if len(set(one)) != form.values:
        found.append("values are the same")
    return [f"{form.id}: {problem}" for problem in found]
