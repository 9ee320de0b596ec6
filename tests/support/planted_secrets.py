"""Secrets that tests plant, and everything that could repeat one."""

import logging
import traceback

from drs_mcp.simulator import (
    ACCESS_KEY,
    PASSWORD,
    SECRET_KEY,
    SECURITY_TOKEN,
    TEMPORARY_ACCESS_KEY,
    TEMPORARY_SECRET_KEY,
    TOKEN,
)

WRONG_TOKEN = "MIIplantedWrongToken00000001"
WRONG_PASSWORD = "planted-Wrong#Password"
WRONG_ACCESS_KEY = "PLANTEDWRONGACCESS01"
WRONG_SECRET_KEY = "plantedWrongSecretKey/+=00000000000000001"

PLANTED = (
    TOKEN,
    PASSWORD,
    ACCESS_KEY,
    SECRET_KEY,
    TEMPORARY_ACCESS_KEY[:-2],
    TEMPORARY_SECRET_KEY[:-2],
    SECURITY_TOKEN,
    WRONG_TOKEN,
    WRONG_PASSWORD,
    WRONG_ACCESS_KEY,
    WRONG_SECRET_KEY,
    "demo-token-0",  # what the embedded IAM issues
    "demo-metadata-token-0",
    "planted",  # any other
)


class LogCollector(logging.Handler):
    """Collects every log record as it is, before anything is redacted."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.records = []

    def emit(self, record):
        self.records.append(f"{record.name}: {record.getMessage()} {record.args!r}")
        if record.exc_info:
            self.records.append("".join(traceback.format_exception(*record.exc_info)))


def texts_of(thing):
    """Every text that a thing shows of itself, and of what led to it."""
    yield repr(thing)
    yield str(thing)
    if isinstance(thing, BaseException):
        yield "".join(traceback.format_exception(thing))
        for cause in {thing.__cause__, thing.__context__} - {None}:
            yield from texts_of(cause)
        if isinstance(thing, BaseExceptionGroup):
            for one in thing.exceptions:
                yield from texts_of(one)


def parts_of(connections):
    """The objects that calls are made of, as a debugger or a careless log line would show them."""
    yield connections
    for profile in connections._profiles.values():
        yield profile
        yield profile.settings
        yield profile.iam
        yield profile.transport
        yield profile.transport._auth
        yield profile.credentials
        yield profile.credentials.source
        issued = profile.credentials._issued
        if issued is not None:
            yield issued
            yield issued.credential


def assert_no_secrets(texts):
    """No text repeats a planted secret."""
    for text in texts:
        for secret in PLANTED:
            assert secret not in text, f"{secret[:6]}… is in: {text[:300]}"
