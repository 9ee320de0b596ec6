"""What people write for a task is read as the task that they mean."""

import pytest

from drs_mcp.summaries.tasks.job_list import JobList
from drs_mcp.summaries.tasks.lookup.task_search import nearest, search
from drs_mcp.summaries.tasks.lookup.task_word import task_word

ID = "a1b2c3d4-0000-4000-8000-0000000jb101"
NAMES = ("shop-sync", "erp core", "会员中心同步", "member-center-dr", "warehouse-full-disk")


def tasks(*names):
    found = JobList()
    found.feed([{"id": f"id-{name}", "name": name, "status": "PAUSING"} for name in names], "sync")
    return found.tasks


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("\tshop-sync\r\n", "shop-sync"),
        ("“shop-sync”", "shop-sync"),
        ("`SHOP_SYNC`", "shop-sync"),
        ("sync shop", "shop-sync"),
        ("the shop task", "shop-sync"),
        ("my shop sync job", "shop-sync"),
        ("任务shop-sync", "shop-sync"),
        ("shop同步任务", "shop-sync"),
        ("drs://jobs/shop-sync/", "shop-sync"),
        ("shop-sync (PAUSING)", "shop-sync"),
        ("ＳＨＯＰ－ｓｙｎｃ", "shop-sync"),
        ("ERP", "erp core"),
        ("erp-core", "erp core"),
        ("会员", "会员中心同步"),
        ("会员中心的任务", "会员中心同步"),
        ("Center Member", "member-center-dr"),
    ],
)
def test_a_task_is_found_by_what_people_write(said, name):
    assert search(task_word(said), tasks(*NAMES)).one.name == name


@pytest.mark.parametrize(
    "said",
    [
        ID,
        f"shop-sync ({ID})",
        f"ID: {ID}",
        f"drs://jobs/{ID}",
        f"https://console.example.com/drs/?agencyId={'0' * 32}#/detail/{ID}/basic?x={'y' * 900}",
    ],
)
def test_an_id_is_found_wherever_it_stands(said):
    assert task_word(said).ids == (ID,)


@pytest.mark.parametrize("said", ["0000002jb101", "a1b2c3d4-0000-4000-8000-0000002"])
def test_a_part_of_an_id_that_only_one_task_has_names_it(said):
    found = JobList()
    for number in (1, 2):
        row = {"id": f"a1b2c3d4-0000-4000-8000-000000{number}jb101", "name": f"t-{number}"}
        found.feed([row], "sync")
    assert [task.name for task in search(task_word(said), found.tasks).tasks] == ["t-2"]
    assert not search(task_word("2jb101"), found.tasks).tasks


@pytest.mark.parametrize(
    ("link", "region"),
    [
        (f"https://console.example.com/drs/?region=eu-west-101#/drs/detail/{ID}", "eu-west-101"),
        (f"https://console.example.com/drs/?a=1&region=cn-east-3&locale=x#/{ID}", "cn-east-3"),
        (f"https://console.example.com/drs/#/drs/detail/{ID}", ""),
        (f"the region=cn-east-3 task {ID}", ""),
    ],
)
def test_a_link_tells_its_region(link, region):
    assert task_word(link).region == region


def test_a_task_that_is_called_task_is_found_by_that_name():
    assert search(task_word("new task"), tasks("new task", "new")).one.name == "new task"
    assert search(task_word("task"), tasks("task", "shop")).one.name == "task"


def test_a_misspelt_name_tells_the_nearest():
    known = tasks(*NAMES)
    assert nearest(task_word("warehuose"), known)[0].name == "warehouse-full-disk"
    assert nearest(task_word("quarterly"), known) == []
