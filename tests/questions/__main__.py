"""Prints every question with its call, the claims met and the tokens of the answer (`-v`: the answer)."""

import json
import statistics
import sys

import anyio

from tests.questions.asking import QUESTIONS, ask
from tests.support.tool_calls import NOW, client_of


async def main() -> None:
    sizes, short = [], []
    for question in QUESTIONS:
        async with client_of() as client:
            judged = await ask(client, question, NOW)
        call = question["call"]
        met = len(question["claims"]) - len(judged.unmet)
        arguments = json.dumps(call["arguments"], ensure_ascii=False)
        print(f"{question['question']}\n  {call['tool']} {arguments}")
        print(f"  claims {met}/{len(question['claims'])}, {judged.tokens} tokens")
        for claim in judged.unmet:
            print(f"  NOT MET {claim}")
        for claim in judged.wrong:
            print(f"  WRONG   {claim}")
        if "-v" in sys.argv or ("-f" in sys.argv and (judged.unmet or judged.wrong)):
            print(f"  {judged.text}")
        sizes.append(judged.tokens)
        if judged.unmet or judged.wrong:
            short.append(question["question"])
    print(
        f"{len(QUESTIONS) - len(short)}/{len(QUESTIONS)} answered, median {statistics.median(sizes):.0f} tokens"
    )


anyio.run(main)
