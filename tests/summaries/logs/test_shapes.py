"""Entries are grouped as people would group them, on generated logs of 16 kinds of software.

The measure is the grouping accuracy of the literature on log parsing: a line counts when the set of
lines of its group is the set of lines of its template.
"""

from collections import Counter, defaultdict
from statistics import mean

import pytest

from drs_mcp.summaries.logs.kinds.clustering import cluster
from drs_mcp.summaries.logs.kinds.cores import core
from drs_mcp.summaries.logs.masks import Keys
from tests.log_shapes import SHAPES, generate
from tests.support.log_rows import entry, folded_log

COUNT, SEEDS = 2000, (1, 7)


def kinds_of(texts):
    """The kind of each line."""
    cores = [core(key) for key in Keys().page(list(texts))[0]]
    placed = cluster(cores)
    return [placed[one].kind for one in cores]


def grouping_accuracy(templates, kinds):
    by_template, by_kind = defaultdict(set), defaultdict(set)
    for place, (template, kind) in enumerate(zip(templates, kinds, strict=True)):
        by_template[template].add(place)
        by_kind[kind].add(place)
    right = [lines for lines in by_template.values() if lines == by_kind[kinds[min(lines)]]]
    return sum(map(len, right)) / len(kinds)


def accuracy(shape, seed):
    lines = generate(shape, COUNT, seed)
    return grouping_accuracy(
        [line.template for line in lines], kinds_of(line.text for line in lines)
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_three_lines_in_four_of_every_shape_are_in_exactly_their_group(shape):
    assert min(accuracy(shape, seed) for seed in SEEDS) >= 0.75


def test_nine_lines_in_ten_are_in_exactly_their_group_in_the_mean():
    assert mean(accuracy(shape, seed) for shape in SHAPES for seed in SEEDS) >= 0.95


@pytest.mark.parametrize("shape", SHAPES)
def test_the_fold_counts_the_kinds_that_the_measure_counts(shape):
    texts = [line.text for line in generate(shape, 400, 3)]
    counts = Counter(kinds_of(texts))
    groups = folded_log([entry(text, "Info", second) for second, text in enumerate(texts)]).groups
    assert sorted(group.count for group in groups) == sorted(counts.values())
