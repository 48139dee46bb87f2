"""The pieces that the tests' own fleets are made of, in AWS's shapes."""

PROD, DR = "111111111111", "222222222222"


def row(name, **more):
    """An instance snapshot of database orders."""
    return {
        "DBSnapshotIdentifier": name, "DBInstanceIdentifier": "orders", "Engine": "mysql", "EngineVersion": "8.0.39",
        "AllocatedStorage": 100, "StorageType": "gp3", "SnapshotCreateTime": "2026-11-20T02:05:00Z",
    } | more


def key(arn, alias, **more):
    """A key with its one alias; what the alias begins with makes it AWS's own or a customer's."""
    return {"KeyMetadata": {"KeyId": arn.rsplit("/", 1)[1], "Arn": arn}, "Aliases": [alias]} | more


def admits(owner, guest):
    """A key policy under which another account can copy what is encrypted."""
    def allow(account, *actions):
        return {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": actions, "Resource": "*"}

    use = ("CreateGrant", "DescribeKey", "Decrypt", "Encrypt", "ReEncrypt*", "GenerateDataKey*")
    return {"Version": "2012-10-17", "Statement": [allow(owner, "kms:*"), allow(guest, *(f"kms:{action}" for action in use))]}


def key_arn(account, region, digit):
    """The ARN of a key whose id is made of one digit."""
    return f"arn:aws:kms:{region}:{account}:key/{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}"
