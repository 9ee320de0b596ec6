"""Rows that a sentence tells of, in parentheses, as JSON, as a line of a file or in Base64, are hidden."""

import pytest

from drs_mcp.quoting.pages import redacted

# A row's text stands as §, its number as ¤.
ROWS = (
    # in parentheses
    ("[row=\"(¤, '§', 'x')\"] [table=crm.people]", '[row="(?)"] [table=crm.people]'),
    ("differs: source=(¤,'§','5') target=(¤,'x','5')", "differs: source=(?) target=(?)"),
    ("expected (¤, '§') but was (¤, 'x') in crm.people", "expected (?) but was (?) in crm.people"),
    ("source tuple (¤, §, 5), 3 retries", "source tuple (?), 3 retries"),
    ("源端记录(¤,§,5)，目标端记录(¤,x,5)，表crm.people", "源端记录(?)，目标端记录(?)，表crm.people"),
    ("更新前：（¤，§，5）", "更新前：（?）"),
    ("at pk ¤: ('§', 25) != ('x', 25)", "at pk 70417: (?) != (?)"),
    ("源库=(¤,'§') 目标库=(¤,'x')", "源库=(?) 目标库=(?)"),
    # behind what is wrong with it
    ("record rejected: ¤|§|5", "record rejected: ?"),
    ("跳过行: ¤,§,5", "跳过行: ?"),
    ("parse error in row 17: ¤,§,5", "parse error in row 17: ?"),
    ('row skipped in crm.people: {"id":¤,"name":"§"}', 'row skipped in crm.people: {"id":?,"name":?}'),
    ("could not write document to crm.people: {_id: ¤, name: '§'} (E11000)",
     "could not write document to crm.people: {_id: ?, name: ?} (E11000)"),
    ('跳过的记录（crm.people）：{"id":¤,"name":"§"}', '跳过的记录（crm.people）：{"id":?,"name":?}'),
    ("skipped CSV line 17: ¤;§;5", "skipped CSV line 17: ?"),
    ("line 17 of people.csv is malformed: ¤,§,5", "line 17 of people.csv is malformed: ?"),
    ("第 17 行格式错误：¤,§,5", "第 17 行格式错误：?"),
    # of a trace and of a client
    ('Bind#1 oacdty=01 mxl=32(20) value="§" Bind#2 value=¤ ORA-01013',
     "Bind#1 oacdty=01 mxl=32(20) value=? Bind#2 value=? ORA-01013"),
    ("before id : ¤    update=false name : §    update=false -> after id : ¤    update=true",
     "before id : ?    update=false name : ?    update=false -> after id : ?    update=true"),
    # MySQL and SQL Server in other languages
    ("Doppelter Eintrag '§' für Schlüssel 'uk_mail'", "Doppelter Eintrag ? für Schlüssel 'uk_mail'"),
    ("Duplicata du champ '§' pour la clef 'uk_mail'", "Duplicata du champ ? pour la clef 'uk_mail'"),
    ("Entrada duplicada '§' para la clave 'uk_mail'", "Entrada duplicada ? para la clave 'uk_mail'"),
    ("Entrada '§' duplicada para a chave 'uk_mail'", "Entrada ? duplicada para a chave 'uk_mail'"),
    ("Valore duplicato '§' per la chiave 'uk_mail'", "Valore duplicato ? per la chiave 'uk_mail'"),
    ("Дублирующаяся запись '§' по ключу 'uk_mail'", "Дублирующаяся запись ? по ключу 'uk_mail'"),
    ("'§' は索引 'uk_mail' で重複しています。", "? は索引 'uk_mail' で重複しています。"),
    ("중복된 입력 값 '§': key 'uk_mail'", "중복된 입력 값 ?: key 'uk_mail'"),
    ("Powtórzone wystąpienie '§' dla klucza 'uk_mail'", "Powtórzone wystąpienie ? dla klucza 'uk_mail'"),
    ("Like verdier '§' for nøkkel 'uk_mail'", "Like verdier ? for nøkkel 'uk_mail'"),
    ("Dublett '§' för nyckel 'uk_mail'", "Dublett ? för nyckel 'uk_mail'"),
    ("Dubbele ingang '§' voor zoeksleutel 'uk_mail'", "Dubbele ingang ? voor zoeksleutel 'uk_mail'"),
    ("Zdvojený klíč '§' (číslo klíče 'uk_mail')", "Zdvojený klíč ? (číslo klíče 'uk_mail')"),
    ("Falscher INTEGER-Wert: '§' für Feld `a`.`b`.`c` in Zeile 3",
     "Falscher INTEGER-Wert: ? für Feld `a`.`b`.`c` in Zeile 3"),
    ("Incorrecto INTEGER valor: '§' para columna `a`.`b`.`c` en la fila 3",
     "Incorrecto INTEGER valor: ? para columna `a`.`b`.`c` en la fila 3"),
    ("不正な INTEGER の値が切り捨てられました。: '§'", "不正な INTEGER の値が切り捨てられました。: ?"),
    ("Der Parameterwert '§' befindet sich außerhalb des gültigen Bereichs.",
     "Der Parameterwert ? befindet sich außerhalb des gültigen Bereichs."),
    ("la valeur « § » est en dehors des limites du type integer",
     "la valeur ? est en dehors des limites du type integer"),
    ("Der doppelte Schlüsselwert ist (¤, §).", "Der doppelte Schlüsselwert ist (?)."),
    ("Valeur de clé dupliquée : (¤, §).", "Valeur de clé dupliquée : (?)."),
    ("重複的索引鍵值是 (¤, §)。", "重複的索引鍵值是 (?)。"),
    ("중복 키 값은 (¤, §)입니다.", "중복 키 값은 (?)입니다."),
    ("Повторяющееся значение ключа: (¤, §).", "Повторяющееся значение ключа: (?)."),
    ("Fehler in der SQL-Syntax bei 'NOT NULL DEFAULT '§'' in Zeile 3",
     "Fehler in der SQL-Syntax bei 'NOT NULL DEFAULT ?' in Zeile 3"),
    ("erreur de syntaxe près de '§', ¤)' à la ligne 1", "erreur de syntaxe près de '?' à la ligne 1"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), ROWS)
@pytest.mark.parametrize("value", ["Ingrid Olsen", "张三丰", "Ode-Marie", "Łukasz"])
def test_a_row_that_a_sentence_tells_of_is_hidden(text, shown, value):
    assert redacted(text.replace("§", value).replace("¤", "70417")) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"recordB64":"§","topic":"crm.people"}', '{"recordB64":"?","topic":"crm.people"}'),
        ("dead letter: value (base64) § topic crm.people offset 88121", "dead letter: value (base64) ? topic crm.people offset 88121"),
        ("dead letter payload=§ partition=3", "dead letter payload=? partition=3"),
        ("Base64-encoded payload: §", "Base64-encoded payload: ?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("data", ["eyJuYW1lIjoiSW5ncmlkIn0=", "eyJpZCI6NzA0MTd9"])
def test_a_row_in_base64_is_hidden(text, shown, data):
    assert redacted(text.replace("§", data)) == shown


STAYS = (
    "row 5: columns (id, name) differ, source=(host=10.0.0.1, port=3306)",
    "source (10.0.0.1, 'primary') target (10.0.0.2, 'standby')",
    "record (partition 3, offset 12) could not be read",
    "row count: source=(12) target=(13)",
    'rows copied so far: {"crm.people": 88213, "crm.orders": 5}',
    'row count mismatch in crm.people: {"source": 5, "target": 6}',
    'row skipped by policy, settings: {"mode": 1}',
    "line 17 is invalid: expected 3 fields, got 4",
    "第 17 行错误：缺少列 name",
    "nextToken=eyJpZCI6NTAwMDB9, cert_base64=AAAABBBB, value in base64 encoding failed",
    "Doppelter Name für Schlüssel vorhanden: 'uk_mail'",
    "Daten zu lang für Feld 'name' in Zeile 3",
    "Der Standardwert 'x' wird benutzt",
    "列名 'name' は重複してます。",
)


@pytest.mark.parametrize("text", STAYS)
def test_what_tells_of_no_row_stays(text):
    assert redacted(text) == text
