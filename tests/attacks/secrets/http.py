"""HTTP headers as raw lines and as dumps, cloud keys, and tokens that are known by their form."""
from tests.attacks.secrets.model import (
    ALNUM,
    B64,
    B64URL,
    HEX,
    QUO,
    RenderOptions,
    basic,
    form,
    group,
    pct,
    split_form,
)

TOK = {"base": B64URL, "nasty": ".", "length": (60, 90)}
B60 = {"base": B64, "length": (60, 90)}
SIG = {"base": HEX, "length": (64, 64)}
AKID = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

HEADER = group("http-header", [
    ("basic", "> Authorization: Basic §", "", {"base": B64, "length": (28, 28)}),
    ("basic-of-password", "sent Authorization: Basic § and got 401", "got 401",
     {"esc": basic, "nasty": QUO, "base": ALNUM}),
    ("basic-lower", "< authorization: basic §= (HTTP/2)", "HTTP/2",
     {"base": B64, "length": (27, 27)}),
    ("bearer", "GET /v5/jobs Authorization: Bearer § -> 401", "-> 401", TOK),
    ("bearer-okhttp", "java.lang.IllegalArgumentException: Unexpected char 0x0a at 61 in "
     "Authorization value: Bearer §", "Unexpected char 0x0a", TOK),
    ("bearer-without-key", "upstream refused Bearer § (realm drs7)", "realm drs7", TOK),
    ("digest", 'Authorization: Digest username="u", realm="r7", nonce="9f", uri="/", '
     'response="§", qop=auth', "", {"base": HEX, "length": (32, 32)}),
    ("negotiate", "Authorization: Negotiate § rejected by kdc7", "kdc7", B60),
    ("www-negotiate", "WWW-Authenticate: Negotiate § from 10.1.9.1", "10.1.9.1", B60),
    ("ntlm", "Proxy-Authorization: NTLM § rejected by px7", "px7", B60),
    ("aws4", "Authorization: AWS4-HMAC-SHA256 Credential=AKID7/20260301/cn/s3/aws4_request, "
     "SignedHeaders=host;x-amz-date, Signature=§", "", SIG),
    ("sdk-hmac", "Authorization: SDK-HMAC-SHA256 Access=AKID8, SignedHeaders=content-type;host;"
     "x-sdk-date, Signature=§", "", SIG),
    ("sdk-hmac-access", "Authorization: SDK-HMAC-SHA256 Access=§, SignedHeaders=host, "
     "Signature=00", "", {"base": AKID, "length": (20, 20)}),
    ("obs-v2", "Authorization: OBS AKID9:§= -> SignatureDoesNotMatch", "SignatureDoesNotMatch",
     {"base": B64, "length": (27, 27)}),
    ("aws-v2", "Authorization: AWS AKID10:§= -> 403 Forbidden", "403 Forbidden",
     {"base": B64, "length": (27, 27)}),
    ("unknown-scheme", "Authorization: DrsAgentV2 § -> 403.7", "403.7",
     {"base": B64URL, "length": (40, 60)}),
    ("api-key-scheme", "Authorization: ApiKey §== -> 403.8", "403.8", B60),
    ("token-scheme", "Authorization: Token § -> 403.9", "403.9", SIG),
    ("token-equals", 'Authorization: Token token="§" -> 403.10', "403.10", SIG),
    ("splunk", "Authorization: Splunk § -> 403.11", "403.11", SIG),
    ("bare-value", "http_Protocol: got hdr line: Authorization: §", "got hdr line",
     {"base": B64URL, "length": (40, 60)}),
    ("proxy-basic", "Proxy-Authorization: Basic § -> 407", "407",
     {"base": B64, "length": (28, 28)}),
    ("cookie", "Cookie: sid=§; lang=en-US", "", {"base": B64URL, "length": (32, 48)}),
    ("cookie-second", "Cookie: lang=en-US; JSESSIONID=§", "", {"base": AKID, "length": (32, 32)}),
    ("cookie-unknown-name", "Cookie: _x7=§; theme=dark", "", {"base": B64URL,
                                                             "length": (32, 48)}),
    ("set-cookie", "Set-Cookie: session=§; Path=/; HttpOnly; SameSite=Lax", "",
     {"base": B64URL, "length": (32, 48)}),
    ("set-cookie-encoded", "set-cookie: connect.sid=s%3A§; Path=/; Secure", "",
     {"base": B64, "esc": pct, "length": (60, 70)}),
    ("x-auth-token", "X-Auth-Token: § (request id 7f7)", "request id 7f7", B60),
    ("x-auth-token-tight", "X-Auth-Token:§ request id 7f8", "request id 7f8", B60),
    ("x-auth-token-equals", "headers X-Auth-Token=§ X-Project-Id=p7", "", B60),
    ("x-subject-token", "< X-Subject-Token: §\n< X-Request-Id: 7f9", "7f9", B60),
    ("x-security-token", "X-Security-Token: § X-Sdk-Date: 20260301T000000Z", "20260301T000000Z",
     B60),
    ("x-api-key", "x-api-key: § rate 17/s", "17/s", TOK),
    ("x-metadata-token", "X-Metadata-Token: § from 169.254.169.254", "169.254.169.254", B60),
    ("x-vault-token", "X-Vault-Token: hvs.§ denied by vault7", "vault7", TOK),
    ("x-gitlab", "PRIVATE-TOKEN: glpat-§ denied by git7", "git7", {"base": B64URL,
                                                                 "length": (20, 20)}),
    ("x-consul", "X-Consul-Token: § denied by consul7", "consul7",
     {"base": HEX + "-", "length": (36, 36)}),
    ("wsgi", "environ: {'HTTP_HOST': 'h7', 'HTTP_AUTHORIZATION': 'Basic §'}", "",
     {"base": B64, "length": (28, 28)}),
    ("python-dict", "headers={'X-Auth-Token': '§', 'Accept': '*/*'} status 403", "status 403",
     B60),
    ("python-bytes-list", "h: [(b'authorization', b'Bearer §'), (b'accept', b'*/*')] st 404",
     "st 404", TOK),
    ("python-send", "send: b'GET /v5 HTTP/1.1\\r\\nHost: h8\\r\\nX-Auth-Token: §\\r\\n\\r\\n'", "",
     B60),
    ("go-header", "Header:map[Accept:[*/*] Authorization:[Bearer §] X-Id:[7]] err EOF7", "EOF7",
     TOK),
    ("go-header-q", 'http.Header{"X-Auth-Token":[]string{"§"}, "X-Id":[]string{"7"}} err EOF8',
     "EOF8", B60),
    ("java-map-list", "{X-Auth-Token=[§], Accept=[*/*]} SocketTimeout", "SocketTimeout", B60),
    ("okhttp-log", "--> GET /v5/jobs\nAuthorization: Bearer §\n--> END GET", "END GET", TOK),
    ("resty", "HEADERS:\n        Accept: */*\n Authorization: Basic §\nBODY   :\n", "BODY",
     {"base": B64, "length": (28, 28)}),
    ("json-map", '{"headers":{"Authorization":"Bearer §","Host":"h9"},"rc":7}', '"rc":7', TOK),
    ("json-list", '[{"key":"X-Auth-Token","value":"§"},{"key":"Host","value":"h10"}]', "", B60),
    ("json-array-values", '{"x-auth-token":["§"],"host":["h11"],"rc":8}', '"rc":8', B60),
    ("json-in-string", '{"req":"{\\"Cookie\\":\\"sid=§\\"}","rc":9}', '"rc":9',
     {"base": B64URL, "length": (32, 48)}),
    ("node-raw", "rawHeaders: [ 'Authorization', 'Bearer §', 'Host', 'h12' ]", "", TOK),
    ("curl-trace", "=> Send header, 91 bytes\n0000: GET /v5 HTTP/1.1\n0012: X-Auth-Token: §",
     "Send header", B60),
    ("nginx", 'upstream sent, request: "GET /?access_token=§ HTTP/1.1", host: "h13"', "h13",
     {"base": B64URL, "length": (32, 48)}),
    ("haproxy-capture", "{h14|Mozilla|Bearer §} 503 SC--", "503 SC--", TOK),
    ("grpc-metadata", "metadata: authorization=Bearer §,grpc-timeout=7S UNAVAILABLE",
     "UNAVAILABLE", {"base": B64URL, "length": (60, 90)}),
    ("header-rows", ("> Host: h15", "> Authorization: Bearer §", "> Accept: */*"), "h15", TOK),
], base=B64)

CLOUD = group("cloud-key", [
    ("access-key", "obs client: Access Key: § region cn-north-4", "cn-north-4",
     {"base": AKID, "length": (20, 20)}),
    ("secret-access-key", "obs client: Secret Access Key: § region cn-east-3", "cn-east-3"),
    ("ak-sk", "init obs ak=AKID7 sk=§ endpoint=obs.example.com", "obs.example.com"),
    ("ak-itself", "init obs ak=§ endpoint=obs2.example.com", "obs2.example.com",
     {"base": AKID, "length": (20, 20)}),
    ("ak-sk-json", '{"ak":"AKID8","sk":"§","region":"cn-south-1"}', "cn-south-1"),
    ("ak-sk-slash", "AK/SK: AKID9/§ rejected APIGW.0301", "APIGW.0301"),
    ("ak-sk-colon", "credential AK:AKID10, SK:§, project p7", "p7"),
    ("camel-secret", "ObsClient{accessKeyId=AKID11, secretAccessKey=§, path=/b7}", "/b7"),
    ("secret-key", "SecretKey: § Region: cn-east-4", "cn-east-4"),
    ("aws-env", "AWS_SECRET_ACCESS_KEY=§ AWS_REGION=cn-7", "cn-7", {"base": B64}),
    ("aws-id-itself", "client for AKIA§ denied AccessDenied7", "AccessDenied7",
     {"base": AKID, "length": (16, 16)}),
    ("hw-env", "export HUAWEICLOUD_SDK_SK=§ HUAWEICLOUD_SDK_REGION=r7", "r7"),
    ("hw-env-ak", "HUAWEICLOUD_SDK_AK=§ not found by IAM", "not found by IAM",
     {"base": AKID, "length": (20, 20)}),
    ("terraform", 'provider { access_key = "AKID12" secret_key = "§" region = "r8" }', "r8"),
    ("csv-rows", ("User Name,Access Key Id,Secret Access Key", "drs7,AKID13,§"), ""),
    ("csv-one-row", 'User Name,Access Key Id,Secret Access Key\n"drs8",AKID14,"§"\n', ""),
    ("profile", "[basic]\nak = AKID15\nsk = §\nregion = r9", "r9"),
    ("profile-rows", ("[default]", "aws_access_key_id = AKID16", "aws_secret_access_key = §",
                      "region = r10"), "r10", {"base": B64}),
    ("ecs-metadata", '{"credential":{"access":"AKID17","secret":"§","securitytoken":"gQpj",'
     '"expires_at":"2026-03-01T10:00:00Z"}}', "2026-03-01T10:00:00Z"),
    ("ecs-metadata-token", '{"credential":{"securitytoken":"§","expires_at":"2026-03-02"}}',
     "2026-03-02", {"base": B64, "length": (100, 140)}),
    ("iam-error", "Incorrect IAM authentication information: Get secretKey failed, sk:§, "
     "err:7301", "7301"),
    ("kms", "kms data key plaintext_key=§ key_id=k7", "k7", {"base": HEX, "length": (64, 64)}),
    ("hcloud-profile", '{"profiles":[{"accessKeyId":"AKID18","secretAccessKey":"§",'
     '"region":"r11"}]}', "r11"),
    ("gcp-json", '{"type":"service_account","private_key_id":"§","client_id":"7"}', "",
     {"base": HEX, "length": (40, 40)}),
    ("azure-client", "ClientSecretCredential tenant=t7 client_secret=§ AADSTS7000215",
     "AADSTS7000215", {"base": ALNUM + "~._-", "length": (40, 40)}),
    ("mongodb-kms", '{kmsProviders: {local: {key: "§"}}, keyVaultNamespace: "e.k7"}', "e.k7",
     {"engine": "mongodb", "base": B64, "length": (128, 128)}),
], base=ALNUM, length=(40, 40))


def _jwt(id: str, before: str, after: str, keeps: str) -> RenderOptions:
    """A JSON web token: an innocent header, then the secret payload and signature."""
    def shown(s: str) -> tuple[str, ...]:
        return s[:len(s) // 2], s[len(s) // 2:]

    def render(s: str) -> tuple[str, ...]:
        token = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJ" + ".".join(shown(s))
        return (before + token + after,)

    return RenderOptions(f"token-shape.{id}", "token-shape", "any", render,
                tuple(k for k in keeps.split("|") if k), B64URL, (120, 160), "log", shown)


SHAPE = group("token-shape", [
    ("github", "clone with ghp_§ refused 128", "refused 128", {"length": (36, 36)}),
    ("github-fine", "clone with github_pat_§ refused 129", "refused 129", {"length": (60, 60)}),
    ("github-app", "installation ghs_§ expired", "expired", {"length": (36, 36)}),
    ("gitlab", "runner glpat-§ refused", "refused", {"base": B64URL, "length": (20, 20)}),
    ("slack", "notify xoxb-123456789012-§ channel_not_found", "channel_not_found",
     {"length": (24, 24)}),
    ("slack-hook", "POST https://hooks.slack.com/services/T0007/B0007/§ 404", "404",
     {"length": (24, 24)}),
    ("fernet", "decrypt of gAAAAA§== raised InvalidToken", "InvalidToken",
     {"base": B64URL, "length": (92, 92)}),
    ("cms", "IAM said 401 for MIIF§ (project scope)", "project scope",
     {"base": B64, "length": (400, 500)}),
    ("google", "geocode with AIza§ over quota", "over quota", {"base": B64URL,
                                                              "length": (35, 35)}),
    ("stripe", "charge with sk_live_§ declined", "declined", {"length": (24, 24)}),
    ("npm", "publish with npm_§ E403", "E403", {"length": (36, 36)}),
    ("pypi", "upload with pypi-AgEIcHlwaS5vcmc§ 403", "403", {"base": B64URL,
                                                            "length": (100, 120)}),
    ("vault", "renew hvs.§ permission denied", "permission denied", {"base": B64URL,
                                                                    "length": (90, 96)}),
    ("openai-like", "call with sk-proj-§ 429", "429", {"length": (48, 48)}),
    ("sendgrid", "mail with SG.§ 550", "550", {"base": B64URL, "length": (66, 66)}),
    ("ssh-rsa-inline", "key -----BEGIN OPENSSH PRIVATE KEY-----\\n§\\n-----END OPENSSH PRIVATE "
     "KEY-----\\n bad mode 0644", "0644", {"base": B64, "length": (120, 160)}),
    ("pem-spaces", "-----BEGIN PRIVATE KEY----- § -----END PRIVATE KEY----- unsupported alg 7",
     "unsupported alg 7", {"base": B64, "length": (120, 160)}),
    ("pem-cut", "loading -----BEGIN EC PRIVATE KEY-----\\n§", "loading",
     {"base": B64, "length": (100, 120)}),
    ("pem-json", '{"sslKey":"-----BEGIN RSA PRIVATE KEY-----\\n§\\n-----END RSA PRIVATE KEY-----'
     '\\n","port":3801}', "3801", {"base": B64, "length": (120, 160)}),
    ("mysql-native-hash", "mysql.user row: root | % | *§ | N", "",
     {"engine": "mysql", "base": "0123456789ABCDEF", "length": (40, 40)}),
    ("bcrypt", "row: u7 $2b$12$§ locked", "locked", {"base": ALNUM + "./", "length": (53, 53)}),
    ("argon2", "row: u8 $argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$§ locked", "locked",
     {"base": B64, "length": (43, 43)}),
    ("scram-secret", "pg_authid: app SCRAM-SHA-256$4096:§= connlimit -1", "connlimit",
     {"engine": "postgresql", "base": B64, "length": (68, 68)}),
], base=ALNUM, length=(36, 36)) + (
    _jwt("jwt", "session ", " expired at 10:00", "expired at 10:00"),
    _jwt("jwt-quoted", 'decode("', '") raised ExpiredSignature', "ExpiredSignature"),
    _jwt("jwt-at-end", "cannot verify ", "", "cannot verify"),
    _jwt("jwt-in-path", "GET /sso/", "/callback 400", "400"),
    _jwt("jwt-in-brackets", "principal [", "] not in realm r7", "realm r7"),
)

PEM = (
    split_form("pem.rsa-row-per-line", "pem", (
        "reading server.key", "-----BEGIN RSA PRIVATE KEY-----", "§",
        "-----END RSA PRIVATE KEY-----", "key does not match the certificate"),
        "does not match the certificate", cut=64, length=320),
    split_form("pem.pkcs8-row-per-line", "pem", (
        "-----BEGIN PRIVATE KEY-----", "§", "-----END PRIVATE KEY-----", "handshake failed 42"),
        "handshake failed 42", cut=64, length=256),
    split_form("pem.encrypted-row-per-line", "pem", (
        "-----BEGIN ENCRYPTED PRIVATE KEY-----", "§", "-----END ENCRYPTED PRIVATE KEY-----",
        "bad decrypt 6065064"), "bad decrypt 6065064", cut=64, length=256),
    split_form("pem.legacy-headers", "pem", (
        "-----BEGIN RSA PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED",
        "DEK-Info: AES-256-CBC,00FF", "", "§", "-----END RSA PRIVATE KEY-----",
        "no start line 0906D06C"), "0906D06C", cut=64, length=256),
    split_form("pem.openssh-row-per-line", "pem", (
        "-----BEGIN OPENSSH PRIVATE KEY-----", "§", "-----END OPENSSH PRIVATE KEY-----",
        "error in libcrypto 7"), "libcrypto 7", cut=70, length=350),
    split_form("pem.no-end", "pem", ("dumping key:", "-----BEGIN EC PRIVATE KEY-----", "§"),
               "dumping key", cut=64, length=192),
    split_form("pem.one-row-newlines", "pem", (
        "key: -----BEGIN PRIVATE KEY-----", "§", "-----END PRIVATE KEY-----", "rc 81"), "rc 81",
        cut=64, length=256, one_row="\n"),
    split_form("pem.one-row-escaped", "pem", (
        'cfg {"key":"-----BEGIN PRIVATE KEY-----', "§", '-----END PRIVATE KEY-----","rc":82}'),
        '"rc":82', cut=64, length=256, one_row="\\n"),
    split_form("pem.prefixed-rows", "pem", (
        "stdout | -----BEGIN RSA PRIVATE KEY-----", "stdout | §",
        "stdout | -----END RSA PRIVATE KEY-----", "stdout | rc 83"), "rc 83", cut=64,
        length=256),
    split_form("pem.indented-rows", "pem", (
        "  ssl_key: |", "    -----BEGIN RSA PRIVATE KEY-----", "    §",
        "    -----END RSA PRIVATE KEY-----", "  port: 3802"), "3802", cut=64, length=256),
    split_form("pem.pgp", "pem", (
        "-----BEGIN PGP PRIVATE KEY BLOCK-----", "", "§", "=Zk7Q",
        "-----END PGP PRIVATE KEY BLOCK-----", "gpg rc 84"), "gpg rc 84", cut=64, length=256),
    split_form("pem.ssh2", "pem", (
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----", 'Comment: "drs"', "§",
        "---- END SSH2 ENCRYPTED PRIVATE KEY ----", "import rc 85"), "import rc 85", cut=70,
        length=280),
    split_form("pem.putty", "pem", (
        "PuTTY-User-Key-File-3: ssh-rsa", "Encryption: none", "Comment: drs",
        "Private-Lines: 4", "§", "Private-MAC: 00ff", "load rc 86"), "load rc 86", cut=64,
        length=256),
    form("pem.putty-mac", "pem", "PuTTY-User-Key-File-2: ssh-dss\nPrivate-Lines: 1\n§\n"
         "load rc 87", "load rc 87", base=B64, length=(64, 64)),
)

FORMS: tuple[RenderOptions, ...] = HEADER + CLOUD + SHAPE + PEM
