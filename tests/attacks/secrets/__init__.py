"""Forms in which a secret can stand in a log row, an error message or a free-text field.

For a twin-world test: render the same forms with two secrets each, everything else alike. Every
answer must be byte-identical in both worlds, no piece of five characters of a secret may stand in
it, and the words in `keeps` must. Of the extra fields of `RenderOptions`, `shown(secret)` tells the
(escaped) pieces that literally stand in the rows. Rows of a form with several rows belong
together in that order, so give them ascending times.
"""
import json
import random
import re
from itertools import chain

from tests.attacks.secrets import (
    assignments,
    commands,
    configuration,
    connections,
    fields,
    http,
    languages_and_layout,
    sql,
    sql_of_other_engines,
)
from tests.attacks.secrets.model import RenderOptions, secret_for

__all__ = ["FORMS", "RenderOptions", "problems", "secret_for"]

MODULES = (
    assignments,
    configuration,
    connections,
    commands,
    sql,
    sql_of_other_engines,
    http,
    languages_and_layout,
    fields,
)
FORMS: tuple[RenderOptions, ...] = tuple(chain.from_iterable(module.FORMS for module in MODULES))


def frame(form: RenderOptions, secret: str) -> str:
    """The rows without the secret."""
    text = "\x1e".join(form.render(secret))
    for piece in sorted(form.shown(secret), key=len, reverse=True):
        text = text.replace(piece, "\x1f")
    # Rows that hold nothing else are told once, however many pieces the secret has.
    return re.sub(r"\x1f(\s*\x1e\s*\x1f)+", "\x1f", text)


def problems(form: RenderOptions, seed: int) -> list[str]:
    """What is wrong with the form, for one seed."""
    found = []
    secret = secret_for(form, random.Random(f"{form.id}/{seed}"))
    again = secret_for(form, random.Random(f"{form.id}/{seed}"))
    rows = form.render(secret)
    text = "\n".join(rows)
    bare = "\n".join(form.render(""))
    if secret != again:
        found.append("not reproducible")
    if not form.length[0] <= len(secret) <= form.length[1] or len(secret) < 8:
        found.append(f"length {len(secret)} not in {form.length}")
    if not set(secret) <= set(form.alphabet):
        found.append(f"alphabet: {set(secret) - set(form.alphabet)}")
    if not all(piece in text for piece in form.shown(secret)):
        found.append("the secret does not stand in the rows")
    if any(secret[i:i + 5].lower() in bare.lower() for i in range(len(secret) - 4)):
        found.append("a piece of the secret is innocent text")
    without_secret = frame(form, secret)
    for keep in form.keeps:
        if keep not in without_secret:
            found.append(f"keep {keep!r} is not beside the secret")
        if any(secret[i:i + 5] in keep for i in range(len(secret) - 4)):
            found.append(f"keep {keep!r} holds a piece of the secret")
    if form.kind == "field" and form.family.endswith("{}") and type(json.loads(text)) is not dict:
        found.append("no JSON object")
    if form.family == "field:description" and (len(text) > 256 or set(text) & set("!<>'&\"\\")):
        found.append("no valid description")
    return found
