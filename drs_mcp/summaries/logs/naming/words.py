"""Words that say of what a name follows them: a table, another thing, or a table by what is done to it."""

import re

_NOUNS = {
    "table": "table|relation|collection|view|object|资料表|資料表|表|集合|视图|視圖",
    "constraint": "constraint|约束|約束",
    "key": "key|键|鍵",
    "index": "index|索引",
    "column": "column|field|列|字段|欄位",
    "sequence": "sequence|序列",
    "slot": "slot|复制槽|複寫槽",
    "publication": "publication|subscription",
    "trigger": "trigger|触发器|觸發器",
    "partition": "partition|分区|分區",
    "tablespace": "tablespace|表空间|表空間",
    "database": "database|schema|数据库|資料庫",
    "file": "file|文件|檔案",
    "user": "user|role|用户|使用者|角色",
}
KIND_OF = {word: kind for kind, words in _NOUNS.items() for word in words.split("|")}
_JOINS = frozenset(
    [
        "AND",
        "OR",
        "NOT",
        "IS",
        "ARE",
        "WAS",
        "IN",
        "ON",
        "OF",
        "TO",
        "FROM",
        "FOR",
        "BY",
        "AS",
        "AT",
        "WITH",
        "HAS",
    ]
)
"""Words that join others, and are no name where a whole message is written in capitals."""

ENGLISH = "|".join(word for word in KIND_OF if word.isascii())
CHINESE = "|".join(
    {"列": "(?<![队系排并隊併])列", "表": "(?<![代发报图仪列發報圖儀])表"}.get(word, word)
    for word in sorted(KIND_OF, key=len, reverse=True)
    if not word.isascii()
)
OTHERS = (
    r"(?i:\b(?:function|procedure|class|host|command|package|plug-?in|library|module|driver|option"
    r"|variable|parameter|setting|propert(?:y|ie)|configuration(?: key)?|config(?: key)?|file-?group)s?"
    r"|\berr(?:or)?[ _]?code)"
    r"|(?:函数|存储过程|过程|主机|域名|节点|服务器|命令|插件|参数|变量|配置项?|属性|方法|接口|类|调用|连接|連接|错误码|错误代码"
    r"|函數|過程|主機|節點|伺服器|外掛|參數|變數|選項|設定|屬性|類)名?"
)
"""What has names that look like those of tables."""
OTHERS_NEAR = (
    r"(?i:\b(?:method|hostname|node|server|endpoint|broker|listener|domain|bucket|metric|calls?|calling|exec(?:ute)? procedure|exec"
    r"|invok(?:e|ing)|connect(?:ed|ing|ion)? (?:to|from)))"
)
"""The same, where a blank or an equals sign alone parts them; behind a colon a sentence goes on."""
WRITING = (
    r"(?i:\b(?:(?:insert|upsert|updat|delet|merg|truncat|writ|copy|appl)(?:e|s|es|y|ies|ing|ying)?(?: (?:in)?to| from)?"
    r"|(?:insert|upsert|update|delete|merge|truncate|write|copy|apply|ddl|dml|statement|deadlock|conflict)(?: (?:failed|fails|error))? (?:on|for|in|of)))"
)
"""What is done to a table, before its name."""
WRITING_ZH = (
    "(?:[写寫]入?|更新|[删刪]除|插入|同步|[读讀]取?|合[并併]|[迁遷]移|[复複][制製]|[应應]用|回放|同步对象)"
    "(?:到|了)?"
)

OTHER_OBJECT = re.compile(
    rf"(?:(?i:\b(?:constraint|index|key|trigger|sequence|user|file))\W|(?:{OTHERS}))\W{{0,3}}\Z"
    rf"|{OTHERS_NEAR}[ =][\"'`(\[]?\Z"
    r"|\bat \"\Z|\b[A-Z]{3}-\d{5}\S{0,2} at \Z"  # ORA-06512: at "SYS.DBMS_LOGMNR", line 58
)
WRITTEN = re.compile(rf"(?:{WRITING} |{WRITING_ZH} ?)[\"'(（「]?\Z")
VERB_WITHIN = re.compile(rf"\w{{0,60}}{WRITING_ZH}(?=\w)")
WRITTEN_TO = re.compile(rf"{WRITING_ZH}(?:目[标標]|源|来源|來源)?\Z")
WRITTEN_AFTER = re.compile(" ?表(?![空示明])|(?:全量|增量)?(?:[写寫]入|插入|更新|[删刪]除|回放)")


def names_nothing(noun: str, word: str) -> bool:
    """Whether a word behind a noun is no name of it: `USER AND PASSWORD`, `User ID or password`.

    An object may be anything.
    """
    of_a_user = noun == "user" and word.upper() in ("ID", "IDS", "NAME")
    return of_a_user or noun == "object" or word in _JOINS
