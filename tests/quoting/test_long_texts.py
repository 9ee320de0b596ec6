"""Of a long text its beginning and its end are kept; what is cut there shows no part of a secret."""

import pytest

from drs_mcp.quoting.pages import KEPT_HEAD, KEPT_TAIL, redacted

SECRET = "x7Gh2q9Zk4"
LONG = "".join(f"{SECRET[number % 10]}{number:04}" for number in range(2_000))


def filled(length):
    return ("batch done, " * (length // 12 + 1))[:length]


def test_the_first_and_the_last_characters_are_kept_and_those_between_are_counted():
    head, tail = "h" * KEPT_HEAD, "t" * KEPT_TAIL
    assert (KEPT_HEAD, KEPT_TAIL) == (30_000, 4_000)
    for between in (5_000, 100_000, 1_000_000):
        shown = redacted(f"{head}{' ' * between}{tail}")
        assert shown == f"{head} …[{between:,} characters left out]… {tail}"


@pytest.mark.parametrize(
    ("form", "secrets"),
    [
        ("password=§", (SECRET, LONG)),
        ("password='§'", (SECRET, LONG)),
        ("Cookie: a=§;", (SECRET, LONG)),
        ("dsn=root:§@tcp(10.0.0.1:3306)/shop", (SECRET, LONG[:900])),  # told by what follows it
    ],
)
@pytest.mark.parametrize("inside", [3, 9, 500])
def test_a_secret_across_the_edge_of_what_is_kept_is_hidden(form, secrets, inside):
    for secret in secrets:
        begins = form.index("§")
        head = filled(KEPT_HEAD - begins - inside - 1) + "\n" + form.replace("§", secret)
        across_head = redacted(f"{head} {filled(20_000)}")
        behind = form.replace("§", secret) + "\n" + filled(KEPT_TAIL)
        across_tail = redacted(f"{filled(40_000)} {behind[: len(behind) - inside]}")
        for shown in (across_head, across_tail):
            assert "characters left out" in shown
            assert not any(secret[at : at + 5] in shown for at in range(len(secret) - 4))
