"""What an error led to and must be mended by itself, and an index built over rows that share a key."""

import pytest

from drs_mcp.knowledge.engines.match import meaning_of
from tests.support.diagnosed import diagnose, task

pytestmark = pytest.mark.anyio


def line(level, at, message):
    return {"level": level, "create_time": at, "message": message}


async def failed(link, *errors):
    log = [line("Error", f"@-{90 - 5 * place}m", error) for place, error in enumerate(errors)]
    changed = task("fatal-error", job__base_info__engine_type=link, log=log)
    changed["progress"] = {"progress_info": {"progress": "100"}}
    return await diagnose(changed)


REFUSED = {
    "oracle-to-gaussdbv5": ("CAPTURE", "ORA-01017: invalid username/password; logon denied"),
    "mysql-to-mysql": ("CAPTURE", "Access denied for user 'drs'@'10.0.0.8' (using password: YES)"),
    "sqlserver-to-sqlserver": (
        "CAPTURE",
        "Login failed for user 'drs'. Reason: Password did not match",
    ),
}
LOCKED = {
    "oracle-to-gaussdbv5": "ORA-28000: the account is locked",
    "mysql-to-mysql": "ERROR 3118 (HY000): Access denied for user 'drs'@'10.0.0.8'. Account is locked.",
    "sqlserver-to-sqlserver": "Login failed for user 'drs' because the account is currently locked out.",
}


def told(service, error):
    return f"service {service} failed, cause by: {error}"


@pytest.mark.parametrize("link", REFUSED)
async def test_an_account_that_the_failed_logins_locked_is_to_be_unlocked_too(link):
    service, refused = REFUSED[link]
    found = await failed(link, told(service, refused), *[told(service, LOCKED[link])] * 3)
    first = found.findings[0]
    assert "refuses the login" in first["cause"]
    assert "unlock the account at the source" in first["fix"]
    assert "Correct the task first" in first["fix"]


@pytest.mark.parametrize("link", REFUSED)
async def test_without_a_lock_there_is_nothing_to_unlock(link):
    service, refused = REFUSED[link]
    found = await failed(link, told(service, refused))
    assert "unlock" not in found.findings[0]["fix"]


@pytest.mark.parametrize(
    ("link", "refused", "followed", "cause"),
    [
        (
            "oracle-to-gaussdbv5",
            "ORA-28001: the password has expired",
            LOCKED["oracle-to-gaussdbv5"],
            "password of the account has expired",
        ),
        (
            "mysql-to-mysql",
            REFUSED["mysql-to-mysql"][1],
            "Host '10.0.0.8' is blocked because of many connection errors",
            "refuses the login",
        ),
    ],
)
async def test_a_refusal_of_an_hour_before_is_the_cause_and_not_what_followed_it(
    link, refused, followed, cause
):
    log = [
        line("Error", "@-120m", told("CAPTURE", refused)),
        *[line("Error", f"@-{60 - one}m", told("CAPTURE", followed)) for one in range(9)],
    ]
    found = await diagnose(task("fatal-error", job__base_info__engine_type=link, log=log))
    assert cause in found.findings[0]["cause"]
    assert "first" in found.findings[0]["fix"]
    moved = [log[0], line("Info", "@-90m", "12 rows applied to crm.leads"), *log[1:]]
    found = await diagnose(task("fatal-error", job__base_info__engine_type=link, log=moved))
    assert cause not in found.findings[0]["cause"]


async def test_a_lock_of_the_other_side_is_no_consequence():
    refused = told("CAPTURE", REFUSED["oracle-to-gaussdbv5"][1])
    locked = told("INCREMENT", "FATAL: The account has been locked.")
    found = await failed("oracle-to-gaussdbv5", refused, locked)
    assert "unlock" not in found.findings[0]["fix"]


@pytest.mark.parametrize(
    ("link", "error"),
    [
        (
            "mongodb-to-dds",
            "build index crm.users.mail_1 failed: E11000 duplicate key error collection: crm.users index: mail_1",
        ),
        (
            "mongodb-to-dds",
            "Index build failed: 77: Collection crm.users :: caused by :: E11000 duplicate key error collection: crm.users index: mail_1",
        ),
        (
            "mongodb-to-dds",
            "createIndexes crm.users failed: E11000 duplicate key error collection: crm.users index: mail_1",
        ),
        (
            "mongodb-to-dds",
            "创建索引 mail_1 失败：E11000 duplicate key error collection: crm.users index: mail_1",
        ),
        (
            "mysql-to-mysql",
            "CREATE UNIQUE INDEX uk_mail ON users (mail) failed: Duplicate entry 'a' for key 'users.uk_mail'",
        ),
        (
            "mysql-to-mysql",
            "Duplicate entry 'a' for key 'uk_mail', sql: ALTER TABLE users ADD UNIQUE KEY uk_mail (mail)",
        ),
        (
            "mysql-to-mysql",
            "创建唯一索引 uk_mail 失败：Duplicate entry 'a' for key 'users.uk_mail'",
        ),
        (
            "postgresql-to-postgresql",
            'ERROR: could not create unique index "uk_mail" Detail: Key (mail)=(a) is duplicated.',
        ),
        ("mysql-to-gaussdbv5", 'ERROR: could not create unique index "uk_mail"'),
        ("oracle-to-oracle", "ORA-01452: cannot CREATE UNIQUE INDEX; duplicate keys found"),
    ],
)
def test_an_index_that_cannot_be_built_is_told_by_the_rows_that_share_a_key(link, error):
    fact = meaning_of(f"service DATAMOVE failed, cause by: {error}", link=link)
    assert fact is not None
    assert fact.id.endswith("index-has-duplicates")
    assert "was not empty" not in fact.meaning


@pytest.mark.parametrize(
    ("link", "error"),
    [
        (
            "mongodb-to-dds",
            "insert into crm.users failed: E11000 duplicate key error collection: crm.users index: _id_ dup key",
        ),
        ("mysql-to-mysql", "write table crm.users failed: Duplicate entry '4' for key 'PRIMARY'"),
        ("mysql-to-postgresql", 'duplicate key value violates unique constraint "users_pkey"'),
    ],
)
def test_a_row_that_is_there_already_stays_what_it_is(link, error):
    fact = meaning_of(f"service INCREMENT failed, cause by: {error}", link=link)
    assert fact is not None
    assert fact.id.endswith("duplicate-key")
