"""Traditional Chinese is read as simplified Chinese wherever errors are matched."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.knowledge.conditions import condition
from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.match import explain
from drs_mcp.knowledge.engines.sides import side_of
from drs_mcp.knowledge.failures import match
from drs_mcp.knowledge.traditional import LETTERS, WORDS, simplified
from drs_mcp.summaries.diagnosis.timeline import turn_of
from drs_mcp.summaries.logs.kinds.lags import lag_in
from drs_mcp.summaries.logs.kinds.recoveries import is_recovery

HAN = re.compile("[\u4e00-\u9fff]")


def in_charset(letter: str, charset: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def words_of_the_knowledge() -> set[str]:
    """The characters of all words that errors are matched by, and of the words of Taiwan."""
    folders = [files("drs_mcp.knowledge"), files("drs_mcp.knowledge.engines")]
    texts = [
        one.read_text(encoding="utf-8")
        for folder in folders
        for one in folder.iterdir()
        if one.name.endswith((".py", ".json")) and one.name != "traditional.py"
    ]
    return set(HAN.findall("".join((*texts, *WORDS.values()))))


def test_every_simplified_character_of_the_knowledge_has_its_traditional_one():
    # What Big5 cannot write is simplified: it has another form in traditional texts.
    needed = {letter for letter in words_of_the_knowledge() if not in_charset(letter, "big5")}
    assert needed - set(LETTERS.values()) == set()


def test_the_table_goes_from_traditional_to_simplified_characters_only():
    for one, other in LETTERS.items():
        assert chr(one) != other
        assert in_charset(chr(one), "big5"), chr(one)
        assert in_charset(other, "gb2312"), other
        assert ord(other) not in LETTERS, other
    for word in WORDS.values():
        assert simplified(word) == word


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("欄位 qty 資料過長", "字段 qty 数据过长"),
        ("目的端資料庫連線逾時", "目标端数据库连接超时"),
        ("字元集不支援", "字符集不支持"),
        ("目的端数据库", "目的端数据库"),  # simplified: stays as it is
        ("交易表写入失败", "交易表写入失败"),
        ("plain text", "plain text"),
    ],
)
def test_a_traditional_text_is_read_in_simplified_characters_and_words(text, read):
    assert simplified(text) == read


@pytest.mark.parametrize(
    ("hant", "hans"),
    [
        ("目標資料庫記憶體溢位，記憶體不足", "目标数据库内存不足"),
        ("寫入失敗：違反外鍵", "写入失败：违反外键"),
        ("來源資料庫拒絕存取", "源数据库拒绝访问"),
        ("目標端處於唯讀狀態", "目标端处于只读状态"),
        ("歸檔日誌 1_9 已經被刪除，日誌檔案不存在", "归档日志 1_9 已经被删除，日志文件不存在"),
        ("連線數已滿", "连接数已满"),
        ("資料類型不支援", "数据类型不支持"),
        ("主備切換失敗", "主备切换失败"),
        ("連線資料庫失敗，原因：磁碟已滿", "连接数据库失败，原因：磁盘已满"),
    ],
)
def test_an_error_means_the_same_in_both_scripts(hant, hans):
    link = "mysql-to-mysql"
    told, plain = explain(hant, link=link)[0], explain(hans, link=link)[0]
    assert (told.id, told.side, told.resume) == (plain.id, plain.side, plain.resume)
    assert kind_of(hant, link=link) == kind_of(hans, link=link)
    assert side_of(hant, link=link) == side_of(hans, link=link)
    assert match(hant, link=link) == match(hans, link=link)


def test_a_condition_is_seen_in_both_scripts_and_a_hint_is_shown_as_written():
    assert condition("lock_wait").is_in("等待資料表的鎖定")
    assert condition("lock_wait").is_in("等待表的锁定")
    fact = explain("磁碟已滿 提示：請擴充磁碟", link="mysql-to-mysql")[0]
    assert fact.hint == "請擴充磁碟"


@given(st.text())
def test_any_text_can_be_read(text):
    assert simplified(simplified(text)) == simplified(text)


def test_what_a_line_says_of_the_task_is_read_in_both_scripts():
    assert is_recovery("與來源資料庫的連線已恢復")
    assert lag_in("目前延遲 300 秒") == lag_in("当前延迟 300 秒") == 300
    assert turn_of("任務已暫停") == turn_of("任务已暂停") == "paused"
