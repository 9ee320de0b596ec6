"""A DRS as a few answers: what each query of a task's detail gets, by task."""

import httpx2

JOB_ID = "a1b2c3d4-0000-4000-8000-0000000jb101"
_ROWS = {
    "log": "logs",
    "data_compare:list": "data_compare_task_list",
    "object_compare:detail": "objects_compare_detail_infos",
    "content_compare:diff": "content_diff_detail_info",
    **{
        f"{kind}_compare:{query}": f"{kind}_compare_{query}_infos"
        for kind in ("line", "content")
        for query in ("overview", "detail")
    },
}


def wire_of(upstream, engine, seen=None):
    """A wire to a DRS of one task, `shop-sync`.

    *upstream* holds the status, the rows of the task list, the answer for each `type` or
    `compare_type:query_type` (a list of rows is paged), and under `by_job` what differs for other
    tasks. Requests are added to *seen*.
    """

    async def answer(request):
        if seen is not None:
            seen.append(request)
        query = dict(request.url.params)
        parts = request.url.path.strip("/").split("/")
        if len(parts) == 3:
            return httpx2.Response(200, json=_listed(upstream, engine, query))
        if len(parts) > 4:
            return httpx2.Response(404, json={"error_code": "APIGW.0101", "error_msg": "none"})
        mine = upstream | upstream.get("by_job", {}).get(parts[3], {})
        told = {"id": parts[3], "status": mine.get("status", "INCRE_TRANSFER_STARTED")}
        return httpx2.Response(200, json={"job": told | _told(mine, query)})

    return httpx2.MockTransport(answer)


def _listed(upstream, engine, query):
    alone = {
        "id": JOB_ID,
        "name": "shop-sync",
        "status": upstream.get("status", "INCRE_TRANSFER_STARTED"),
        "create_time": "2026-11-01T00:00:00Z",
        "engine_type": engine,
        "job_type": "sync",
        "task_type": "FULL_INCR_TRANS",
    }
    rows = [
        row
        for row in upstream.get("list", [alone])
        if row.get("job_type", "sync") == query.get("job_type")
        and query.get("name", "").lower() in row.get("name", "").lower()
    ]
    return {"total_count": len(rows), "jobs": _page(rows, query)}


def _told(mine, query):
    key = query.get("type")
    if key == "compare":
        key = f"{query.get('compare_type')}:{query.get('query_type')}"
    value = mine.get(key)
    if value is None:
        value = [] if key in _ROWS else {}
    if not isinstance(value, list):
        return value
    paged = {"total_count": len(value)}
    if key == "log":
        return paged | {"logs": _page(value, query)}
    return paged | {"compare_result": {_ROWS[key]: _page(value, query)}}


def _page(rows, query):
    offset, limit = int(query.get("offset") or 0), int(query.get("limit") or 10)
    return rows[offset : offset + limit]
