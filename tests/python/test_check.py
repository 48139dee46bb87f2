"""`snapdeck check share` against moto: the verdict is right, and nothing that changes anything is called."""

import json

import pytest
from conftest import Aws, snapdeck
from made import CRYPTO, allow, customer_key, database, snapshot
from proxy import changes

PROD, DR = "111111111111", "222222222222"


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
        assert changes(called) == []
        return json.loads(out)
    return share


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
        key = customer_key(prod, PROD, *statements)
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
