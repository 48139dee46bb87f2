"""The pieces that the tests' own fleets are made of, in AWS's shapes."""

PROD, DR = "111111111111", "222222222222"


def row(name, **more):
    """An instance snapshot of database orders."""
    return {
        "DBSnapshotIdentifier": name, "DBInstanceIdentifier": "orders", "Engine": "mysql", "EngineVersion": "8.0.39",
        "AllocatedStorage": 100, "StorageType": "gp3", "SnapshotCreateTime": "2026-11-20T02:05:00Z",
    } | more


def key(arn, alias):
    """A key with its one alias; what the alias begins with makes it AWS's own or a customer's."""
    return {"KeyMetadata": {"KeyId": arn.rsplit("/", 1)[1], "Arn": arn}, "Aliases": [alias]}


def key_arn(account, region, digit):
    """The ARN of a key whose id is made of one digit."""
    return f"arn:aws:kms:{region}:{account}:key/{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}"
