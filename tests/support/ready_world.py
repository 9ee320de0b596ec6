"""A task that is ready to cut over, of which a test changes exactly one thing."""

import copy

import httpx2

from drs_mcp.tools.diagnosis import check_cutover, diagnose_job
from drs_mcp.tools.jobs import get_progress
from tests.support.tool_calls import JOB, ask
from tests.worlds.drs import ANYWHERE, World

SHOP = ("shop", "shop")
STARTED, ENDED = "2026-11-20T05:00:00Z", "2026-11-20T05:10:00Z"
BEFORE, MEANWHILE, SINCE = "2026-11-20T03:00:00Z", "2026-11-20T05:05:00Z", "2026-11-20T07:00:00Z"
FRESH = "2026-11-20T07:58:00Z"
TOMORROW, LAST_MONTH = "2026-11-21T08:00:00Z", "2026-10-20T08:00:00Z"
FAILED = "service INCREMENT failed, cause by: Duplicate entry '1' for key 'PRIMARY' in table {}"


class Ready:
    """What DRS knows of the task; each part is named as people speak of it."""

    def __init__(self):
        task = {"id": JOB, "status": "INCRE_TRANSFER_STARTED"}
        self.base = {
            "name": "shop-sync",
            "job_type": "sync",
            "engine_type": "mysql-to-mysql",
            "task_type": "FULL_INCR_TRANS",
        }
        self.detail = task | {
            "base_info": self.base,
            "target_endpoint": [{"config": {"is_target_readonly": False}}],
        }
        self.listed = {}
        self.told = {
            "task_mode": "FULL_INCR_TRANS",
            "transfer_status": "INCRE_TRANSFER_STARTED",
            "progress": "100",
            "incr_trans_delay": "0",
            "incr_trans_delay_millis": "0",
        }
        self.moved = {
            "create_time": "2026-11-20T07:59:00Z",
            "migration_object_overview": [
                {"type": "TABLE", "src_count": "1", "dst_count": "1", "status": "COMPLETED"}
            ],
        }
        self.metrics = {}
        self.progress = task | {
            "progress_info": self.told,
            "migration_object_progress_info": self.moved,
            "metrics": self.metrics,
        }
        self.writable = task | {}
        self.log = [{"level": "Info", "message": "ok", "create_time": SINCE}]
        self.tasks = [
            {
                "id": f"{kind[0]}1",
                "type": kind,
                "status": "SUCCESSFUL",
                "start_time": STARTED,
                "end_time": ENDED,
            }
            for kind in ("contents", "lines", "object_comparison")
        ]
        self.values_task, self.rows_task, self.objects_task = self.tasks
        self.row = {
            "source_table_name": "t",
            "target_table_name": "t",
            "source_row_num": "10",
            "target_row_num": "10",
            "difference_row_num": "0",
            "status": "CONSISTENT",
        }
        self.rows = [self.row]
        self.value = {
            "source_db": "shop",
            "target_db": "shop",
            "source_table_name": "t",
            "target_table_name": "t",
            "source_row_num": 10,
            "target_row_num": 10,
            "difference_row_num": 0,
            "line_compare_result": True,
            "content_compare_result": True,
        }
        self.values = [self.value]
        self.uncompared = []
        self.rows_overview = [
            {"source_db_name": "shop", "target_db_name": "shop", "status": "CONSISTENT"}
        ]
        self.values_overview = [{"source_db": "shop", "target_db": "shop", "compare_result": True}]
        self.tables = {
            "type": "TABLE",
            "source_count": 1,
            "target_count": 1,
            "status": "CONSISTENT",
        }
        self.types = [self.tables]
        self.compare_progress = {}
        self.paths = {}
        self.instead = {}
        self.objects = {
            "status": "SUCCESSFUL",
            "compare_job_id": "o1",
            "start_time": STARTED,
            "compare_results": self.types,
        }

    def line(self, level, message, at=SINCE):
        """Write a line of the log."""
        self.log.insert(0, {"level": level, "message": message, "create_time": at})

    def second_table(self):
        """A table u beside t, equal on both sides."""
        self.rows.append(self.row | {"source_table_name": "u", "target_table_name": "u"})
        self.values.append(self.value | {"source_table_name": "u", "target_table_name": "u"})
        self.tables |= {"source_count": 2, "target_count": 2}

    def newer(self, kind, status):
        """A comparison that was started later, and has not ended well."""
        self.tasks.insert(
            0, {"id": "new", "type": kind, "status": status, "start_time": "2026-11-20T07:30:00Z"}
        )

    def world(self):
        """The DRS that tells it."""
        of_rows = tuple(self.rows_overview[0][f"{side}_db_name"] for side in ("source", "target"))
        of_values = tuple(self.values_overview[0][f"{side}_db"] for side in ("source", "target"))
        at = {
            ("data_compare", "list"): [(ANYWHERE, one) for one in self.tasks],
            ("line_compare", "overview"): [(SHOP, one) for one in self.rows_overview],
            ("line_compare", "detail"): [(of_rows, one) for one in self.rows],
            ("content_compare", "overview"): [(SHOP, one) for one in self.values_overview],
            ("content_compare", "detail", "compare"): [(of_values, one) for one in self.values],
            ("content_compare", "detail", "uncompare"): [
                (of_values, one) for one in self.uncompared
            ],
        }
        listed = {"id": JOB, "status": self.detail["status"], **self.base, **self.listed}
        return copy.deepcopy(
            World(
                tasks={"sync": [listed]},
                parts={
                    "detail": self.detail,
                    "progress": self.progress,
                    "is_writable": self.writable,
                    "objects": self.objects,
                    **({"compare-progress": told} if (told := self.compare_progress) else {}),
                },
                log=self.log,
                compared=at,
                paths=self.paths,
                instead=self.instead,
            )
        )

    async def check(self, **options):
        """The answer of `check_cutover`."""
        wire = httpx2.MockTransport(self.world().answer)
        return await ask(check_cutover, wire, job=JOB, **options)

    async def diagnose(self):
        """The answer of `diagnose_job`."""
        return await ask(diagnose_job, httpx2.MockTransport(self.world().answer), job=JOB)

    async def ask(self, tool, **arguments):
        """The answer of another tool."""
        return await ask(tool, httpx2.MockTransport(self.world().answer), job=JOB, **arguments)

    async def how_far(self):
        """The answer of `get_progress`."""
        return await ask(get_progress, httpx2.MockTransport(self.world().answer), job=JOB)
