"""Every form of secret and of row value is hidden, nothing that decides is lost, no innocent text changes."""

import random

import pytest

from drs_mcp.quoting.pages import redacted, redacted_page
from tests.attacks import row_values, secrets
from tests.attacks.open_forms import OPEN
from tests.attacks.texts.deciding import DECIDING
from tests.attacks.texts.innocent import INNOCENT


@pytest.mark.parametrize("form", secrets.FORMS, ids=lambda form: form.id)
def test_a_secret_leaves_no_trace_whatever_it_is(form):
    one, other = (
        secrets.secret_for(form, random.Random(seed)) for seed in (f"{form.id}a", f"{form.id}b")
    )
    shown = redacted_page(form.render(one))
    assert shown == redacted_page(form.render(other))
    text, frame = "\n".join(shown), "\n".join(form.render(""))
    for piece in (one, *form.shown(one)):
        parts = {piece[at : at + 5] for at in range(len(piece) - 4)}
        # An escape such as `&#x27;` stands in what is around the secret, too.
        assert not [part for part in parts if part in text and part not in frame]


@pytest.mark.parametrize(
    "form", [form for form in secrets.FORMS if form.keeps], ids=lambda form: form.id
)
def test_what_stands_beside_a_secret_survives(form):
    text = "\n".join(redacted_page(form.render(secrets.secret_for(form, random.Random(form.id)))))
    for word in form.keeps:
        assert word in text


HIDDEN = [form for form in row_values.FORMS if form.id not in OPEN]


@pytest.mark.parametrize("form", HIDDEN, ids=lambda form: form.id)
def test_a_row_value_leaves_no_trace_whatever_it_is(form):
    one, other = row_values.two_worlds(form, 1)
    shown = redacted_page(form.render(one))
    assert shown == redacted_page(form.render(other))
    text = "\n".join(shown)
    for value in one:
        for piece in row_values.fragments(value):
            assert piece not in text


@pytest.mark.parametrize(
    "form", [form for form in row_values.FORMS if form.keeps], ids=lambda form: form.id
)
def test_what_stands_beside_a_row_value_survives(form):
    text = "\n".join(redacted_page(form.render(row_values.two_worlds(form, 1)[0])))
    for word in form.keeps:
        assert word in text


@pytest.mark.parametrize(("text", "kept", "gone"), DECIDING, ids=range(len(DECIDING)))
def test_what_decides_survives(text, kept, gone):
    shown = redacted(text)
    assert [word for word in kept if word not in shown] == []
    assert [word for word in gone if word in shown] == []


@pytest.mark.parametrize("text", INNOCENT)
def test_an_innocent_text_stays_whole(text):
    assert redacted(text) == text


@pytest.mark.parametrize("text", [*(text for text, *_ in DECIDING), *INNOCENT], ids=str.__len__)
def test_a_text_alone_is_redacted_like_a_page_of_it(text):
    assert [redacted(text)] == redacted_page([text])
