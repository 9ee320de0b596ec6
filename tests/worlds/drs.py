"""An honest DRS over a world: it pages by row, filters by name, and knows its own comparisons."""

import json
from dataclasses import dataclass, field

import httpx2

COMPARED = {
    ("data_compare", "list"): "data_compare_task_list",
    ("object_compare", "detail"): "objects_compare_detail_infos",
    ("line_compare", "overview"): "line_compare_overview_infos",
    ("line_compare", "detail"): "line_compare_detail_infos",
    ("content_compare", "overview"): "content_compare_overview_infos",
    ("content_compare", "detail"): "content_compare_detail_infos",
}
ANYWHERE = ("", "")


@dataclass
class World:
    """What DRS knows of one task, and of the tasks beside it.

    `cap` is the most rows a page holds, `totals` says whether lists tell their length. Compared
    rows stand under what is asked (comparison, query, and the type of object or detail where
    there is one), each with its database pair. `paths` holds what stands below the task's own path, by
    that path (a function is asked with the query); `instead` what DRS sends in place of a page, by its type or `compare_type:query_type`.
    """

    cap: int = 1000
    totals: bool = True
    tasks: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    log: list = field(default_factory=list)
    compared: dict = field(default_factory=dict)
    ids: dict = field(default_factory=dict)
    paths: dict = field(default_factory=dict)
    instead: dict = field(default_factory=dict)

    def _repr_pretty_(self, printer, _):
        known = {str(name): found for name, found in vars(self).items() if found}
        known["compared"] = {" ".join(query): rows for query, rows in self.compared.items()}
        text = json.dumps(known, ensure_ascii=False)
        printer.text(f"World({text[:3000]})")

    def answer(self, request):
        query = request.url.params
        if request.url.path.endswith("/jobs"):
            rows = self.tasks.get(query["job_type"], [])
            name = query.get("name", "").lower()
            rows = [row for row in rows if name in (row.get("name") or "").lower()]
            return httpx2.Response(200, json=self._page("jobs", rows, query))
        if "/compare-progress/" in request.url.path and "compare-progress" in self.parts:
            return httpx2.Response(200, json=self.parts["compare-progress"])
        tail = request.url.path.partition("/jobs/")[2]
        if (below := tail.partition("/")[2] or tail) in self.paths:
            told = self.paths[below]
            return httpx2.Response(200, json=told(query) if callable(told) else told)
        if "type" not in query:
            return httpx2.Response(
                404, json={"error_code": "APIGW.0101", "error_msg": "no such API"}
            )
        own = {"id": request.url.path.rpartition("/")[2]}
        names = (query.get(name) for name in ("compare_type", "query_type"))
        if (asked := ":".join(filter(None, names)) or query["type"]) in self.instead:
            told = self.instead[asked]
            return httpx2.Response(200, json=told if "job" in told else {"job": own | told})
        return httpx2.Response(200, json={"job": own | self._job(query)})

    def _job(self, query):
        if query["type"] == "log":
            return self._page("logs", self.log, query)
        if query["type"] != "compare":
            return self.parts.get(query["type"], {})
        if query["query_type"] == "overview" and query["compare_type"] == "object_compare":
            return {"compare_result": {"objects_compare_overview_info": self.parts.get("objects")}}
        rows = [row for pair, row in self._compared(query) if _named(pair, query)]
        if query["query_type"] == "diff":
            return self._differences(rows, query)
        place = COMPARED[query["compare_type"], query["query_type"]]
        page = self._page(place, rows, query)
        return {"compare_result": {place: page.pop(place)}} | page

    def _compared(self, query):
        wanted = query.get("compare_task_id")
        if query["compare_type"] in self.ids and wanted != self.ids[query["compare_type"]]:
            return []
        names = ("compare_type", "query_type", "object_type", "compare_detail_type")
        return self.compared.get(tuple(query[name] for name in names if name in query), [])

    def _differences(self, rows, query):
        page = self._page("contents_infos", rows, query)
        sides = [(bool(row["source_key_value"]), bool(row["target_key_value"])) for row in rows]
        info = {
            "count": len(rows),
            "target_meta_is_null": sides.count((True, False)),
            "source_meta_is_null": str(sides.count((False, True))),
            "source_target_meta_not_null": sides.count((True, True)),
            "contents_infos": page.pop("contents_infos"),
        }
        return {"compare_result": {"content_diff_detail_info": info}} | page

    def _page(self, name, rows, query):
        offset = int(query.get("offset", 0))
        limit = min(int(query.get("limit", 10)), self.cap)
        page = {name: rows[offset : offset + limit]}
        return page | {"total_count": len(rows)} if self.totals else page


def _named(pair, query):
    wanted = (query.get("source_db_name", ""), query.get("target_db_name", ""))
    return all(name in ("", own) for name, own in zip(wanted, pair, strict=True))
