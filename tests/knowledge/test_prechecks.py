import pytest

from drs_mcp.knowledge.prechecks import precheck_item, precheck_items


@pytest.mark.parametrize("item", precheck_items(), ids=lambda item: item.code or item.title)
def test_an_item_has_a_short_cause_and_fix(item):
    assert 2 <= len(item.cause.split()) <= 20
    assert 1 <= len(item.fix.split()) <= 20
    assert item.confidence in ("doc", "doc-partial", "inferred")


def test_codes_are_unique_and_matched_without_case():
    codes = [item.code.lower() for item in precheck_items() if item.code]
    assert len(codes) == len(set(codes)) >= 75
    assert precheck_item("SRCBINLOGROWIMAGECHECK") is precheck_item("srcBinlogRowImageCheck")


def test_an_undocumented_code_is_unknown():
    assert precheck_item("officialItem07Check") is None
