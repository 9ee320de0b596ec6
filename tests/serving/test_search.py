"""Hosts that load tools only when one is wanted search them by words: each is found by a person's."""

import math
import re
from collections import Counter
from pathlib import Path

import pytest
from pydantic_core import from_json

from drs_mcp.serving.catalogue import all_tools
from drs_mcp.serving.result import RenderOptions

QUESTIONS = Path(__file__).parents[1] / "questions" / "search.json"
TOOLS = all_tools(RenderOptions())
NAMES = [tool.name for tool in TOOLS]
SEARCHES = [one for one in from_json(QUESTIONS.read_bytes()) if one["tools"][0] in NAMES]
K1, B = 1.2, 0.75


def terms(text):
    """Words in small letters; Chinese by pairs of neighbouring characters."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    for run in re.findall(r"[\u4e00-\u9fff]+", text):
        words += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
    return words


DOCUMENTS = {
    tool.name: terms(
        f"{tool.name.replace('_', ' ')} {tool.title} {tool.description} "
        f"{tool.meta['anthropic/searchHint']}"
    )
    for tool in TOOLS
}


def ranked(query):
    """Tools by BM25, the best first; those that share no word are not there."""
    mean = sum(map(len, DOCUMENTS.values())) / len(DOCUMENTS)
    scores = Counter()
    for term in terms(query):
        holders = sum(term in words for words in DOCUMENTS.values())
        weight = math.log(1 + (len(DOCUMENTS) - holders + 0.5) / (holders + 0.5))
        for name, words in DOCUMENTS.items():
            if times := words.count(term):
                long = K1 * (1 - B + B * len(words) / mean)
                scores[name] += weight * times * (K1 + 1) / (times + long)
    return [name for name, _ in scores.most_common()]


@pytest.mark.parametrize("search", SEARCHES, ids=lambda one: one["query"])
def test_the_right_tool_is_among_the_first_three(search):
    assert search["tools"][0] in ranked(search["query"])[:3]
