"""boto3 and the AWS CLI against `snapdeck cloud`: other people's clients say whether its wire is right."""

import json
import os
import subprocess
import sys

import botocore.exceptions
import pytest

from conftest import PATIENCE, ROOT, Aws, environment, inventory
from fleet import DR, PROD, key, key_arn, row

KEY, DR_KEY = key_arn(PROD, "us-east-1", "1"), key_arn(DR, "eu-west-1", "2")

FLEET = {
    "now": "2026-11-24T03:00:00Z",
    "caller": PROD,
    "latency_ms": 0,
    "accounts": {
        PROD: {"name": "prod", "regions": {
            "us-east-1": {
                "DBSnapshots": [row(f"orders-{n:03}") for n in range(250)] + [
                    row("rds:orders-2026-11-20-02-05", SnapshotType="automated"),
                    row("secret", Encrypted=True, KmsKeyId=KEY),
                ],
                "DBClusterSnapshots": [{
                    "DBClusterSnapshotIdentifier": "ledger", "DBClusterIdentifier": "ledger", "Engine": "aurora-mysql",
                    "EngineVersion": "8.0.mysql_aurora.3.08.0", "StorageEncrypted": False, "StorageEncryptionType": "sse-rds",
                    "SnapshotCreateTime": "2026-11-20T02:05:00Z",
                }],
                "Keys": [key(KEY, "alias/dba")],
                "AccountQuotas": [{"AccountQuotaName": "ManualSnapshots", "Used": 251, "Max": 1000}],
            },
            "eu-west-1": {"Faults": [{
                "Operation": "DescribeDBSnapshots", "Code": "AccessDenied", "Status": 403, "Message":
                    "User: arn:aws:iam::111111111111:user/dba is not authorized to perform: rds:DescribeDBSnapshots "
                    "with an explicit deny in a service control policy"}]},
        }},
        DR: {"name": "dr", "regions": {"us-east-1": {}, "eu-west-1": {"Keys": [key(DR_KEY, "alias/dr")]}}},
    },
}


@pytest.fixture
def world(serve):
    """The fleet above, served."""
    return Aws(serve(FLEET))


def refused(code, call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as error:
        call(**arguments)
    assert error.value.response["Error"]["Code"] == code, error.value
    assert error.value.response["ResponseMetadata"]["RequestId"]


def until_available(rds, name):
    """Asks until the copy is there; each question lets the cloud's time pass."""
    for _ in range(2_000):
        found = rds.describe_db_snapshots(DBSnapshotIdentifier=name)["DBSnapshots"][0]
        if found["Status"] == "available":
            return found
    raise AssertionError(f"{name} never became available: {found}")


def test_boto3_lists_and_pages(world):
    rds = world.client("rds")
    for size in (20, 100):
        pages = list(rds.get_paginator("describe_db_snapshots").paginate(PaginationConfig={"PageSize": size}))
        names = [found["DBSnapshotIdentifier"] for page in pages for found in page["DBSnapshots"]]
        assert len(names) == len(set(names)) == 252 and max(len(page["DBSnapshots"]) for page in pages) == size
    refused("InvalidParameterValue", rds.describe_db_snapshots, MaxRecords=19)
    ledger = rds.describe_db_cluster_snapshots()["DBClusterSnapshots"][0]
    assert ledger["StorageEncrypted"] is False and ledger["StorageEncryptionType"] == "sse-rds"
    refused("AccessDenied", world.client("rds", "eu-west-1").describe_db_snapshots)
    assert world.client("sts").get_caller_identity()["Account"] == PROD
    assert {a["AliasName"] for a in world.client("kms").list_aliases()["Aliases"]} >= {"alias/dba"}


def test_boto3_copies_shares_and_deletes_across_accounts(world):
    rds, dr = world.client("rds"), world.assume(DR)
    assert dr.client("sts").get_caller_identity()["Account"] == DR
    arn = "arn:aws:rds:us-east-1:111111111111:snapshot:secret"
    dr_rds = dr.client("rds", "eu-west-1")
    copy = {"SourceDBSnapshotIdentifier": arn, "TargetDBSnapshotIdentifier": "secret-in-dr", "KmsKeyId": DR_KEY}
    refused("DBSnapshotNotFound", dr_rds.copy_db_snapshot, **copy)
    rds.modify_db_snapshot_attribute(DBSnapshotIdentifier="secret", AttributeName="restore", ValuesToAdd=[DR])
    refused("KMSKeyNotAccessibleFault", dr_rds.copy_db_snapshot, **copy)

    kms = world.client("kms")
    policy = json.loads(kms.get_key_policy(KeyId=KEY, PolicyName="default")["Policy"])
    policy["Statement"].append({
        "Sid": "Dr", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{DR}:root"}, "Resource": "*",
        "Action": ["kms:CreateGrant", "kms:DescribeKey", "kms:Decrypt", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"]})
    kms.put_key_policy(KeyId=KEY, PolicyName="default", Policy=json.dumps(policy))
    refused("InvalidParameterValue", dr_rds.copy_db_snapshot, **{k: v for k, v in copy.items() if k != "KmsKeyId"})
    assert dr_rds.copy_db_snapshot(**copy)["DBSnapshot"]["Status"] in ("copying", "available")
    copied = until_available(dr_rds, "secret-in-dr")
    assert copied["KmsKeyId"] == DR_KEY and copied["SourceDBSnapshotIdentifier"] == arn and copied["SnapshotType"] == "manual"

    shared = dr.client("rds").describe_db_snapshots(SnapshotType="shared")["DBSnapshots"]
    assert [found["DBSnapshotIdentifier"] for found in shared] == [arn]
    refused("DBSnapshotAlreadyExists", dr_rds.copy_db_snapshot, **copy)
    dr_rds.delete_db_snapshot(DBSnapshotIdentifier="secret-in-dr")
    refused("DBSnapshotNotFound", dr_rds.describe_db_snapshots, DBSnapshotIdentifier="secret-in-dr")


def test_boto3_gets_the_codes_of_aws_for_what_aws_refuses(world):
    rds = world.client("rds")
    refused("InvalidDBSnapshotState", rds.delete_db_snapshot, DBSnapshotIdentifier="rds:orders-2026-11-20-02-05")
    refused(
        "InvalidParameterValue", rds.modify_db_snapshot_attribute, DBSnapshotIdentifier="rds:orders-2026-11-20-02-05",
        AttributeName="restore", ValuesToAdd=[DR])
    source = "arn:aws:rds:us-east-1:111111111111:snapshot:orders-000"
    for name in ("my--copy", "copy-", "1copy", "my_copy", "rds:copy"):
        refused(
            "InvalidParameterValue", rds.copy_db_snapshot, SourceDBSnapshotIdentifier=source, TargetDBSnapshotIdentifier=name)
    refused(
        "DBSnapshotAlreadyExists", rds.copy_db_snapshot, SourceDBSnapshotIdentifier=source,
        TargetDBSnapshotIdentifier="ORDERS-001")
    refused(
        "SharedSnapshotQuotaExceeded", rds.modify_db_snapshot_attribute, DBSnapshotIdentifier="orders-000",
        AttributeName="restore", ValuesToAdd=[f"{n:012}" for n in range(21)])


def test_the_aws_cli_works_unchanged(world, tmp_path):
    env = environment(
        tmp_path, AWS_ACCESS_KEY_ID="AKIA111111111111AAAA", AWS_SECRET_ACCESS_KEY="secret", AWS_DEFAULT_REGION="us-east-1",
        AWS_PAGER="")
    # RDS in us-east-1 is the one place where this CLI overrules AWS_ENDPOINT_URL, with a host name of long ago.
    endpoint = ["--endpoint-url", world.url]
    command = [sys.executable, "-c", "import sys; from awscli.clidriver import main; sys.exit(main())", *endpoint]

    def aws(*arguments):
        done = subprocess.run([*command, *arguments], env=env, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    listed = aws("rds", "describe-db-snapshots", "--page-size", "50", "--snapshot-type", "manual")["DBSnapshots"]
    assert len(listed) == 251
    aws("rds", "copy-db-snapshot", "--source-db-snapshot-identifier", "orders-000", "--target-db-snapshot-identifier", "by-cli")
    aws("rds", "modify-db-snapshot-attribute", "--db-snapshot-identifier", "orders-001", "--attribute-name", "restore",
        "--values-to-add", DR)
    attributes = aws("rds", "describe-db-snapshot-attributes", "--db-snapshot-identifier", "orders-001")
    assert attributes["DBSnapshotAttributesResult"]["DBSnapshotAttributes"][0]["AttributeValues"] == [DR]
    aws("rds", "delete-db-snapshot", "--db-snapshot-identifier", "orders-002")
    names = {found["DBSnapshotIdentifier"] for found in aws("rds", "describe-db-snapshots")["DBSnapshots"]}
    assert "by-cli" in names and "orders-002" not in names


def test_snapdeck_reads_the_served_cloud_like_any_other(world, tmp_path):
    listed = inventory(
        tmp_path, "--endpoint-url", world.url, "--region", "us-east-1,eu-west-1", expect=(3,),
        AWS_ACCESS_KEY_ID="AKIA111111111111AAAA", AWS_SECRET_ACCESS_KEY="secret")
    scopes = {scope["region"]: scope for scope in listed["scopes"]}
    assert scopes["us-east-1"]["state"] == "ok" and scopes["us-east-1"]["snapshots"] == 253
    failed = scopes["eu-west-1"]["error"]
    assert (failed["class"], failed["action"]) == ("explicit-deny", "rds:DescribeDBSnapshots") and failed["hint"]
    ledger = next(found for found in listed["snapshots"] if found["id"] == "ledger")
    assert ledger["encryption"] == "aws-owned" and ledger["kms_key_arn"] is None


def test_the_demo_keeps_the_contract_and_counts_like_its_fleet(tmp_path):
    listed = inventory(tmp_path, "--demo", "--shares", expect=(3,))
    fleet = json.loads((ROOT / "assets" / "fleet.json").read_text())
    fields = [
        "arn", "id", "kind", "family", "account", "account_name", "region", "engine", "engine_version", "source_db", "type",
        "origin", "status", "progress", "created_at", "data_at", "size_gib", "encryption", "kms_key_arn", "kms_key_alias",
        "share", "option_group", "storage_type", "source_snapshot", "tags"]
    assert all(list(found) == fields for found in listed["snapshots"])
    own = {}
    for found in listed["snapshots"]:
        if found["origin"] == "own":
            own[found["account"], found["region"]] = own.get((found["account"], found["region"]), 0) + 1
    states = {(scope["account"], scope["region"]): scope for scope in listed["scopes"]}
    for account, content in fleet["accounts"].items():
        if "name" not in content:
            continue
        for region, scope in content["regions"].items():
            count = len(scope.get("DBSnapshots", [])) + len(scope.get("DBClusterSnapshots", []))
            if states[account, region]["state"] == "ok":
                assert own.get((account, region), 0) == count, (account, region)
        for region in content.get("regions_disabled", []):
            assert states[account, region]["state"] == "disabled"
    denied = [scope for scope in listed["scopes"] if scope["state"] == "failed"]
    assert denied and all(scope["error"]["class"] and scope["error"]["action"] and scope["error"]["hint"] for scope in denied)
    by_type = {found["encryption"] for found in listed["snapshots"]}
    assert by_type >= {"none", "aws-owned", "aws-managed", "customer"}
    assert {found["share"]["state"] for found in listed["snapshots"]} >= {"private", "shared", "public", "n/a"}
