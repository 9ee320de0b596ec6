"""Secrets in every string field of DRS, through every tool: none is shown, logged or told on."""

import json
from collections import defaultdict

import httpx2

from tests.hostile.planting import STRUCTURAL, Payload, PlantingPlan
from tests.hostile.server_under_test import CALLS, JOB

SECRET = "Qz7hunter2Xy9"
FORMS = (
    f"connect failed: password={SECRET}",
    f"jdbc:mysql://10.0.0.1:3306/db?user=root&password={SECRET}&useSSL=false",
    f"jdbc:oracle:thin:scott/{SECRET}@//10.0.0.1:1521/orcl",
    f"mongodb://admin:{SECRET}@10.0.0.1:8635/admin",
    f"CREATE USER 'a'@'%' IDENTIFIED BY '{SECRET}'",
    f'ALTER USER a IDENTIFIED WITH mysql_native_password BY "{SECRET}"',
    f"SET PASSWORD FOR a = PASSWORD('{SECRET}')",
    f"X-Auth-Token: {SECRET}",
    f"Authorization: Bearer {SECRET}",
    f'{{"db_password": "{SECRET}", "port": 3306}}',
    f"-----BEGIN RSA PRIVATE KEY-----\n{SECRET}\n-----END RSA PRIVATE KEY-----",
    f"pass\u200bword\x1b[0m = {SECRET}",
    f"token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkw.{SECRET}",
    f"got gAAAAA{'B' * 70}{SECRET}",
)
WRITTEN = [Payload("secret", SECRET, form) for form in FORMS]


def is_plantable(place):
    return place[-1] not in STRUCTURAL


def assert_told_nowhere(subject):
    audit = subject.audit.read_text("ascii")
    for text in (*subject.seen.errors, *subject.spans, audit, subject.log.getvalue()):
        at = text.find(SECRET)
        assert at < 0, text[max(at - 200, 0) : at + 50]


def test_secrets_in_all_fields_at_once(run_attack):
    by_field = defaultdict(set)

    async def attack(subject, client):
        for number, (tool, arguments) in enumerate(CALLS.values()):
            for shift in (0, 5):
                plan = subject.planter.plan = PlantingPlan(WRITTEN, is_plantable, number + shift)
                answer = json.dumps(await subject.call(client, tool, arguments))
                at = answer.find(SECRET)
                assert at < 0, (tool, answer[max(at - 200, 0) : at + 50])
                for place, _ in plan.planted:
                    by_field[place].add(tool)

    subject = run_attack("secrets in answers", attack)
    assert subject.seen.answers == 2 * len(CALLS)
    assert len(by_field) > 150
    assert_told_nowhere(subject)


def test_secrets_in_errors_of_drs(run_attack):
    async def attack(subject, client):
        for number, form in enumerate(FORMS):
            body = {"error_code": ("DRS.M00004", form)[number % 2], "error_msg": form}
            answer = httpx2.Response((400, 403, 500)[number % 3], json=body)
            subject.planter.respond = lambda _, answer=answer: answer
            assert await subject.call(client, "get_progress", {"job": JOB}) is None

    subject = run_attack("secrets in errors", attack)
    assert sum("\nDRS said: " in text for text in subject.seen.errors) == len(FORMS)
    assert_told_nowhere(subject)


def test_secrets_in_arguments(run_attack):
    async def attack(subject, client):
        for form in FORMS:
            for tool, arguments in (
                ("list_jobs", {"name": form}),
                ("get_logs", {"job": form}),
                ("get_logs", {"job": JOB, "contains": form}),
                ("get_logs", {"job": JOB, "profile": form}),
                ("get_logs", {"job": JOB, "level": form}),
                ("get_compare_diff", {"job": JOB, "compare_task_id": form}),
                ("get_precheck", {"job": JOB, "query_id": form}),
                ("get_progress", {"job": JOB, form: form}),
            ):
                answer = json.dumps(await subject.call(client, tool, arguments))
                assert SECRET not in answer, (tool, arguments, answer)

    subject = run_attack("secrets in arguments", attack)
    assert subject.seen.errors
    assert_told_nowhere(subject)
