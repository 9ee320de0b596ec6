"""Where in a log or a topic a change stands is shown; the values of the row beside it are not."""

import pytest

from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.row_values import hide_row_values
from tests.support.slow_texts import seconds_for

WHOLE = (
    "where consumed record is {topic='app.bills', partition=5, offset=71, timestamp=1764200000000, timestampType=LogAppendTime}.",
    "record {topic=app.bills, partition=5, offset=71} skipped: schema id 17 not found",
    'value {"topic":"app.bills","partition":5,"currentOffset":71,"endOffset":99}',
    "record {kafkaTopic=app.bills, kafkaPartition=5, kafkaOffset=71} skipped",
    "ConsumerRecord(topic = app.bills, partition = 5, leaderEpoch = 0, offset = 71, serialized key size = 4) failed",
    "record {lsn=0/16B3748, xid=755, table=public.bills} skipped",
    "record {scn=9912345, commit_scn=9912350, operation=UPDATE, seg_owner=HR, table_name=EMP} skipped",
    'record {"file":"mysql-bin.000003","pos":154,"gtid":"3e11fa47-71ca-11e1-9e33-c80aa9429562:23"} is behind',
    "row {binlogFilename=mysql-bin.000003, binlogPosition=154, server_id=223344}",
    "row {lsn: 0x00000020:00000154:0001}",
    "row {gtid=0-1-4242}",
    "record=[topic=app.bills, partition=5, offset=71]",
    "clusterTime: Timestamp(1764200000, 5)",
    "ConsumerRecord(topic = app.bills, partition = 5, offset = 71, key = [B@1a2b, value = [B@3c4d)",
    "INSERT INTO t SELECT a FROM mysql('10.2.0.9:3306', 'shop', 'orders', 'drs', '***')",
    "SELECT a FROM remote('ch-1:9000,ch-2:9000', shop.orders)",
    "SELECT a FROM s3('https://b.obs.cn-north-4.myhuaweicloud.com/a.csv', 'CSV')",
)
# The value of a row stands as §.
BESIDE = (
    ('record: {"topic":"app.bills","partition":5,"offset":71,"key":"§","value":"§"}', '{"topic":"app.bills","partition":5,"offset":71,"key":?,"value":?}'),
    ('record: {"topic":"app.bills","partition":5,"offset":71,"value":{"name":"§"}}', '"offset":71,"value":{"name":?}}'),
    ('row {"lsn":24023128,"txId":755,"name":"§"}', '{"lsn":24023128,"txId":755,"name":?}'),
    ('data {"gtid":"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-7","name":"§"}', '{"gtid":"3e11fa47-71ca-11e1-9e33-c80aa9429562:1-7","name":?}'),
    (
        "Struct{after=Struct{id=5,name=§},source=Struct{connector=mysql,name=n1,ts_ms=17,table=bills,gtid=null,file=b.000001,pos=4},op=c}",
        "Struct{after=Struct{id=?,name=?},source=Struct{connector=mysql,name=n1,ts_ms=17,table=bills,gtid=null,file=b.000001,pos=4},op=c}",
    ),
    (
        'data: {"database":"app","table":"bills","type":"update","es":17,"ts":18,"isDdl":false,"data":[{"name":"§"}],"old":[{"name":"§"}]}',
        '{"database":"app","table":"bills","type":"update","es":17,"ts":18,"isDdl":false,"data":[{"name":?}],"old":[{"name":?}]}',
    ),
    (
        '{"_id":{"_data":"82§"},"operationType":"insert","ns":{"db":"app","coll":"bills"},"documentKey":{"_id":"§"},"fullDocument":{"_id":"§"}}',
        '"operationType":"insert","ns":{"db":"app","coll":"bills"},"documentKey":{"_id":?}',
    ),
    (
        'document { ts: Timestamp(1764200000, 3), op: "i", ns: "app.bills", o: { _id: 5, name: "§" } }',
        'ts: Timestamp(1764200000, 3), op: "i", ns: "app.bills", o: { _id: ?, name: ? }',
    ),
    ("ConsumerRecord(topic='app.bills', partition=5, offset=71, key=b'§', value=b'{\"name\":\"§\"}', headers=[])", "offset=71, key=?, value=?, headers=[])"),
    ("ConsumerRecord(topic = app.bills, partition = 5, offset = 71, key = §, value = § x, headers = y)", "offset = 71, key = ?, value = ?, headers"),
    ('ConsumerRecord(topic = app.bills, partition = 5, offset = 71, key = {"id":"§"}, value = {"n":"§"})', 'offset = 71, key = {"id":?}, value = {"n":?})'),
    ('ConsumerRecord(topic = app.bills, partition = 5, offset = 71, key = [7, "§"], value = null)', "offset = 71, key = [?], value = null)"),
    ("SinkRecord{kafkaOffset=71} ConnectRecord{topic='app.bills', key={id=§}, value=null, timestamp=17}", "key={id=?}, value=null, timestamp=17}"),
    ('KafkaMessage(topic = app.bills, partition = 5, key = {"id":"§"})', 'partition = 5, key = {"id":?})'),
    ("record=[topic=app.bills, partition=5, offset=71, key=§, value=§ x]", "[topic=app.bills, partition=5, offset=71, key=?, value=?]"),
    ('{ _id: 5, operationType: "insert", clusterTime: Timestamp(17, 5), ns: { db: "a", coll: "b" }, fullDocument: { n: "§" } }', "clusterTime: Timestamp(17, 5), ns:"),
    ('{"_id":5,"operationType":"insert","clusterTime":{"$timestamp":{"t":17,"i":5}},"ns":{"db":"a","coll":"b"},"documentKey":{"_id":"§"}}', '"clusterTime":{"$timestamp":{"t":17,"i":5}}'),
    ("ProducerRecord(topic=app.bills, partition=null, key=§, value=§, timestamp=null)", "key=?, value=?, timestamp=null)"),
    ("ConnectRecord{topic='app.bills', kafkaPartition=0, key=Struct{id=§}, value=§, timestamp=17}", "key=Struct{id=?}, value=?, timestamp=17}"),
    ("SELECT * FROM postgresql('pg.corp:5432', 'app', 'bills') WHERE name = '§'", "postgresql('pg.corp:5432', 'app', 'bills') WHERE name = ?"),
    ('replay failed at offset 88123: SET cust:7 "§" EX 3600 -> OOM command', "offset 88123: SET ? EX 3600 -> OOM command"),
    ("redis: SET cust:7 § PX 60000 NX failed", "SET ? PX 60000 NX failed"),
)  # fmt: skip
COLUMNS = (
    ("record {topic=cooking, title=§}", "record {topic=?, title=?}"),
    ('row {"topic":"a b","partition":"§","offset":"§"}', 'row {"topic":?,"partition":?,"offset":?}'),
    ("row {file=§, pos=3}", "row {file=?, pos=?}"),
    ("record=[topic=cooking, title=§]", "record=[topic=?, title=?]"),
    ('row {"born":{"$timestamp":{"t":17,"i":5}},"name":"§"}', 'row {"born":{"$timestamp":{"t":?,"i":?}},"name":?}'),
    ("row {clusterTime=§}", "row {clusterTime=?}"),
    ('row {"connector":"§","name":"§"}', 'row {"connector":?,"name":?}'),
    ('row {"op":"c","name":"§"}', 'row {"op":?,"name":?}'),
    ('data {"type": "insert", "data": "§", "table": "§"}', 'data {"type": ?, "data": ?, "table": ?}'),
    ('row {"lsn":"§","table":"§"}', 'row {"lsn":?,"table":?}'),
    ('record: {"topic":"app.bills","partition":0,"offset":"5; §"}', 'record: {"topic":"app.bills","partition":0,"offset":?}'),
    ('document {"db":"§","coll":"x","name":"§"}', 'document {"db":?,"coll":?,"name":?}'),
    ("select * from string_split('§,Bob', ',')", "select * from string_split(?, ',')"),
    ("select * from f('12:30') where a = '§'", "select * from f(?) where a = ?"),
    ("redis: SET cust:7 NX § failed", "redis: SET ? failed"),
)  # fmt: skip
UNITS = (
    "topic=1,partition=2,offset=3,", "{topic=1,partition=2,", "record {lsn=1,", "record {lsn=1},", "[{lsn=1},",
    "value={lsn=1,xid=2},", "{_id=1,ns=a.b,op=i,", "record {gtid=3e11fa47-71ca-11e1-9e33-c80aa9429562:1-2, ",
    "record=[topic=1, ", '{"clusterTime":{"$timestamp":{"t":1,', "message(topic=a key={", "consumerrecord(key=", "consumerrecord( key= value=", "record( key=a", "record{, value = a", "record{after=Struct{a=",
    "SELECT * FROM mysql('a.b:3306', ", "FROM f('a:80,", "FROM f('http://a", "SET k v EX 1\n", "redis: SET a b EX 1 NX",
)  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_coordinates_alone_stay_whole(text):
    assert redacted(text) == text


@pytest.mark.parametrize(("form", "shown"), BESIDE)
def test_coordinates_stay_and_the_row_beside_them_goes(form, shown):
    text = redacted(form.replace("§", "Brunhilde"))
    assert shown in text
    assert "Brunhilde" not in text
    assert hide_row_values(text) == text


@pytest.mark.parametrize(("form", "shown"), COLUMNS)
def test_columns_that_are_called_so_are_no_coordinates(form, shown):
    assert redacted(form.replace("§", "Brunhilde")) == shown


@pytest.mark.costly
@pytest.mark.parametrize("unit", UNITS)
def test_no_text_of_coordinates_takes_long(unit):
    assert seconds_for(hide_row_values, unit, 200_000) < 1.5
