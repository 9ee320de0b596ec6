import pytest

from drs_mcp.knowledge.prechecks import (
    differs_by_engine,
    failed_item,
    precheck_item,
    precheck_items,
    side_of_item,
)


@pytest.mark.parametrize("item", precheck_items(), ids=lambda item: item.code or item.title)
def test_an_item_has_a_short_cause_and_fix(item):
    assert 2 <= len(item.cause.split()) <= 20
    assert 1 <= len(item.fix.split()) <= 20
    assert item.confidence in ("doc", "doc-partial", "inferred")


def test_a_code_is_documented_once_for_each_engine_and_matched_without_case():
    codes = [(item.code.lower(), item.engine) for item in precheck_items() if item.code]
    assert len(codes) == len(set(codes))
    assert len({code for code, _ in codes}) >= 75
    assert precheck_item("SRCBINLOGROWIMAGECHECK") is precheck_item("srcBinlogRowImageCheck")


def test_an_undocumented_code_is_unknown():
    assert precheck_item("officialItem07Check") is None


def test_grants_of_one_engine_are_not_the_fix_for_another():
    code = "srcDbPrivilegesIsEnough"
    assert (
        precheck_item(code, link="mysql-to-gaussdbv5").fix == "Grant SELECT, SHOW VIEW and EVENT."
    )
    for link in ("oracle-to-mysql", "oracle-to-gaussdbv5", ""):
        assert "SHOW VIEW" not in precheck_item(code, link=link).fix
    assert "MySQL" not in precheck_item("dstDbPrivilegesIsEnough", link="mysql-to-dws").cause


def test_an_item_of_another_engine_only_keeps_its_title_alone():
    item = precheck_item("srcDbBinlogIsOff", link="oracle-to-mysql")
    assert (item.cause, item.fix) == ("", "")
    assert item.title
    assert precheck_item("srcDbBinlogIsOff", link="taurus-to-kafka").fix
    assert precheck_item("srcDbBinlogIsOff").fix


def test_an_item_for_any_engine_holds_for_every_link():
    assert precheck_item("srcDbConnection", link="redis-to-gaussredis").fix


def test_only_items_documented_for_some_engines_differ_by_engine():
    bound = [item.code for item in precheck_items() if item.engine != "any" and item.code]
    assert bound
    assert all(differs_by_engine(code) for code in bound)
    assert not differs_by_engine("no_such_item")


def test_an_item_that_a_line_names_as_failed_is_found_with_its_side():
    line = "start refused: pre-check item srcDbBinlogIsOff FAILED"
    item = failed_item(line, link="mysql-to-dws")
    assert item is not None
    assert (item.code, side_of_item(item.code)) == ("srcDbBinlogIsOff", "source")
    assert failed_item("预检查未通过：dstDbDiskSize", link="mysql-to-dws") is not None
    assert side_of_item("dstDbDiskSize") == "destination"


def test_an_item_that_passed_or_of_another_engine_is_not():
    assert failed_item("srcDbBinlogIsOff passed, start failed") is None
    assert failed_item("item srcDbBinlogIsOff: OK") is None
    assert failed_item("srcDbBinlogIsOff failed", link="oracle-to-dws") is None
    assert failed_item("the service failed") is None
