"""Each question is answered by one call whose arguments come from the question."""

import statistics

import anyio
import pytest

from tests.questions.asking import QUESTIONS, ask
from tests.support.tool_calls import NOW, client_of

MEDIAN_TOKENS = 600


@pytest.fixture(scope="module")
def judged():
    async def ask_all():
        answers = {}
        for question in QUESTIONS:
            async with client_of() as client:  # a fresh world: some states end after a minute
                answers[question["question"]] = await ask(client, question, NOW)
        return answers

    return anyio.run(ask_all)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one["question"])
def test_one_call_answers_the_question(question, judged):
    answer = judged[question["question"]]
    assert answer.unmet == [], answer.text
    assert answer.wrong == [], answer.text


def test_half_of_the_answers_cost_no_more_than_a_page_of_a_book(judged):
    assert statistics.median(answer.tokens for answer in judged.values()) <= MEDIAN_TOKENS
