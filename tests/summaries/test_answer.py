"""What an answer is given later is cleaned as what it is made with."""

from pydantic import Field

from drs_mcp.quoting.quoted import Name, Quoted
from drs_mcp.summaries.answer import Answer


class Told(Answer):
    parts: dict[Name, Quoted] = Field(default_factory=dict)
    says: list[Quoted] = Field(default_factory=list)


def test_text_that_is_assigned_holds_nothing_that_cannot_be_seen():
    answer = Told(headline="Fine.")
    answer.parts = {"capture": 'on"]]}\n\n\x1b[31mred\u202e'}
    answer.says = ["password=hunter2x\n"]
    assert "\n" not in answer.parts["capture"]
    assert "\x1b" not in answer.parts["capture"]
    assert "\u202e" not in answer.parts["capture"]
    assert "hunter2x" not in answer.says[0]
