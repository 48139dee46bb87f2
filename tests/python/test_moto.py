"""`snapdeck list` against moto: it shows what boto3 sees, in three accounts and three regions."""

from conftest import Aws, inventory, roles

PROD, DR, LAB = ACCOUNTS = ("111111111111", "222222222222", "333333333333")
NAMES = {PROD: "prod", DR: "dr", LAB: "lab"}
REGIONS = ("us-east-1", "eu-west-1", "ap-southeast-2")


def fill(aws, account, region):
    """Instances and clusters, plain and encrypted, manual and automated, copied and shared."""
    rds, kms = aws.client("rds", region), aws.client("kms", region)
    key = kms.create_key(Description=account)["KeyMetadata"]
    kms.create_alias(AliasName="alias/dba", TargetKeyId=key["KeyId"])
    name = NAMES[account]
    for engine, encrypted in (("mysql", {}), ("postgres", {"StorageEncrypted": True, "KmsKeyId": key["Arn"]})):
        database = f"{name}-{engine}"
        rds.create_db_instance(
            DBInstanceIdentifier=database, DBInstanceClass="db.m5.large", Engine=engine, AllocatedStorage=20,
            MasterUsername="dba", MasterUserPassword="not-a-secret", **encrypted)
        tags = [{"Key": "env", "Value": name}]
        rds.create_db_snapshot(DBInstanceIdentifier=database, DBSnapshotIdentifier=f"{database}-a", Tags=tags)
        rds.copy_db_snapshot(SourceDBSnapshotIdentifier=f"{database}-a", TargetDBSnapshotIdentifier=f"{database}-b")
    rds.create_db_cluster(
        DBClusterIdentifier=f"{name}-aurora", Engine="aurora-mysql", MasterUsername="dba", MasterUserPassword="not-a-secret",
        StorageEncrypted=True, KmsKeyId=key["Arn"])
    rds.create_db_cluster_snapshot(DBClusterIdentifier=f"{name}-aurora", DBClusterSnapshotIdentifier=f"{name}-aurora-a")
    others = [other for other in ACCOUNTS if other != account]
    rds.modify_db_snapshot_attribute(
        DBSnapshotIdentifier=f"{name}-mysql-a", AttributeName="restore", ValuesToAdd=[others[0], "987654321098"])
    rds.modify_db_snapshot_attribute(DBSnapshotIdentifier=f"{name}-mysql-b", AttributeName="restore", ValuesToAdd=["all"])
    rds.modify_db_cluster_snapshot_attribute(
        DBClusterSnapshotIdentifier=f"{name}-aurora-a", AttributeName="restore", ValuesToAdd=[others[1]])


def seen_by_boto3(aws, account, region):
    """Every snapshot of a scope by ARN: what it is, and who can read it."""
    rds = aws.client("rds", region)
    seen = {}

    def share(attributes):
        values = next((a["AttributeValues"] for a in attributes if a["AttributeName"] == "restore"), [])
        accounts = sorted(value for value in values if value != "all")
        return ("public" if "all" in values else "shared" if accounts else "private"), accounts

    for kind in ({}, {"SnapshotType": "shared"}):
        for row in (row for page in rds.get_paginator("describe_db_snapshots").paginate(**kind) for row in page["DBSnapshots"]):
            arn, own = row["DBSnapshotArn"], f":{account}:" in row["DBSnapshotArn"]
            name = arn.split(":snapshot:", 1)[1]
            shares = ("n/a", [])
            if own and row["SnapshotType"] == "manual":
                result = rds.describe_db_snapshot_attributes(DBSnapshotIdentifier=name)["DBSnapshotAttributesResult"]
                shares = share(result["DBSnapshotAttributes"])
            seen[arn] = fact("instance", row, name, own, shares, row.get("Encrypted"), row.get("KmsKeyId"))
        pages = rds.get_paginator("describe_db_cluster_snapshots").paginate(**kind)
        for row in (row for page in pages for row in page["DBClusterSnapshots"]):
            arn, own = row["DBClusterSnapshotArn"], f":{account}:" in row["DBClusterSnapshotArn"]
            name = arn.split(":cluster-snapshot:", 1)[1]
            shares = ("n/a", [])
            if own and row["SnapshotType"] == "manual":
                result = rds.describe_db_cluster_snapshot_attributes(DBClusterSnapshotIdentifier=name)
                shares = share(result["DBClusterSnapshotAttributesResult"]["DBClusterSnapshotAttributes"])
            seen[arn] = fact("cluster", row, name, own, shares, row.get("StorageEncrypted"), row.get("KmsKeyId"))
    return seen


def fact(kind, row, name, own, share, encrypted, key):
    kind_of = "automated" if row["SnapshotType"] == "automated" or name.startswith("rds:") else "manual"
    return {
        "id": name, "kind": kind, "engine": row["Engine"], "type": kind_of, "origin": "own" if own else "shared",
        "status": row["Status"], "kms_key_arn": key if encrypted else None, "share": share,
    }


def seen_by_snapdeck(row):
    share = (row["share"]["state"], sorted(row["share"]["accounts"]))
    return {name: row[name] for name in ("id", "kind", "engine", "type", "origin", "status", "kms_key_arn")} | {"share": share}


def test_list_shows_what_boto3_sees(moto, tmp_path):
    base = Aws(moto.url)
    scopes = {}
    assumed = {account: base if account == PROD else base.assume(account) for account in ACCOUNTS}
    # moto's own account is what the test's key leads to; a role acts in the account of its ARN.
    assumed[PROD] = base.assume(PROD)
    for account, aws in assumed.items():
        for region in REGIONS:
            fill(aws, account, region)
    for account, aws in assumed.items():
        for region in REGIONS:
            scopes[account, region] = seen_by_boto3(aws, account, region)

    listed = inventory(
        tmp_path, "--shares", "--config", str(roles(tmp_path, NAMES)), "--region", ",".join(REGIONS), "--endpoint-url", moto.url,
        AWS_ACCESS_KEY_ID="AKIA111111111111AAAA", AWS_SECRET_ACCESS_KEY="secret")

    found = {key: {} for key in scopes}
    for row in listed["snapshots"]:
        found[row["account"], row["region"]][row["arn"]] = seen_by_snapdeck(row)
        assert row["account_name"] == NAMES[row["account"]]
    assert found == scopes
    assert {(s["account"], s["region"]): (s["state"], s["snapshots"]) for s in listed["scopes"]} == {
        key: ("ok", len(rows)) for key, rows in scopes.items()}
    kinds = {(row["origin"], row["kind"]) for row in listed["snapshots"]}
    assert ("shared", "instance") in kinds and ("own", "cluster") in kinds, "the test's own data is worth comparing"
    aliases = {row["kms_key_alias"] for row in listed["snapshots"] if row["encryption"] == "customer" and row["origin"] == "own"}
    assert aliases == {"alias/dba"}
