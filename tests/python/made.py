"""What the tests make in moto, by boto3."""

import json

# What a policy must allow another account besides grants, so that it can copy what is under the key.
CRYPTO = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]


def database(aws, name, **encrypted):
    """A database; moto takes an automated snapshot of it by itself."""
    aws.client("rds").create_db_instance(
        DBInstanceIdentifier=name, DBInstanceClass="db.m5.large", Engine="mysql", AllocatedStorage=20,
        MasterUsername="dba", MasterUserPassword="not-a-secret", **encrypted)


def snapshot(aws, name, **encrypted):
    """A manual snapshot of a database of its own: its ARN."""
    database(aws, f"{name}-db", **encrypted)
    made = aws.client("rds").create_db_snapshot(DBInstanceIdentifier=f"{name}-db", DBSnapshotIdentifier=name)
    return made["DBSnapshot"]["DBSnapshotArn"]


def customer_key(aws, owner, *statements, region="us-east-1"):
    """A key whose owner may do everything, and whose policy says this besides: its ARN."""
    kms = aws.client("kms", region)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    policy = {"Version": "2012-10-17", "Statement": [allow(owner, ["kms:*"]), *statements]}
    kms.put_key_policy(KeyId=key, PolicyName="default", Policy=json.dumps(policy))
    return key


def allow(account, actions):
    """A statement that lets an account do this with the key."""
    principal = {"AWS": f"arn:aws:iam::{account}:root"}
    return {"Sid": f"Of{account}", "Effect": "Allow", "Principal": principal, "Action": actions, "Resource": "*"}
