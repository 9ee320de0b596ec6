"""Which lines say that something was left out for its size."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import OVERSIZED, is_final, loss_in

TOLD = [
    "event exceeds the maximum size of 1 MB; it was dropped",
    "Skipping record because of RecordTooLargeException",
    "ERROR: row is too big: size 8456, maximum size 8160 -- row ignored",
    "Oversize document 64a1 in shop.carts left out",
    "Field note of row 7 larger than 16 MB, row not replicated",
    "key list:1 with 3,000,000 elements too large, not migrated",
    "超长报文已丢弃，表 shop.pay",
    "单行数据超过 4MB 上限，未同步",
    "RecordTooLargeException: message of 1,200,345 bytes for topic crm dropped",
    "message exceeds max.message.bytes (1048576), skipped",
    "Message size 2097152 larger than max.request.size, message was discarded",
    "oversized row of crm.leads skipped",
    "Skipped 3 oversized documents of collection carts",
    "change event larger than 1 MB was not published to topic crm",
    "org.apache.kafka.common.errors.RecordTooLargeException: record was not sent, going on",
    "event of 20 MB exceeds the limit and was ignored",
    "1 message too large for the broker: dropped",
    "dropped 2 messages that exceed message.max.bytes",
    "row bigger than max_allowed_packet was left out",
    "BSON document exceeds 16 MB: skipped",
    "LOB row of 2 GB too big, omitted",
    "MessageSizeTooLarge: producer gave up on the message for crm.leads",
    "消息大小 2097152 超过 max.message.bytes，已丢弃",
    "单条消息过大，已跳过",
    "超大行已跳过：crm.leads id=12",
    "事件超过 16MB，被忽略",
    "Kafka 消息过大，发送失败，已丢弃该消息",
    "訊息過大，已捨棄",
    "记录过大未写入，跳过",
    "Broker refused record: MESSAGE_TOO_LARGE, record skipped",
    "DataChangeEvent of 3.1 MB exceeded max.request.size and was dropped",
    "document of 17 MB in shop.carts too large for the destination: not written",
    "Ignoring row of shop.pay: 40 MB, larger than the packet limit",
    "key big:1 is 600 MB, too big to migrate, skipped",
    "2 batches exceeded max_allowed_packet and were not applied",
    "记录大小超出 max.request.size，已忽略",
    "文档超过 16MB 限制，未写入目标库",
    "大字段超过 64MB，该行被跳过",
    "大 key 超过 512MB，已跳过",
    "no message was too large and skipped, but 2 documents exceed the limit of 16 MB and were skipped",
]
NOT_TOLD = [
    "row is too big for the page, stored out of line",
    "RecordTooLargeException: producer restarted with a larger max.request.size",
    "Maximum message size is 1 MB",
    "No key was too large to migrate",
    "too large a lag, alarm raised",
    "batch too large: reduced from 5000 to 1000 rows",
    "单行数据未超过 4MB 上限",
    "大事务拆分为 12 个批次",
    "max.message.bytes=1048576",
    "messages larger than 1 MB will be skipped",
    "0 messages were dropped for their size",
    "no oversized rows were skipped",
    "large message was split into 3 parts and sent",
    "message too large, compressed and sent again",
    "RecordTooLargeException: retried after max.request.size was raised, sent",
    "oversized rows are written to a separate batch",
    "消息过大，拆分后发送成功",
    "若消息超过 1MB 则跳过",
    "没有消息因过大被丢弃",
    "a message of the log was dropped: too long",
    "error message too long, truncated",
    "Are oversized rows skipped?",
    "packet larger than the MTU, fragmented",
    "message skipped: heartbeat",
    "event exceeded 1 MB and was sent in 2 chunks",
    "row too large for one packet, sent in 3 parts",
    "max_allowed_packet raised to 64 MB, the event was applied",
    "Log file too large, rotated and the oldest dropped",
    "messages too large: 0 dropped",
    "Documents larger than 16 MB cannot be migrated",
    "消息过大时会被丢弃",
    "超大行 0 条被跳过",
    "response too large, paging",
    "transaction larger than 1 GB applied in 40 s",
]


@pytest.mark.parametrize("line", TOLD)
def test_what_was_left_out_for_its_size_is_read(line):
    assert loss_in(line) == OVERSIZED
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_what_was_split_sent_after_all_or_may_be_left_out_is_no_loss(line):
    assert loss_in(line) == ""
