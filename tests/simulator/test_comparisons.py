"""`type=compare` of the embedded DRS: every documented pair, and that they agree among themselves."""

from collections import Counter
from itertools import product

import pytest

from drs_mcp.simulator import Limits, Simulator

pytestmark = pytest.mark.anyio

KINDS = ("object_compare", "line_compare", "content_compare", "data_compare")
QUERIES = ("overview", "list", "detail", "diff")
DOCUMENTED = {
    ("object_compare", "overview"): ("objects_compare_overview_info", 1),
    ("object_compare", "detail"): ("objects_compare_detail_infos", 1),
    ("line_compare", "overview"): ("line_compare_overview_infos", 2),
    ("line_compare", "detail"): ("line_compare_detail_infos", 2),
    ("content_compare", "overview"): ("content_compare_overview_infos", 3),
    ("content_compare", "detail"): ("content_compare_detail_infos", 3),
    ("content_compare", "diff"): ("content_diff_detail_info", 3),
    ("data_compare", "list"): ("data_compare_task_list", 1),
}
TYPES = {
    "object": "object_compare",
    "object_comparison": "object_compare",
    "lines": "line_compare",
    "contents": "content_compare",
}


def billing(number):
    return f"a053e496-bb18-414e-b16b-9424e506000{number}"


async def every_row(drs, job_id, kind, what, of=lambda found: found, **query):
    rows, offset = [], 0
    while True:
        found = await drs.compared(job_id, kind, what, offset=str(offset), limit="1000", **query)
        part = of(next(iter(found.values())))
        if not part:
            return rows
        rows += part
        offset += len(part)


@pytest.mark.parametrize(("pair", "field"), DOCUMENTED.items())
async def test_each_documented_pair_answers_with_its_own_field(asking, ids, pair, field):
    name, number = field
    async with asking(Simulator()) as drs:
        found = await drs.compared(
            ids["billing-recon"], *pair, compare_task_id=billing(number), object_type="TABLE"
        )
    assert list(found) == [name]
    assert found[name]


@pytest.mark.parametrize("pair", sorted(set(product(KINDS, QUERIES)) - set(DOCUMENTED)))
async def test_a_pair_that_the_api_does_not_have_is_refused(asking, ids, pair):
    async with asking(Simulator()) as drs:
        response = await drs.show(
            ids["billing-recon"],
            type="compare",
            compare_type=pair[0],
            query_type=pair[1],
            compare_task_id=billing(2),
        )
    assert (response.status_code, response.json()["error_code"]) == (400, "DRS.M00202")


@pytest.mark.parametrize(
    "query",
    [
        {"compare_type": "line_compare", "query_type": "detail"},
        {"compare_type": "content_compare", "query_type": "diff"},
        {
            "compare_type": "line_compare",
            "query_type": "detail",
            "compare_task_id": billing(3),
        },
        {"compare_type": "object_compare", "query_type": "detail"},
        {"compare_type": "object_compare", "query_type": "detail", "object_type": "VIEW"},
        {
            "compare_type": "content_compare",
            "query_type": "detail",
            "compare_task_id": billing(3),
            "compare_detail_type": "all",
        },
    ],
)
async def test_a_comparison_must_be_named_and_of_the_kind_asked(asking, ids, query):
    async with asking(Simulator()) as drs:
        response = await drs.show(ids["billing-recon"], type="compare", **query)
    assert response.status_code == 400


async def test_the_list_is_newest_first_with_times_as_epoch_strings(asking, ids):
    async with asking(Simulator()) as drs:
        found = await drs.compared(ids["billing-recon"], "data_compare", "list")
    times = [row["start_time"] for row in found["data_compare_task_list"]]
    assert times == sorted(times, reverse=True)
    assert all(time.isdecimal() and len(time) == 13 for time in times)
    assert "result" not in found["data_compare_task_list"][0]


async def test_of_5000_tables_37_differ_and_3_could_not_be_compared(asking, ids):
    async with asking(Simulator()) as drs:
        rows = await every_row(
            drs, ids["billing-recon"], "line_compare", "detail", compare_task_id=billing(2)
        )
    assert Counter(row["status"] for row in rows) == {
        "CONSISTENT": 4960,
        "INCONSISTENT": 37,
        "FAILED_TO_COMPARE": 2,
        "CAN_NOT_COMPARE": 1,
    }
    for row in rows:
        if row["status"] == "INCONSISTENT":
            gap = abs(int(row["source_row_num"]) - int(row["target_row_num"]))
            assert int(row["difference_row_num"]) == gap > 0


async def test_in_ledger_2017_rows_differ_and_the_counters_say_so(asking, ids):
    query = {"compare_task_id": billing(3), "source_db_name": "ledger", "target_db_name": "ledger"}
    async with asking(Simulator()) as drs:
        rows = await every_row(
            drs,
            ids["billing-recon"],
            "content_compare",
            "diff",
            of=lambda info: info["contents_infos"],
            **query,
        )
        result = await drs.compared(ids["billing-recon"], "content_compare", "diff", **query)
        tables = await every_row(drs, ids["billing-recon"], "content_compare", "detail", **query)
    info = result["content_diff_detail_info"]
    assert len(rows) == info["count"] == 2017
    only_source = sum(1 for row in rows if not row["target_key_value"])
    only_target = sum(1 for row in rows if not row["source_key_value"])
    assert info["target_meta_is_null"] == only_source == 905
    assert info["source_meta_is_null"] == only_target == 301
    assert info["source_target_meta_not_null"] == 2017 - only_source - only_target
    assert sum(row["difference_row_num"] for row in tables) == 2017
    by_table = Counter(
        (row["source_select_sql"] or row["target_select_sql"]).split()[3] for row in rows
    )
    assert by_table == {
        "ledger.entry": 1150,
        "ledger.posting": 700,
        "ledger.adjustment": 150,
        "ledger.branch_total": 12,
        "ledger.customer_contact": 5,
    }


async def test_tables_without_a_key_stand_in_a_list_of_their_own(asking, ids):
    query = {"compare_task_id": billing(3), "compare_detail_type": "uncompare"}
    async with asking(Simulator()) as drs:
        rows = await every_row(drs, ids["billing-recon"], "content_compare", "detail", **query)
    assert [row["source_table_name"] for row in rows] == [
        "audit_trail",
        "import_raw",
        "legacy_import",
    ]


async def test_without_an_id_objects_are_those_of_the_newest_comparison(asking, ids):
    async with asking(Simulator()) as drs:
        result = await drs.compared(ids["billing-recon"], "object_compare", "overview")
    info = result["objects_compare_overview_info"]
    assert info["compare_job_id"] == billing(1)
    assert {row["type"]: row["status"] for row in info["compare_results"]} == {
        "DB": "CONSISTENT",
        "TABLE": "INCONSISTENT",
        "INDEX": "INCONSISTENT",
        "VIEW": "INCONSISTENT",
        "TRIGGER": "INCONSISTENT",
        "ROUTINE": "CONSISTENT",
    }


async def test_a_task_that_was_never_compared_has_no_overview_of_objects(asking, ids):
    async with asking(Simulator()) as drs:
        result = await drs.compared(ids["orders-paused"], "object_compare", "overview")
    assert result == {"objects_compare_overview_info": None}


async def test_object_differences_are_a_missing_or_an_unequal_side(asking, ids):
    job_id = ids["billing-recon"]
    async with asking(Simulator()) as drs:
        tables = await every_row(drs, job_id, "object_compare", "detail", object_type="TABLE")
        indexes = await every_row(drs, job_id, "object_compare", "detail", object_type="INDEX")
    assert [row["source_db_value"] for row in tables if not row["target_db_value"]] == [
        "`bill_0498`",
        "`bill_0499`",
        "`bill_0500`",
    ]
    assert [row["target_db_value"] for row in tables if not row["source_db_value"]] == [
        "`tmp_recon`"
    ]
    unequal = [
        row
        for row in indexes
        if row["target_db_value"] and row["source_db_value"] != row["target_db_value"]
    ]
    assert [row["source_db_value"] for row in unequal] == ["`branch_total`.`idx_1`"]
    assert sum(1 for row in indexes if not row["target_db_value"]) == 2


@pytest.mark.parametrize("totals", [True, False])
async def test_totals_stand_beside_object_details_and_differences_only_if_told(asking, ids, totals):
    job_id = ids["billing-recon"]
    async with asking(Simulator(limits=Limits(totals=totals))) as drs:
        for kind, what, number in (("object_compare", "detail", 1), ("content_compare", "diff", 3)):
            job = await drs.job(
                job_id,
                type="compare",
                compare_type=kind,
                query_type=what,
                compare_task_id=billing(number),
                object_type="TABLE",
            )
            assert ("total_count" in job) is totals
        lines = await drs.job(
            job_id,
            type="compare",
            compare_type="line_compare",
            query_type="detail",
            compare_task_id=billing(2),
        )
    assert lines["total_count"] == 5000


async def test_database_names_filter_unless_they_are_ignored(asking, ids):
    query = {"compare_task_id": billing(2), "source_db_name": "ledger", "target_db_name": "ledger"}
    counts = []
    for limits in (Limits(), Limits(db_filter=False)):
        async with asking(Simulator(limits=limits)) as drs:
            job = await drs.job(
                ids["billing-recon"],
                type="compare",
                compare_type="line_compare",
                query_type="detail",
                **query,
            )
            counts.append(job["total_count"])
    assert counts == [800, 5000]


@pytest.mark.parametrize("offsets", ["row", "page"])
@pytest.mark.parametrize("max_limit", [10, 100, 1000])
async def test_a_page_past_the_end_is_empty(asking, ids, max_limit, offsets):
    limits = Limits(max_limit=max_limit, offsets=offsets)
    past = 5000 if offsets == "row" else 5000 // max_limit
    async with asking(Simulator(limits=limits)) as drs:
        for offset, rows in ((past, 0), (past - 1, 1 if offsets == "row" else max_limit)):
            found = await drs.compared(
                ids["billing-recon"],
                "line_compare",
                "detail",
                compare_task_id=billing(2),
                offset=str(offset),
                limit="1000",
            )
            assert len(found["line_compare_detail_infos"]) == rows


async def test_overviews_agree_with_the_details_in_every_scenario(asking, ids):
    seen = 0
    async with asking(Simulator()) as drs:
        for job_id in ids.values():
            listed = await drs.compared(job_id, "data_compare", "list", limit="100")
            for task in listed["data_compare_task_list"]:
                kind = TYPES.get(task["type"], "")
                if kind not in ("line_compare", "content_compare"):
                    continue
                named = {"compare_task_id": task["id"]}
                overview = await every_row(drs, job_id, kind, "overview", **named)
                for row in overview:
                    seen += 1
                    pair = {
                        "source_db_name": row.get("source_db_name") or row["source_db"],
                        "target_db_name": row.get("target_db_name") or row["target_db"],
                    }
                    rows = await every_row(drs, job_id, kind, "detail", **named, **pair)
                    differ = any(
                        item.get("status") == "INCONSISTENT"
                        or item.get("content_compare_result") is False
                        for item in rows
                    )
                    assert differ is (row["status"] == "INCONSISTENT")
    assert seen > 20


async def test_target_names_of_an_oracle_source_arrive_in_lower_case(asking, ids):
    async with asking(Simulator()) as drs:
        rows = await every_row(
            drs,
            ids["erp-oracle-gauss"],
            "line_compare",
            "detail",
            compare_task_id="6c1f0a52-77d4-4d0a-9d27-50e0a1c20002",
        )
    assert len(rows) == 40
    assert all(row["target_table_name"] == row["source_table_name"].lower() for row in rows)
    assert {row["status"] for row in rows} == {"CONSISTENT"}
