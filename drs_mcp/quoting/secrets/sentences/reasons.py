"""What a library says of its function whose name ends in `key`: `X509_check_private_key:key values mismatch`.

Sources: OpenSSL's manual (ERR_error_string: `error:code:library:function:reason`) and its header files.
"""

import re
from typing import Final

_AMONG_FIELDS = re.compile(r"\berror:[0-9a-f]{6,8}:[^:\n]{0,60}:\Z")
_FUNCTION = re.compile(
    r"(?:SSL|TLS|X509|EVP|PEM|RSA|DSA|DH|EC|ECDSA|ASN1|BIO|CMS|OCSP|PKCS\d{1,2}|OSSL|ENGINE|CONF|d2i|i2d|ossl|tls|ssl)"
    r"_\w{0,60}[a-z]\w{0,60}"
)
_REASON = re.compile(r"[a-z][a-z0-9/'\-]{0,20}(?: [a-z0-9/'\-]{1,20}){1,8}(?=\s?[:;,.)]|\s|\Z)")
_LONGEST_HEAD: Final = 100


def is_reason(text: str, at: int, name: str, before: str) -> bool:
    """Whether what follows a name and a colon at *at* is why a function of OpenSSL failed.

    Args:
        text: the text.
        at: where it stands.
        name: the name.
        before: what stands before the name.
    """
    if _AMONG_FIELDS.search(before[-_LONGEST_HEAD:].lower()):
        return True
    return _FUNCTION.fullmatch(name) is not None and _REASON.match(text, at) is not None
