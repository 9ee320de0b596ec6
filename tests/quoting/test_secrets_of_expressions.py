"""Secrets that a program or a shell makes where it needs them: calls, defaults, PowerShell's commands."""

import pytest

from drs_mcp.quoting.pages import redacted
from drs_mcp.quoting.secrets import hide_secrets
from tests.support.slow_texts import seconds_for

SECRETS = ("x7Gh2q9", "Ps_w0rd!x", "SecStr_9x", "qwertyui", "a.b-c_d9")

# § stands for the secret; what is shown is the form with *** there.
FORMS = (
    # options that are words, behind a tool whose options of one letter take a password at once
    'Invoke-Sqlcmd -ServerInstance s1\\prod -Username sa -Password "§" -Database crm',
    "Invoke-Sqlcmd -Username sa -Password § -Path C:\\a.sql -Port 1433 -PassThru",
    "invoke-sqlcmd -serverinstance s1 -password '§' -database crm",
    "Invoke-Sqlcmd -Username sa -NewPassword '§' -Query fix.sql",
    "Invoke-Sqlcmd -PASSWORD:§ -Database crm",
    'sqlcmd -Username sa -Passwd "§" -d crm',
    "bcp crm.dbo.u out u.dat -Pwd § -c",
    "isql -Passphrase '§' -v",
    'influx -username u -password "§" -precision rfc3339',
    "SqlPackage.exe /a:Import /tu:sa /tp:§ /tsn:s1",
    "Connect-MySqlServer -Password '§' -Port 3306",
    # ... and the options of one letter themselves
    "sqlcmd -S s1 -U sa -P§ -d crm",
    "Start-DrsCheck: mysql -uroot -p§ shop",
    # what a secure string is made of
    "$pw = ConvertTo-SecureString '§' -AsPlainText -Force; Start-DrsCheck : Access is denied",
    '$password = ConvertTo-SecureString -String "§" -AsPlainText -Force',
    "$x = ConvertTo-SecureString -AsPlainText -Force -String §",
    "$pw = ConvertTo-SecureString § -AsPlainText -Force",
    "Import-PfxCertificate -Password (ConvertTo-SecureString '§' -AsPlainText -Force) -FilePath a",
    "New-Object PSCredential('sa', (ConvertTo-SecureString '§' -AsPlainText -Force))",
    "'§' | ConvertTo-SecureString -AsPlainText -Force",
    '$pw = "§"|convertto-securestring -asplaintext -force',
    "[Net.NetworkCredential]::new('sa', '§')",
    "$secret = Unprotect-String '§' -Scope machine",
    "$pw = [Convert]::FromBase64String('§')",
    '$pw = [System.Text.Encoding]::UTF8.GetString([Convert]::FromBase64String("§"))',
    # the argument of a call
    'password = String::from("§");',
    "password = Digest::MD5.hexdigest('§')",
    'String password = new String(Base64.getDecoder().decode("§"));',
    "password = DBMS_OBFUSCATION_TOOLKIT.MD5(input_string => '§')",
    "password = CONVERT(VARBINARY, N'§')",
    'password = decrypt "§"',
    'password: !vault "§"',
    "password=$(§)",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_hidden_and_what_stands_beside_it_stays(form, secret):
    expected = form.replace("§", "***")
    assert hide_secrets(form.replace("§", secret)) == expected
    assert hide_secrets(expected) == expected


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    "form",
    [
        "'password' => env('DB_PASSWORD', '§'),",
        'password = os.environ.get("DB_PASSWORD", "§")',
        'password = ENV.fetch("DB_PASSWORD", "§")',
        "password = ENV['DB_PASSWORD'] || '§'",
        "password: process.env.PW ?? '§',",
        "password=$(echo § | base64 -d)",
        "PASSWORD=$(printf '%s' '§' | base64 -d) ./run.sh",
    ],
)
def test_so_is_the_default_of_a_variable_and_what_a_command_is_given(form, secret):
    shown = hide_secrets(form.replace("§", secret))
    assert secret not in shown
    assert "***" in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("obsutil -KeyPassword 'x7Gh2q9'", "obsutil -K*** '***'"),
        ("cm_ctl -WalletPassword x7Gh2q9 -x", "cm_ctl -W*** *** -x"),
        ("ossutil -KeyStorePass -x", "ossutil -K*** -x"),
    ],
)
def test_where_an_option_may_be_long_or_short_both_are_hidden(text, shown):
    assert hide_secrets(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "ConvertTo-SecureString : Key not valid for use in specified state.",
        "ConvertTo-SecureString cmdlet failed",
        "ConvertTo-SecureString -AsPlainText is given the password.",
        "$pw = ConvertTo-SecureString -String $plain -AsPlainText -Force",
        '$password = Read-Host -AsSecureString "Enter it"',
        "$password = Get-Secret -Name drs-db -AsPlainText",
        "$pw = Get-Content C:\\drs\\pw.txt | ConvertTo-SecureString",
        "$s = ConvertFrom-SecureString $secure",
        "Connect-MySqlServer -ComputerName h -Credential (Get-Credential)",
        "influx -precision rfc3339 -path-prefix /a -pretty",
    ],
)
def test_a_command_without_a_secret_stays(text):
    assert redacted(text) == text


@pytest.mark.parametrize("secret", ["New-York2024", "Get-It-9x", "Read-Me!7"])
def test_a_password_that_is_written_like_a_command_is_hidden(secret):
    assert hide_secrets(f"password={secret} -h h1") == "password=*** -h h1"


@pytest.mark.costly
@pytest.mark.parametrize(
    "unit",
    ["password=a(", "password=a('x', ", "password=a.b.c ", "password=$(a ", "password=[a]::", "'a' |",
     "password=get-a", "'a' | convertto-securestring ", "convertto-securestring -force ", "='",
     "sqlcmd -P", "Invoke-sqlcmd -PasswordA ", "/tp:", 'password=a || "', "password=decrypt '"],
)  # fmt: skip
def test_none_takes_long(unit):
    assert seconds_for(hide_secrets, unit, 200_000) < 2
