"""The values in messages of PostgreSQL and SQL Server are hidden in other languages, too; names stay."""

import pytest

from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.row_values import hide_row_values
from tests.support.slow_texts import seconds_for

# The value stands as §.
IN_PARENTHESES = (
    "DÉTAIL: La clé « (name)=(§) » existe déjà.",
    "DETAIL: Schlüssel »(name, born)=(§)« existiert bereits.",
    "DETALLE: Ya existe la llave (lower(name::text))=(§).",
    "DETAIL: キー (name)=(§) はすでに存在します。",
    'ПОДРОБНОСТИ: Ключ "(name)=(§)" уже существует.',
    "DÉTAIL: La ligne en échec contient (§).",
    "DETAIL: Fehlgeschlagene Zeile enthält (§).",
    "DETALLE: La fila que falla contiene (§).",
    "ПОДРОБНОСТИ: Ошибочная строка содержит (§).",
    "DETAIL: 失敗した行は(§)を含みます",
    "源库行: (§) 与目标库不同",
)
IN_QUOTES = (
    "ERREUR: syntaxe en entrée invalide pour le type integer : «§»",
    "FEHLER: ungültige Eingabesyntax für Typ integer: »§«",
    'ОШИБКА: неверный синтаксис для типа integer: "§"',
    'ERROR: 型integerの入力構文が不正です: "§"',
    "ERROR: la sintaxis de entrada no es válida para tipo double precision: «§»",
    "Échec de la conversion de la valeur varchar '§' en type de données int.",
    'Fehler beim Konvertieren des varchar-Werts "§" in den int-Datentyp.',
    "Error al convertir el valor varchar '§' al tipo de datos int.",
    "varchar の値 '§' をデータ型 int に変換できませんでした。",
    'Ошибка преобразования значения varchar "§" в тип данных int.',
    "varchar 값 '§'을(를) 데이터 형식 int(으)로 변환하지 못했습니다.",
    "varchar 值 '§' 轉換成資料類型 int 時，轉換失敗。",
    "テーブル 'd.dbo.U'、列 'N' で切り詰められます。切り捨てられた値: '§'。",
    "tronquées dans la table 'd.dbo.U', colonne 'N'. Valeur tronquée : '§'.",
    'Tabelle "d.dbo.U", Spalte "N" abgeschnitten. Abgeschnittener Wert: "§".',
)


@pytest.mark.parametrize("form", IN_PARENTHESES)
@pytest.mark.parametrize("value", ["Ma Chao", "7, Ma Chao", "o'b (x)"])
def test_a_row_or_a_key_is_hidden(form, value):
    assert redacted(form.replace("§", value)) == form.replace("§", "?")


@pytest.mark.parametrize("form", IN_QUOTES)
@pytest.mark.parametrize("value", ["Ma Chao", "7712", "O'Brien"])
def test_a_value_that_does_not_fit_is_hidden(form, value):
    place = form.index("§")
    assert redacted(form.replace("§", value)) == f"{form[: place - 1]}?{form[place + 2 :]}"


@pytest.mark.parametrize(
    "text",
    [
        "Cannot alter type of column from varchar \"amount\" to int: 'x' exists",
        'The column of type integer: "amount" is missing',
        "mapping numeric 'id' -> bigint, text 'name' -> varchar",
        "字段类型 varchar 'name' 改为 text",
        "类型 int 列 'id' 与 bigint 列 'id' 不一致",
        "Spalte int 'id', bigint 'nr'",
        "Der Wert: 'sql_mode' ist falsch",
        "Le paramètre 'wal_level' a la valeur : 'replica'",
        "パラメータの値: 'replica'",
        "El archivo contiene (3) filas",
        "La table contient (12) colonnes",
        "f(x)=(y)",
        "start failed: Unknown or incorrect time zone: 'UTC'",
    ],
)
def test_names_and_counts_in_such_sentences_stay(text):
    assert redacted(text) == text


def test_a_statement_that_compares_rows_is_read_as_one():
    assert redacted("SELECT a FROM t WHERE (a)=('x') AND (b)=(5)") == (
        "SELECT a FROM t WHERE (a)=(?) AND (b)=(?)"
    )


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    [" (a)=(", ' "(a(b))=(', " ((a", "zeile enthält (", "zeile a ", 'typ integer: "', "typ integer ", "valor int '",
     "'a.b' valeur: '", "int の値 '"],
)  # fmt: skip
def test_no_text_takes_long(unit):
    assert seconds_for(hide_row_values, unit, 200_000) < 1.5
