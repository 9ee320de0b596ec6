"""Other scripts and languages, invisible characters in keys, stack traces, edges of cuts."""
from tests.attacks.secrets.model import (
    ALNUM,
    B64,
    B64URL,
    NO_DQ,
    QUO,
    UNQ,
    RenderOptions,
    form,
    group,
    js,
    sqlq,
    without,
)

CJK = without(UNQ, ",;")

CHINESE = group("i18n-chinese", [
    ("mima-colon", "连接失败，密码：§ 主机：10.1.10.1", "连接失败|10.1.10.1"),
    ("mima-ascii-colon", "连接失败 密码: § 主机: 10.1.10.2", "10.1.10.2"),
    ("mima-equals", "参数 密码=§ 端口=3901", "3901"),
    ("mima-fullwidth-equals", "参数 密码＝§ 端口＝3902", "3902"),
    ("mima-is", "数据库密码为§，请检查 10.1.10.3", "10.1.10.3"),
    ("mima-is-word", "用户drs的密码是 § ，错误码 1045", "错误码 1045"),
    ("mima-quoted-corner", "密码「§」不正确，错误码 1046", "错误码 1046", {"nasty": QUO}),
    ("mima-quoted-curly", "密码为“§”时登录失败，错误码 1047", "错误码 1047", {"nasty": QUO}),
    ("mima-quoted-ascii", '密码 "§" 校验失败，错误码 1048', "错误码 1048", {"nasty": NO_DQ}),
    ("mima-brackets", "密码【§】已过期，错误码 1049", "错误码 1049", {"nasty": QUO}),
    ("mima-round", "密码（§）强度不足，错误码 1050", "错误码 1050", {"nasty": QUO}),
    ("mixed", "数据库密码(password)为 § ，端口 3903", "3903"),
    ("mixed-key", "源库密码password：§；目标库端口：3904", "3904"),
    ("kouling-equals", "口令=§ 主机=10.1.10.4", "10.1.10.4"),
    ("kouling-colon", "登录口令：§ ，主机：10.1.10.5", "10.1.10.5"),
    ("user-password", "用户名/密码：root/§ ，主机 10.1.10.6", "10.1.10.6"),
    ("account-password", "账号密码：drs §，主机 10.1.10.7", "10.1.10.7"),
    ("account-and-password", "账号：drs，密码：§，主机：10.1.10.8", "10.1.10.8"),
    ("miyao", "解密失败，密钥：§ ，算法 AES-256", "AES-256"),
    ("siyao", "私钥：§ 与证书不匹配，代码 17", "代码 17",
     {"base": B64, "nasty": "", "length": (120, 160)}),
    ("fangwen-miyao", "访问密钥 AK：AKID7 ，SK：§ ，区域 cn-north-4", "cn-north-4",
     {"base": ALNUM, "nasty": "", "length": (40, 40)}),
    ("mimi-fangwen-miyao", "秘密访问密钥=§ 桶名=bak7", "bak7",
     {"base": ALNUM, "nasty": "", "length": (40, 40)}),
    ("lingpai", "令牌：§ 已失效，请求 7f7", "7f7", {"base": B64URL, "nasty": "",
                                                "length": (40, 60)}),
    ("token-zh", "token为§，已过期，请求 7f8", "7f8", {"base": B64URL, "nasty": "",
                                              "length": (40, 60)}),
    ("shouquanma", "授权码：§ 错误，邮箱端口 465", "465", {"base": ALNUM, "nasty": "",
                                              "length": (16, 16)}),
    ("old-new", "旧密码：§ 新密码：§ 修改失败 1396", "1396"),
    ("initial", "实例初始密码：§（请尽快修改）", "请尽快修改", {"nasty": without(CJK, ")")}),
    ("json-key", '{"主机":"10.1.10.9","密码":"§","端口":3905}', "10.1.10.9|3905",
     {"esc": js, "nasty": QUO}),
    ("traditional", "資料庫密碼：§ 連接埠：3906", "3906"),
    ("traditional-jinyao", "存取金鑰：§ 區域：hk-7", "hk-7", {"base": ALNUM, "nasty": "",
                                                     "length": (40, 40)}),
    ("escaped-unicode", r'{"\u5bc6\u7801":"§","port":3907}', "3907", {"esc": js, "nasty": QUO}),
    ("percent-key", "q=%E5%AF%86%E7%A0%81%3D§%26port%3D3908", "3908",
     {"base": ALNUM, "nasty": "-_."}),
    ("identified", "执行失败：ALTER USER u IDENTIFIED BY '§'，错误码 1396", "错误码 1396",
     {"esc": sqlq, "nasty": without(QUO, "\\"), "engine": "mysql"}),
], nasty=CJK)

OTHERS = group("i18n-other", [
    ("japanese", "接続失敗 パスワード：§ ポート：3910", "3910"),
    ("japanese-quoted", "パスワード「§」が違います コード 1051", "1051", {"nasty": QUO}),
    ("japanese-anshou", "暗証番号=§ ポート=3911", "3911", {"base": "0123456789", "nasty": "",
                                                    "length": (10, 14)}),
    ("korean", "연결 실패 비밀번호: § 포트: 3912", "3912"),
    ("korean-amho", "암호=§ 호스트=10.1.10.10", "10.1.10.10"),
    ("german", "Anmeldung fehlgeschlagen, Passwort: § Port: 3913", "3913"),
    ("german-kennwort", "Kennwort=§ Rechner=10.1.10.11", "10.1.10.11"),
    ("french", "échec, mot de passe : § port : 3914", "3914"),
    ("spanish", "contraseña: § puerto: 3915", "3915"),
    ("portuguese", "senha=§ porta=3916", "3916"),
    ("russian", "Пароль: § порт: 3917", "3917"),
    ("turkish", "parola=§ kapı=3918", "3918"),
], nasty=CJK)

INVISIBLE = group("invisible", [
    ("zero-width-space", "pass\u200bword=§ port=4001", "4001"),
    ("zero-width-joiner", "pass\u200dwd=§ port=4002", "4002"),
    ("word-joiner", "pwd\u2060=§ port=4003", "4003"),
    ("soft-hyphen", "pass\u00adword: § port: 4004", "4004"),
    ("byte-order-mark", "\ufeffpassword=§ port=4005", "4005"),
    ("bom-inside", "p\ufeffwd=§ port=4006", "4006"),
    ("rtl-mark", "password\u200f=§ port=4007", "4007"),
    ("no-break-space", "password\u00a0=\u00a0§ port=4008", "4008"),
    ("ideographic-space", "password\u3000§\u3000port\u30004009", "4009"),
    ("thin-space", "password\u2009:\u2009§ port 4010", "4010"),
    ("fullwidth-key", "ｐａｓｓｗｏｒｄ＝§ ｐｏｒｔ＝4011", "4011"),
    ("fullwidth-colon", "password：§ port：4012", "4012"),
    ("fullwidth-equals", "pwd＝§ port＝4013", "4013"),
    ("ansi-key", "\x1b[31mpassword\x1b[0m=§ port=4014", "4014"),
    ("ansi-equals", "\x1b[36mpassword=\x1b[0m§ port=4015", "4015"),
    ("ansi-as-text", "#033[33mpwd#033[0m=§ port=4016", "4016"),
    ("caret-ansi", "^[[33mpasswd=^[[0m§ port=4017", "4017"),
    ("null-byte", "password\x00=§ port=4018", "4018"),
    ("nul-separated", "user\x00drs\x00password\x00§\x00port\x004019", "4019"),
    ("replacement-char", "pass\ufffdword=§ port=4020", "4020"),
    ("zwsp-in-identified", "ALTER USER u IDENTI\u200bFIED BY '§'; code 4021", "4021",
     {"esc": sqlq, "nasty": without(QUO, "\\"), "engine": "mysql"}),
    ("zwsp-in-scheme", "redis\u200b://:§@10.1.11.1:6379 code 4022", "4022",
     {"nasty": "!$*-_.", "engine": "redis"}),
    ("chinese-zero-width", "密\u200b码：§ 端口：4023", "4023"),
    ("combining-grapheme-joiner", "pass\u034fword=§ port=4024", "4024"),
], nasty=CJK)

TRACE = group("stack-trace", [
    ("java-caused-by", "Caused by: java.sql.SQLException: Access denied (user=u, password=§)"
     "\n\tat com.mysql.cj.jdbc.ConnectionImpl.connect(ConnectionImpl.java:456)",
     "ConnectionImpl.java:456", {"engine": "mysql", "nasty": without(CJK, ")")}),
    ("java-rows", ("java.lang.IllegalStateException: pool password=§ rejected",
                   "\tat com.zaxxer.hikari.pool.PoolBase.newConnection(PoolBase.java:359)",
                   "\tat java.lang.Thread.run(Thread.java:750)"), "PoolBase.java:359"),
    ("java-nested-url", "nested exception is PSQLException: The connection attempt failed. "
     "[url=jdbc:postgresql://10.1.12.1/s?user=u&password=§]\n\tat org.postgresql.core.v3."
     "ConnectionFactoryImpl.openConnectionImpl(ConnectionFactoryImpl.java:354)",
     "ConnectionFactoryImpl.java:354", {"engine": "postgresql",
                                        "nasty": without(CJK, "&#]\"'`")}),
    ("python-frame", 'File "sync.py", line 77, in connect\n    conn = connect(host="h", '
     'password="§")\nOperationalError: (2003, "timed out")', "(2003", {"nasty": NO_DQ}),
    ("python-rows", ("Traceback (most recent call last):", '  File "s.py", line 78, in run',
                     "    db = connect('10.1.12.2', 'u', password='§')",
                     "pymysql.err.OperationalError: (1045"), "(1045",
     {"nasty": without(NO_DQ, "'"), "engine": "mysql"}),
    ("python-locals", "line 79 locals: host='h' passwd='§' retries=3", "retries=3",
     {"nasty": without(NO_DQ, "'")}),
    ("go-panic", "panic: dial root:§@tcp(10.1.12.3:3306)/\n\ngoroutine 1 [running]:\nmain.main()\n"
     "\t/src/main.go:42 +0x1d", "main.go:42", {"engine": "mysql", "nasty": "!$*%,;=/#"}),
    ("node-stack", "MongoServerError: bad auth mongodb://u:§@10.1.12.4/\n    at Connection."
     "onMessage (connection.js:210:15)", "connection.js:210:15",
     {"engine": "mongodb", "nasty": "!$*%,;=/#"}),
    ("dotnet", "System.ArgumentException: Keyword not supported in 'Server=h;Uid=sa;Pwd=§'"
     "\r\n   at System.Data.Common.DbConnectionOptions.Parse line 231", "line 231",
     {"engine": "sqlserver", "nasty": without(CJK, "'\"`")}),
    ("php-args", "#0 db.php(12): PDO->__construct('mysql:host=h', 'u', '§')\n#1 {main}\n  thrown "
     "in db.php on line 12", "on line 12", {"engine": "mysql", "nasty": without(NO_DQ, "'")}),
    ("php-connect", "PHP Warning: mysqli_connect('h', 'root', '§') refused in a.php:13",
     "a.php:13", {"engine": "mysql", "nasty": without(NO_DQ, "'")}),
    ("java-driver-manager", 'DriverManager.getConnection("jdbc:oracle:thin:@h:1521:s", "u", "§") '
     "ORA-01005", "ORA-01005", {"engine": "oracle", "nasty": NO_DQ}),
    ("ruby", "a.rb:14:in `connect': PG.connect(host: 'h', password: '§') (PG::Error)",
     "PG::Error", {"engine": "postgresql", "nasty": without(NO_DQ, "'")}),
    ("oracle-stack", "ORA-06512: at line 3\nORA-20001: link to app/§@orcl7 failed\n"
     "ORA-06512: at line 9", "at line 9", {"engine": "oracle", "nasty": "#$_!*"}),
    ("drs-capturer", "service CAPTURER failed, cause by: Unable to connect: url=jdbc:mysql://"
     "10.1.12.5:3306?useSSL=false&password=§ user=root", "service CAPTURER failed",
     {"engine": "mysql", "nasty": without(CJK, "&#\"'`")}),
    ("drs-event", "apply event=[type=ddl, sql=CREATE USER u IDENTIFIED BY '§', db=mysql] failed: "
     "Operation CREATE USER failed 1396", "1396",
     {"engine": "mysql", "esc": sqlq, "nasty": without(QUO, "\\")}),
], nasty=CJK)

WORDS = ("copied", "rows", "of", "table", "orders", "into", "the", "target", "without", "loss",
         "and", "verified", "their", "count", "again;")


def innocent(size: int) -> str:
    """Exactly so many characters of harmless text, ending in a blank."""
    text = " ".join(WORDS[i % len(WORDS)] for i in range(size // 3 + 2))
    return text[:size - 1].rstrip().ljust(size - 1, ".") + " "


# Lengths of the text in front, so that usual cuts (200, 256, 300, 400, 500, 800, 1000, 1500, 2000,
# 3000, 4000, 5000, 8000, 10000, 16384, 30000, 32768, 65536) fall inside of the secret. The secret
# has the same length in both worlds, so what a cut leaves of the rest is the same too.
EDGES = ((180, "password=§ tail 38"), (284, "passwd: §"), (376, "pwd='§' tail 39"),
         (784, "token=§ tail 40"), (1484, "sk: §"), (2980, "passphrase=§"), (4980, "密码=§"),
         (236, "password=§ tail 41"), (484, 'password="§" tail 42'), (983, "pwd=§"),
         (1950, "password=§ tail 43"), (1984, "token: §"), (1988, '{"password":"§","rc":44}'),
         (3990, "password=§"), (3975, "IDENTIFIED BY '§' REQUIRE SSL"),
         (3960, "mongodb://u:§@10.1.13.1/a"), (3950, "Authorization: Bearer §"),
         (7984, "password=§ tail 45"), (9984, "密码：§ 端口 46"),
         (16366, "sk=§ region=r7"), (29980, "password=§ tail 47"), (29970, "mysql -uroot -p§ s"),
         (29965, "jdbc:mysql://h/s?user=u&password=§&x=1"), (32750, "secret_key=§"),
         (65510, "password=§ tail 48"))
EDGE = tuple(
    form(f"edge.{size}-{i}", "edge", "batch report " + innocent(size - 13) + tail,
         "batch report" if size < 2000 else "", base=ALNUM, length=(48, 48))
    for i, (size, tail) in enumerate(EDGES)) + (
    # Many secrets in one line, and one secret in the midst of a long line.
    form("edge.forty-times", "edge", " ".join(f"n{i}: password=§" for i in range(40)), "n39",
         nasty="!$*%/", length=(20, 20)),
    form("edge.midst", "edge", innocent(1200) + "password=§ " + innocent(1200), "",
         length=(40, 40)),
    form("edge.long-secret", "edge", "access_token=§ rc 49", "rc 49", base=B64URL,
         length=(6000, 6000)),
    form("edge.long-quoted", "edge", 'password="§" rc 50', "rc 50", nasty=" ,;:",
         length=(3000, 3000)),
    form("edge.no-blank-before", "edge", "x" * 1990 + ";password=§", "", length=(48, 48)),
)

FORMS: tuple[RenderOptions, ...] = CHINESE + OTHERS + INVISIBLE + TRACE + EDGE
