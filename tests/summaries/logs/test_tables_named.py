"""What a dotted word or a word behind 表 is the name of: a table, or something that looks like one."""

import pytest

from drs_mcp.summaries.logs.names import MAYBE_TABLE, TABLE, named_in
from drs_mcp.summaries.logs.tables import LogTables
from tests.support.log_rows import entries, facts


def tables(message):
    """The tables that a message names, be they plainly so or maybe."""
    found = [one.name for one in named_in(message) if one.kind in (TABLE, MAYBE_TABLE)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(
    "message",
    [
        # settings
        "s3.bucket.key is missing",
        "connect.timeout.ms is too low",
        "connect.timeout.ms=3000",
        "set max.request.size to 5 MB",
        "fs.s3a.endpoint=obs.r7",
        "auto.offset.reset=earliest",
        "ssl.truststore.location is not set",
        "spring.datasource.url is empty",
        "linger.ms is 5",
        "property shop.orders is not set",
        "configuration key drs.workers is unknown",
        "unknown config drs.workers",
        "配置项drs.workers无效",
        "属性 drs.workers 不存在",
        "环境变量 drs.home 未设置",
        # packages of a database and their procedures
        "DBMS_LOGMNR.START_LOGMNR failed",
        "call to SYS.DBMS_LOGMNR.ADD_LOGFILE failed",
        "SYS.DBMS_LOGMNR_D is invalid",
        "UTL_FILE.FOPEN failed",
        "PKG_SYNC.PROC_RUN is invalid",
        "crm.pkg_bill.run failed",
        "sys.sp_cdc_enable_table failed",
        "msdb.dbo.sp_add_job failed",
        "calling crm.rebuild_stats failed",
        "exec crm.rebuild_stats failed",
        "调用crm.rebuild_stats失败",
        # error codes
        "error drs.M00202 returned",
        "drs.M00202",
        "DRS.M00202 was answered",
        "dws.M01234: internal error",
        "error code app.E1001",
        "错误码 app.E1001",
        # classes and methods
        "kafka.server.ReplicaManager started",
        "akka.actor.ActorSystem stopped",
        "pymongo.errors.AutoReconnect",
        "PreparedStatement.executeBatch failed",
        "SyncWorker.applyBatch failed",
        "com.example.drs.Reader failed",
        "class drs.worker_1",
        "类 drs.worker_1 未找到",
        # hosts
        "node1.prod refused",
        "db-2.lan refused",
        "mysql01.corp is down",
        "server db1.hq is down",
        "connection to db1.hq lost",
        "节点db1.hq宕机",
        "服务器 db1.hq 无响应",
        # files
        "ib_logfile0.tmp is locked",
        "binlog.index is broken",
        "mysql-bin.index is broken",
        "orders_1.parquet was not read",
        "dump_2.rdb is truncated",
        "crm_data.mdf is full",
        "data_1.xlsx",
        "orders.MYI is corrupt",
        "redo01.rdo is missing",
        # triggers, methods
        "SALES.TRG_ORDER failed",
        "stmt.executeUpdate failed",
        "conn.rollback failed",
        "this.writer.flush",
        "drs.worker.SyncTask$Inner",
        "drs.m00202 returned",
        # words of a sentence
        "failed.请重试",
        "写入失败.请重试",
    ],
)
def test_what_only_looks_like_a_table_is_none(message):
    assert tables(message) == []


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("SALES.T_ORDER is behind", ["SALES.T_ORDER"]),
        ("dbo.Customer is locked", ["dbo.Customer"]),
        ("crm.dbo.Customer is locked", ["crm.dbo.Customer"]),
        ("Sales.OrderLines is locked", ["Sales.OrderLines"]),
        ("shop.order_items is behind", ["shop.order_items"]),
        ("crm.public.orders is behind", ["crm.public.orders"]),
        ("write erp.sales.orders failed", ["erp.sales.orders"]),
        ("table erp.sales.orders failed", ["erp.sales.orders"]),
        ("erp.sales.orders_2024 is behind", ["erp.sales.orders_2024"]),
        ("table connect.timeout.ms is behind", ["connect.timeout.ms"]),
        ("insert into shop.timeout failed", ["shop.timeout"]),
        ("rows: shop.orders=5, shop.items=6", ["shop.orders", "shop.items"]),
        ("SYS.AUX_STATS$ is locked", ["SYS.AUX_STATS$"]),
        ("table PKG_SYNC.T_RUN is behind", ["PKG_SYNC.T_RUN"]),
        ("collection shop.orderItems is behind", ["shop.orderItems"]),
        ("dds.t_0001 is behind", ["dds.t_0001"]),
        ("`drs`.`M00202` is behind", ["drs.M00202"]),
        ("shop.process is locked", ["shop.process"]),
        ("insert into shop.run failed", ["shop.run"]),
    ],
)
def test_a_table_is_not_lost_for_it(message, names):
    assert tables(message) == names


IN_CHINESE = [
    ("写入shop.订单失败", "shop.订单"),
    ("写入shop.订单时报错", "shop.订单"),
    ("更新shop.会员中心失败，重试 3 次", "shop.会员中心"),
    ("同步shop.订单明细完成", "shop.订单明细"),
    ("删除shop.订单的3条记录失败", "shop.订单"),
    ("表shop.订单不存在", "shop.订单"),
    ("目标表shop.订单缺少主键", "shop.订单"),
    ("写入表shop.订单", "shop.订单"),
    ("shop.订单写入失败", "shop.订单"),
    ("shop.订单不存在", "shop.订单"),
    ("表订单不存在", "订单"),
    ("目标表订单缺少主键", "订单"),
    ("写入表订单失败", "订单"),
    ("表订单明细写入超时", "订单明细"),
    ("表会员中心不存在", "会员中心"),
    ("表客户信息同步失败：主键冲突", "客户信息"),
    ("同步表客户信息失败", "客户信息"),
    ("源表商品与目标表不一致", "商品"),
    ("表商品数据不一致", "商品"),
    ("表商城.订单不存在", "商城.订单"),
    ("更新商城.订单失败", "商城.订单"),
    ("表t_客户写入失败", "t_客户"),
    ("表订单已存在", "订单"),
    ("集合订单不存在", "订单"),
    ("將資料寫入資料表訂單失敗", "訂單"),
    ("将数据写入库shop表订单", "shop.订单"),
    ("向库shop表订单写入失败", "shop.订单"),
    ("库shop中的表订单不存在", "shop.订单"),
    ("数据库shop的表订单明细缺少主键", "shop.订单明细"),
    ("库shop表订单：写入失败", "shop.订单"),
    ("写入表 订单 失败", "订单"),
    ("写入表【订单】失败", "订单"),
    ("表《订单》不存在", "订单"),
    ("表：订单不存在", "订单"),
    ("表“商城.订单”不存在", "商城.订单"),
    ("表：商城.订单不存在", "商城.订单"),
    ("表名：订单", "订单"),
    ("对表订单执行UPDATE失败", "订单"),
    ("在表订单中未找到主键", "订单"),
    ("向表订单插入数据失败", "订单"),
    ("数据库：shop，表：订单", "shop.订单"),
    ("表ods_订单写入失败", "ods_订单"),
    ("写入orders表失败", "orders"),
    ("order_items表写入失败", "order_items"),
]


@pytest.mark.parametrize(("message", "name"), IN_CHINESE)
def test_a_chinese_name_ends_where_what_is_said_of_it_begins(message, name):
    assert [(one.kind, one.name) for one in named_in(message)] == [(TABLE, name)]


@pytest.mark.parametrize(("message", "name"), IN_CHINESE)
def test_so_it_is_counted_among_the_names_of_a_kind(message, name):
    (kind,) = facts(entries(message, message)).errors
    assert dict(kind.names["table"].counts) == {name: 2}


@pytest.mark.parametrize(
    "message",
    [
        "表结构不一致",
        "表数据不一致",
        "表名称过长",
        "表数量为3",
        "表空间不足",
        "表不存在",
        "表已存在",
        "表创建失败",
        "表同步失败",
        "全表扫描超时",
        "表级锁冲突",
        "表记录数不一致",
        "表主键缺失",
        "表字段缺失",
        "表行数不一致",
        "表校验失败",
        "表分区不存在",
        "表索引创建失败",
        "表统计信息缺失",
        "表全量同步失败",
        "表增量回放失败",
        "表元数据不存在",
        "表映射失败",
        "表中的数据不一致",
        "表示失败",
        "列表为空",
        "列表订单不存在",
        "代表客户写入失败",
        "请检查目标表配置",
        "源表与目标表差异",
        "修改表语句失败",
        "查看表详情",
        "校验表内容失败",
        "两表关联失败",
        "建表语句执行失败",
        "目标表无法写入",
        "表锁超时",
        "写入表数据失败",
        "迁移表对象失败",
        "写入数据失败",
        "同步任务.请重试",
        "库表映射失败",
        "数据库连接失败",
        "数据库表结构不一致",
        "库表结构不一致",
        "数据库中表数量不一致",
        "失败的表：无",
        "同步的表：全部",
        "表：请检查权限",
        "表（共 5 张）同步完成",
        "源表 目标表 不一致",
        "MySQL表结构不一致",
        "失败的表：用户自行选择后再次尝试",
    ],
)
def test_what_else_chinese_says_of_tables_names_none(message):
    assert tables(message) == []


def test_a_setting_is_no_table_even_where_no_line_tells_a_table():
    log = LogTables()
    log.feed(entries("s3.bucket.key is missing", "connect.timeout.ms is too low"))
    assert log.answer(job="j").tables.total == 0


def test_a_table_of_three_parts_is_told_where_its_schema_says_so():
    log = LogTables()
    log.feed(entries("crm.public.orders is behind", "netty.channel.unix failed"))
    assert [row[0] for row in log.answer(job="j").tables.rows] == ["crm.public.orders"]
