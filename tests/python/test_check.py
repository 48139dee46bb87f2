"""`snapdeck check share` against moto: the verdict is right, and nothing that changes anything is called."""

import http.client
import http.server
import json
import threading
import urllib.parse

import pytest
from conftest import Aws, snapdeck

PROD, DR = "111111111111", "222222222222"
READS = ("Describe", "List", "Get", "AssumeRole")
CRYPTO = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]


class Proxy:
    """Hands every request on to an endpoint, and remembers the operations by their names."""

    def __init__(self, endpoint):
        self.operations = []
        target = urllib.parse.urlsplit(endpoint).netloc
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                proxy.operations.append(operation(self.headers, body))
                upstream = http.client.HTTPConnection(target, timeout=60)
                upstream.request("POST", self.path, body, dict(self.headers))
                answer = upstream.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                self.send_header("content-type", answer.headers.get("content-type", "text/xml"))
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                upstream.close()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def operation(headers, body):
    """The operation of a request: of the JSON protocol by its header, of the query protocol by its parameter."""
    if "x-amz-target" in headers:
        return headers["x-amz-target"].split(".")[1]
    return urllib.parse.parse_qs(body.decode())["Action"][0]


@pytest.fixture
def proxy(moto):
    proxy = Proxy(moto.url)
    yield proxy
    proxy.stop()


@pytest.fixture
def config(tmp_path):
    """Settings with both accounts, each reached by a role."""
    config = tmp_path / "snapdeck.toml"
    config.write_text("".join(
        f'[[accounts]]\nname = "{name}"\nrole_arn = "arn:aws:iam::{account}:role/snapdeck"\n'
        for name, account in (("prod", PROD), ("dr", DR))))
    return config


@pytest.fixture
def prod(moto):
    return Aws(moto.url).assume(PROD)


@pytest.fixture
def share(proxy, config, tmp_path):
    """Checks a share with dr over the proxy: the exit status's verdict, and the findings by rule."""
    def share(snapshot, expect):
        before = len(proxy.operations)
        out, _ = snapdeck(
            tmp_path, "check", "share", "--snapshot", snapshot, "--with", DR, "--format", "json",
            "--config", str(config), "--region", "us-east-1", "--endpoint-url", proxy.url, expect=(expect,),
            AWS_ACCESS_KEY_ID="AKIA111111111111AAAA", AWS_SECRET_ACCESS_KEY="secret")
        called = proxy.operations[before:]
        assert called, "it asks over the proxy"
        assert [name for name in called if not name.startswith(READS)] == []
        return json.loads(out)
    return share


def database(prod, name, **encrypted):
    prod.client("rds").create_db_instance(
        DBInstanceIdentifier=name, DBInstanceClass="db.m5.large", Engine="mysql", AllocatedStorage=20,
        MasterUsername="dba", MasterUserPassword="not-a-secret", **encrypted)


def snapshot(prod, name, **encrypted):
    """A manual snapshot: its ARN."""
    database(prod, f"{name}-db", **encrypted)
    made = prod.client("rds").create_db_snapshot(DBInstanceIdentifier=f"{name}-db", DBSnapshotIdentifier=name)
    return made["DBSnapshot"]["DBSnapshotArn"]


def customer_key(prod, *statements):
    """A key whose owner may do everything, and whose policy says this besides."""
    kms = prod.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    owner = allow(PROD, ["kms:*"])
    policy = {"Version": "2012-10-17", "Statement": [owner, *statements]}
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(policy))
    return key


def allow(account, actions):
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    return {"Sid": f"Of{account}", "Effect": "Allow", "Principal": principal, "Action": actions, "Resource": "*"}


def rules(verdict, severity):
    return {finding["rule"] for finding in verdict["findings"] if finding["severity"] == severity}


def test_an_automated_snapshot_cannot_be_shared(prod, share):
    database(prod, "orders")
    rows = prod.client("rds").describe_db_snapshots(SnapshotType="automated")["DBSnapshots"]
    verdict = share(rows[0]["DBSnapshotArn"], expect=4)
    assert verdict["verdict"] == "blocked" and "SHARE-01" in rules(verdict, "error")


def test_a_snapshot_under_the_default_key_cannot_be_shared(prod, share):
    default = prod.client("kms").describe_key(KeyId="alias/aws/rds")["KeyMetadata"]["Arn"]
    verdict = share(snapshot(prod, "orders", StorageEncrypted=True, KmsKeyId=default), expect=4)
    assert verdict["verdict"] == "blocked" and "SHARE-06" in rules(verdict, "error")


def test_a_customer_key_decides_by_its_policy(prod, share):
    for name, statements, expect in (
        ("shut", [], 4),
        ("crypto", [allow(DR, CRYPTO)], 4),
        ("open", [allow(DR, [*CRYPTO, "kms:CreateGrant"])], 0),
    ):
        key = customer_key(prod, *statements)
        verdict = share(snapshot(prod, name, StorageEncrypted=True, KmsKeyId=key), expect)
        assert ("SHARE-08" in rules(verdict, "error")) == (expect == 4), verdict
        assert verdict["facts"]["missing"] == [], verdict
        assert (verdict["verdict"] == "blocked") == (expect == 4)


def test_a_plain_name_is_looked_for_in_both_accounts(prod, share):
    snapshot(prod, "orders")
    assert share("orders", expect=0)["verdict"] == "allowed"


def test_the_proxy_would_see_a_change(prod, proxy):
    snapshot(prod, "orders")
    through = Aws(proxy.url).assume(PROD).client("rds")
    through.modify_db_snapshot_attribute(DBSnapshotIdentifier="orders", AttributeName="restore", ValuesToAdd=[DR])
    assert proxy.operations == ["AssumeRole", "ModifyDBSnapshotAttribute"]
