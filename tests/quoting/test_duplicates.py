"""The key that SQL Server found twice is hidden in every language of the server; names and bytes that decide stay."""

import pytest

from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.row_values import hide_row_values
from tests.support.slow_texts import seconds_for

VALUES = ("(5, Zhao Yun)", "(<NULL>, x'y)", "(7)", "(a (b), 3)")
# The value stands as §.
FORMS = (
    "違反 PRIMARY KEY 條件約束 'PK_U'。無法在物件 'dbo.U' 中插入重複的索引鍵。重複的索引鍵值是 §。",
    "违反了 PRIMARY KEY 约束“PK_U”。不能在对象“dbo.U”中插入重复键。重复键值为 §。",
    "Violation de la contrainte PRIMARY KEY « PK_U ». Impossible d'insérer une clé en double dans l'objet « dbo.U ». Valeur de clé dupliquée : §.",
    "Violation de la contrainte UNIQUE KEY 'UK_U'. Impossible d'insérer une clé en double dans l'objet 'dbo.U'. La valeur de clé dupliquée est §.",
    "制約 'PK_U' の PRIMARY KEY 違反。オブジェクト 'dbo.U' には重複するキーを挿入できません。重複するキーの値は § です。",
    "Infracción de la restricción PRIMARY KEY 'PK_U'. No se puede insertar una clave duplicada en el objeto 'dbo.U'. El valor de la clave duplicada es §.",
    'Verletzung der PRIMARY KEY-Einschränkung "PK_U". Ein doppelter Schlüssel kann in das dbo.U-Objekt nicht eingefügt werden. Der doppelte Schlüsselwert ist §.',
    "PRIMARY KEY 제약 조건 'PK_U'을(를) 위반했습니다. 개체 'dbo.U'에 중복 키를 삽입할 수 없습니다. 중복 키 값은 §입니다.",
    "Violação da restrição PRIMARY KEY 'PK_U'. Não é possível inserir a chave duplicada no objeto 'dbo.U'. O valor de chave duplicada é §.",
    'Нарушение "PK_U" ограничения PRIMARY KEY. Не удается вставить повторяющийся ключ в объект "dbo.U". Повторяющееся значение ключа: §.',
    'Не удается вставить повторяющуюся строку ключа в объект "dbo.U" с уникальным индексом "IX_U". Повторяющееся значение ключа: §.',
    "Naruszenie ograniczenia PRIMARY KEY „PK_U”. Nie można wstawić duplikatu klucza do obiektu „dbo.U”. Zduplikowana wartość klucza to §.",
    "Brott mot PRIMARY KEY-begränsningen PK_U. Det går inte att infoga dubblettnyckeln i objektet dbo.U. Dubblettnyckelvärdet är §.",
    "Msg 2601: 一意なインデックス 'IX_U' を含むオブジェクト 'dbo.U' には重複するキー行を挿入できません。重複するキーの値は § です。",
    "Violation of PRIMARY KEY constraint 'PK_U'. Cannot insert duplicate key in object 'dbo.U'. The duplicate key value is §.",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("value", VALUES)
def test_the_key_is_hidden_and_every_name_stays(form, value):
    assert redacted(form.replace("§", value)) == form.replace("§", "(?)")


@pytest.mark.parametrize(
    "text",
    [
        "Cannot drop index 'IX_U' on table 'dbo.U'. The operating system error is (5).",
        "索引 'IX_U' 属于 'dbo.U'。包含的列是 (a, b)。",
        "L'index 'IX' de dbo.U. La colonne est (id).",
        "Cannot open 'dbo.U' and 'IX_U'. Reason: (see the log)",
        "表 'dbo.U' 没有 PRIMARY KEY。请先创建主键 (参见文档)。",
        "对象 'dbo.U' 与 'dbo.V' 不同。差异的行数为 (5)。",
        "Tables 'dbo.U' and 'dbo.V' differ. The number of rows is (5).",
    ],
)
def test_what_another_sentence_tells_in_parentheses_stays(text):
    assert redacted(text) == text


@pytest.mark.parametrize(
    "seen", ["0xe9 0x20 0x63", "0xff", "0xe9 0xbe 0x99", "0xf0 0x9f 0x98 0x80"]
)
@pytest.mark.parametrize(
    "form",
    [
        'ERROR: invalid byte sequence for encoding "UTF8": § CONTEXT: COPY users, line 8',
        'ERROR: character with byte sequence § in encoding "UTF8" has no equivalent in encoding "GBK"',
        '无效的 "UTF8" 编码字节顺序: §',
        "ungültige Byte-Sequenz für Kodierung »UTF8«: §",
        "séquence d'octets invalide pour l'encodage « UTF8 » : §",
    ],
)
def test_the_bytes_of_a_letter_are_hidden(form, seen):
    assert redacted(form.replace("§", seen)) == form.replace("§", "?")
    for none in ("0x00", "0xef 0xbb 0xbf", "0xc2 0xa0", "0xe2 0x80 0x8b", "0xef 0xbf 0xbd"):
        assert redacted(form.replace("§", none)) == form.replace("§", none)


@pytest.mark.parametrize(
    "text", ["exit code: 0x05", 'error in "UTF8" conversion, code: 0x80070005']
)
def test_numbers_behind_other_words_stay(text):
    assert redacted(text) == text


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    ["'a' dbo.u. x is (", "。重复键值为 (", "'dbo.U'. der wert ist (5). ", " es (", '"utf8": 0xe9 ', "byte sequence 0xe9 "],
)  # fmt: skip
def test_no_text_takes_long(unit):
    assert seconds_for(hide_row_values, unit, 200_000) < 1.5
