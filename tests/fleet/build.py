#!/usr/bin/env python3
"""Prints the built-in fleet: `python3 tests/fleet/build.py > assets/fleet.json`.

A company in the middle of an incident, at 2026-11-24 03:00 UTC. Table `orders` of database
`orders-prod` (prod, us-east-1) was dropped at 02:31. Hours before, the migration to an encrypted
instance left `orders-prod-before-migration` behind: unencrypted, and public since 00:12.

The same input gives the same bytes: every identifier is a hash of a name, never of an order, so that
adding a database moves no other line. Objects have the shapes that the AWS CLI prints.

What is where, by name (account region):

| to look at                                     | snapshot or resource                                                  |
|------------------------------------------------|-----------------------------------------------------------------------|
| the database that lost a table                 | orders-prod (prod us-east-1), rds:orders-prod-2026-11-24-02-05        |
| public by mistake, unencrypted                 | orders-prod-before-migration (prod us-east-1)                         |
| public on purpose                              | opendata-cities (lab us-east-1), opendata-aurora (lab us-east-1)      |
| 1 `sse-rds` is not unencrypted                 | ledger-aurora-final (prod eu-west-1)                                  |
| 2 encrypt on copy: instance yes, cluster no    | wiki-before-upgrade (instance), catalog-aurora-plain (cluster)        |
| 3 shared encrypted: cluster restores, instance must be copied | partner-aurora-export, partner-feed-weekly (partner us-east-1) |
| 4 other region and other account in one copy   | users-shared-from-dr (dr us-east-1)                                   |
| 5 multi-Region key with a replica              | payments-mrk-nightly (prod us-east-1; replica in eu-west-1)           |
| 5 unencrypted crosses regions without a key    | wiki-before-upgrade                                                   |
| 6 default key cannot be shared                 | billing-default-key (manual), rds:orders-prod-2026-11-24-02-05        |
| 7 key policy without CreateGrant for dr        | crm-quarterly (alias/crm)                                             |
|   one role of dr only; explicit deny; EC2 only | hr-role-only (alias/hr), finance-explicit-deny, analytics-ec2-only    |
|   dr by a grant; dr fully                      | audit-by-grant (alias/audit), orders-prod-2026-11-24 (alias/dba)      |
| 8 TDE, Oracle and SQL Server                   | erp-oracle-tde, risk-sqlserver-tde (prod us-east-1)                   |
| 8 Oracle Timezone; an option that is harmless  | warehouse-timezone (prod eu-west-1), intranet-backup-restore          |
| 8 shared, needs an option group of the copier  | partner-oracle-timezone (partner us-east-1)                           |
| 9 Multi-AZ DB cluster, Multi-AZ instance       | sessions-maz-before-upgrade, metrics-maz-final; orders-prod           |
| 10 five cluster copies run into one region     | aurora-move-1 .. aurora-move-5 (dr eu-central-1)                      |
| 10 manual quota all but used, backups beside   | lab eu-central-1                                                      |
| 11 255 characters; names unlike in the middle  | quarterly-archive-...-end; reporting-warehouse-{emea,amer,apac}-...   |
| 12 reserved and hostile tags                   | tags-reserved-cloudformation, tags-bidi-and-escape, tags-japanese     |
| 13 no pre-signed URL outside GovCloud          | any two regions, as in 4                                              |
| 14 export: unencrypted automated; magnetic; Oracle | rds:wiki-2026-11-24-01-25, forum-magnetic, erp-oracle-tde         |
| 15 Aurora: old version, aurora-iopt1           | checkout-aurora-iopt1; Extended Support: legacy-crm-last (mysql 5.7)  |
| copies: running, queued, creating, failed      | orders-prod-dr-2026-11-24, orders-prod-dr-weekly (dr eu-west-1), inventory-creating, shipping-failed |
| keys: disabled, pending deletion or import     | loyalty-key-disabled, loyalty-key-pending-deletion (prod us-west-2), imports-key-pending (prod us-east-1) |
| shares: 19, 20, dr and a stranger              | distribution-19, distribution-20, orders-prod-2026-11-24              |
| copy whose data is two years old               | invoices-2024-copied-yesterday (prod us-east-1)                       |
| a database that is gone                        | legacy-crm (prod us-east-1): legacy-crm-last, legacy-crm-2024-final   |
| RDS Custom, Db2                                | planning-custom-baseline, mes-custom-baseline (prod us-west-2), bankcore-before-patch (prod eu-central-1) |
| Neptune, DocumentDB                            | graph-neptune-weekly, docs-documentdb-weekly (prod us-east-1)         |
| AWS Backup, a key shared by the owner only     | awsbackup:job-7f3a... (prod us-east-1), partner-closed-key (partner)  |
| denied, slow, empty, not enabled               | vault eu-west-1, lab us-west-2, vault ap-east-1, prod and dr ap-east-1 |
"""

import hashlib
import json
from datetime import datetime, timedelta, timezone

NOW = datetime(2026, 11, 24, 3, 0, 0, tzinfo=timezone.utc)
PROD, DR, LAB, VAULT, PARTNER = "111111111111", "222222222222", "333333333333", "444444444444", "987654321098"
STRANGER = "987654321098"
NAMES = {PROD: "prod", DR: "dr", LAB: "lab", VAULT: "vault"}
USE1, USW2, EUW1, EUC1, APSE2, APE1 = (
    "us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2", "ap-east-1")
REGIONS = (USE1, USW2, EUW1, EUC1, APSE2, APE1)
LISTS = ("DBSnapshots", "DBClusterSnapshots", "Keys", "OptionGroups", "DBParameterGroups", "DBInstances", "DBClusters",
         "DBInstanceAutomatedBackups", "DBClusterAutomatedBackups", "DBSubnetGroups", "ExportTasks", "AccountQuotas",
         "Faults")


def digest(*words):
    return hashlib.sha256(("snapdeck " + " ".join(str(word) for word in words)).encode()).hexdigest()


def number(limit, *words):
    return int(digest(*words)[:12], 16) % limit


def uuid(*words):
    text = digest(*words)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-a{text[17:20]}-{text[20:32]}"


def resource_id(prefix, *words):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    value = int(digest(*words), 16)
    return prefix + "".join(alphabet[(value >> (5 * place)) & 31] for place in range(26))


def stamp(when, *words):
    """A time as the AWS CLI prints it, with milliseconds that belong to the name."""
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{number(1000, when, *words):03d}000+00:00"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


# --- the regions being filled ---------------------------------------------------------------------

FLEET = {account: {} for account in (PROD, DR, LAB, VAULT, PARTNER)}


def scope(account, region):
    return FLEET[account].setdefault(region, {name: [] for name in LISTS} | {"SnapshotAttributes": {}})


def snapshot_arn(account, region, name, kind="snapshot"):
    return f"arn:aws:rds:{region}:{account}:{kind}:{name}"


# --- keys -----------------------------------------------------------------------------------------

KEYS = {}


def key_arn(account, region, alias):
    return KEYS[account, region, alias]


def key(account, region, alias, description, policy=None, grants=(), mrk=None, primary=None, replicas=(), **over):
    identifier = mrk or uuid("key", account, region, alias)
    arn = f"arn:aws:kms:{region}:{account}:key/{identifier}"
    KEYS[account, region, alias] = arn
    made = at("2021-03-01T08:00:00") + timedelta(hours=number(24000, "made", arn))
    metadata = {
        "AWSAccountId": account, "KeyId": identifier, "Arn": arn, "CreationDate": stamp(made, arn), "Enabled": True,
        "Description": description, "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": "Enabled", "Origin": "AWS_KMS",
        "KeyManager": "CUSTOMER", "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT", "KeySpec": "SYMMETRIC_DEFAULT",
        "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"], "MultiRegion": mrk is not None}
    if mrk:
        home = primary or region
        metadata["MultiRegionConfiguration"] = {
            "MultiRegionKeyType": "REPLICA" if primary else "PRIMARY",
            "PrimaryKey": {"Arn": f"arn:aws:kms:{home}:{account}:key/{mrk}", "Region": home},
            "ReplicaKeys": [{"Arn": f"arn:aws:kms:{away}:{account}:key/{mrk}", "Region": away} for away in replicas]}
    metadata |= over
    metadata["Enabled"] = metadata["KeyState"] == "Enabled"
    statements = policy or [root(account)]
    made_grants = [{
        "KeyId": arn, "GrantId": digest("grant", arn, grantee)[:64], "Name": name, "CreationDate": stamp(made, grantee),
        "GranteePrincipal": grantee, "IssuingAccount": f"arn:aws:iam::{account}:root", "Operations": operations}
        for name, grantee, operations in grants]
    scope(account, region)["Keys"].append({
        "KeyMetadata": metadata, "Aliases": [f"alias/{alias}"],
        "Policy": {"Version": "2012-10-17", "Id": "key-policy-1", "Statement": statements}, "Grants": made_grants})


def allow(sid, principal, actions, condition=None, effect="Allow"):
    statement = {"Sid": sid, "Effect": effect, "Principal": principal if principal == "*" else {"AWS": principal},
                 "Action": actions, "Resource": "*"}
    return statement | ({"Condition": condition} if condition else {})


def account_root(account):
    return f"arn:aws:iam::{account}:root"


def root(account):
    return allow("Enable IAM User Permissions", account_root(account), "kms:*")


CRYPTO = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]


def admits(name, principal):
    """The two statements that the KMS console adds for another account."""
    return [
        allow(f"AllowUseBy{name}", principal, ["kms:CreateGrant", *CRYPTO]),
        allow(f"AllowGrantsForAwsServicesBy{name}", principal, ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
              {"Bool": {"kms:GrantIsForAWSResource": "true"}})]


def default_key(account, region):
    use = allow("Allow access through RDS for all principals in the account that are authorized to use RDS", "*",
                [*CRYPTO[:4], "kms:CreateGrant", "kms:ListGrants", "kms:DescribeKey"],
                {"StringEquals": {"kms:CallerAccount": account, "kms:ViaService": f"rds.{region}.amazonaws.com"}})
    see = allow("Allow direct access to key metadata to the account", account_root(account),
                ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"])
    key(account, region, "aws/rds", "Default key that protects my RDS database volumes when no other key is defined",
        [use, see], KeyManager="AWS")


MRK = "mrk-" + digest("payments-mrk")[:32]
dr_root, prod_root = account_root(DR), account_root(PROD)

for account in (PROD, DR, LAB, VAULT):
    for region in REGIONS[:5]:
        default_key(account, region)
default_key(LAB, APE1)
for region in REGIONS[:5]:
    key(PROD, region, "dba", "DBA team: database snapshots", [root(PROD), *admits("Dr", dr_root)])
    key(DR, region, "dr", "Disaster recovery", [root(DR), *admits("Prod", prod_root)])
    key(LAB, region, "lab", "Lab databases")
    key(VAULT, region, "vault", "Write-once backups", [root(VAULT), *admits("Prod", prod_root)])
key(LAB, APE1, "lab", "Lab databases")
key(PROD, USE1, "vault", "AWS Backup vault in this account")
key(PROD, USE1, "crm", "CRM: lets dr use it, but make no grants", [root(PROD), allow("Dr", dr_root, CRYPTO)])
key(PROD, USE1, "hr", "HR: one role of dr only",
    [root(PROD), *admits("DrBackupRole", f"arn:aws:iam::{DR}:role/Backup")])
key(PROD, USE1, "finance", "Finance: nobody outside, whatever else is allowed",
    [root(PROD), *admits("Dr", dr_root),
     allow("NobodyOutside", "*", "kms:*", {"StringNotEquals": {"aws:PrincipalAccount": PROD}}, "Deny")])
key(PROD, USE1, "analytics", "Analytics: for volumes of EC2",
    [root(PROD), allow("DrThroughEc2", dr_root, ["kms:CreateGrant", *CRYPTO],
                       {"StringEquals": {"kms:ViaService": f"ec2.{USE1}.amazonaws.com"}})])
key(PROD, USE1, "audit", "Audit: dr is let in by a grant",
    grants=[("dr-audit", dr_root, ["CreateGrant", "Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey",
                                   "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo"])])
key(PROD, USE1, "payments-mrk", "Payments, in two regions", [root(PROD), *admits("Dr", dr_root)], mrk=MRK,
    replicas=(EUW1,))
key(PROD, EUW1, "payments-mrk", "Payments, in two regions", [root(PROD), *admits("Dr", dr_root)], mrk=MRK,
    primary=USE1, replicas=(EUW1,))
key(PROD, USE1, "imports", "Imported key material, expired and deleted", Origin="EXTERNAL", KeyState="PendingImport")
key(PROD, USE1, "sign-jwt", "Signs tokens: not for databases", KeySpec="RSA_2048", CustomerMasterKeySpec="RSA_2048",
    KeyUsage="SIGN_VERIFY")
key(PROD, USW2, "loyalty-2023", "Switched off after the audit", KeyState="Disabled")
key(PROD, USW2, "loyalty-2022", "Scheduled for deletion", KeyState="PendingDeletion",
    DeletionDate=stamp(NOW + timedelta(days=6), "loyalty-2022"))
key(PARTNER, USE1, "partner", "Shared with our customers", [root(PARTNER), *admits("Prod", prod_root)])
key(PARTNER, USE1, "partner-closed", "Internal")

# --- option groups, parameter groups, subnets -----------------------------------------------------

FAMILIES = {
    "mysql": lambda version: "mysql" + major("mysql", version),
    "mariadb": lambda version: "mariadb" + major("mariadb", version),
    "postgres": lambda version: "postgres" + major("postgres", version),
    "aurora-mysql": lambda version: "aurora-mysql8.0",
    "aurora-postgresql": lambda version: "aurora-postgresql" + version.split(".")[0],
    "neptune": lambda version: "neptune1.3", "docdb": lambda version: "docdb5.0",
}
PORTS = {"mysql": 3306, "mariadb": 3306, "postgres": 5432, "oracle": 1521, "sqlserver": 1433, "db2": 50000,
         "aurora-mysql": 3306, "aurora-postgresql": 5432, "neptune": 8182, "docdb": 27017}
LICENSES = {"postgres": "postgresql-license", "aurora-postgresql": "postgresql-license", "oracle": "bring-your-own-license",
            "sqlserver": "license-included", "db2": "bring-your-own-license", "neptune": "amazon-license",
            "docdb": "na"}
CLUSTERED = ("aurora-mysql", "aurora-postgresql", "neptune", "docdb")


def root_engine(engine):
    engine = engine.removeprefix("custom-")
    return engine if engine.startswith("aurora") else engine.split("-")[0]


def major(engine, version):
    parts = version.split(".")
    return parts[0] if root_engine(engine) in ("postgres", "oracle") else ".".join(parts[:2])


def default_option_group(engine, version):
    return f"default:{engine}-{major(engine, version).replace('.', '-')}"


def family(engine, version):
    return FAMILIES[engine](version) if engine in FAMILIES else f"{engine}-{major(engine, version)}"


def option_group(account, region, name, engine, version, text, *options):
    groups = scope(account, region)["OptionGroups"]
    if any(group["OptionGroupName"] == name for group in groups):
        return
    groups.append({
        "OptionGroupName": name, "OptionGroupDescription": text, "EngineName": engine, "MajorEngineVersion": version,
        "Options": [{"OptionName": option, "OptionDescription": words, "Persistent": persistent, "Permanent": permanent,
                     "OptionSettings": [], "DBSecurityGroupMemberships": [], "VpcSecurityGroupMemberships": []}
                    for option, words, persistent, permanent in options],
        "AllowsVpcAndNonVpcInstanceMemberships": True,
        "OptionGroupArn": f"arn:aws:rds:{region}:{account}:og:{name}"})


TDE_ORACLE = ("TDE", "Oracle Advanced Security - Transparent Data Encryption", True, True)
TDE_SQLSERVER = ("TDE", "SQL Server Transparent Data Encryption", True, False)
TIMEZONE = ("Timezone", "Change time zone", True, True)
BACKUP_RESTORE = ("SQLSERVER_BACKUP_RESTORE", "SQL Server backup and restore", False, False)
AUDIT = ("MARIADB_AUDIT_PLUGIN", "MariaDB audit plugin", False, False)
for account, region in ((PROD, USE1), (PROD, EUW1), (DR, EUW1)):
    option_group(account, region, "erp-tde", "oracle-ee", "19", "ERP: data encrypted by Oracle", TDE_ORACLE)
option_group(PROD, USE1, "risk-tde", "sqlserver-ee", "15.00", "Risk: data encrypted by SQL Server", TDE_SQLSERVER)
option_group(PROD, USE1, "intranet-native", "sqlserver-se", "16.00", "Intranet: native backups", BACKUP_RESTORE)
option_group(PROD, USE1, "billing-audit", "mysql", "8.0", "Billing: audited", AUDIT)
option_group(PROD, EUW1, "warehouse-tz", "oracle-se2", "19", "Warehouse: Europe/Berlin", TIMEZONE)
option_group(PROD, USE1, "feed-tz", "oracle-se2", "19", "For copies of the partner's feed", TIMEZONE)
option_group(PARTNER, USE1, "partner-tz", "oracle-se2", "19", "Europe/Zurich", TIMEZONE)


def parameter_group(account, region, name, group_family, text):
    groups = scope(account, region)["DBParameterGroups"]
    if all(group["DBParameterGroupName"] != name for group in groups):
        groups.append({"DBParameterGroupName": name, "DBParameterGroupFamily": group_family, "Description": text,
                       "DBParameterGroupArn": f"arn:aws:rds:{region}:{account}:pg:{name}"})


def vpc(account, region):
    return "vpc-0" + digest("vpc", account, region)[:16]


def security_groups(account, region):
    return [{"VpcSecurityGroupId": "sg-0" + digest("sg", account, region)[:16], "Status": "active"}]


def subnet_group(account, region):
    return {
        "DBSubnetGroupName": f"{NAMES.get(account, 'main')}-private", "DBSubnetGroupDescription": "Private subnets",
        "VpcId": vpc(account, region), "SubnetGroupStatus": "Complete",
        "Subnets": [{"SubnetIdentifier": "subnet-0" + digest("subnet", account, region, zone)[:16],
                     "SubnetAvailabilityZone": {"Name": region + zone}, "SubnetOutpost": {}, "SubnetStatus": "Active"}
                    for zone in "abc"],
        "DBSubnetGroupArn": f"arn:aws:rds:{region}:{account}:subgrp:{NAMES.get(account, 'main')}-private",
        "SupportedNetworkTypes": ["IPV4"]}


for account in NAMES:
    for region in REGIONS[:5]:
        scope(account, region)["DBSubnetGroups"].append(subnet_group(account, region))

# --- databases ------------------------------------------------------------------------------------


class Database:
    """A database as its snapshots remember it; a living one is also an instance or a cluster."""

    def __init__(self, account, region, name, engine, version, gib, alias, window="02:10", days=10, kind="instance",
                 options=None, storage=None, encryption=None, since=None, tags=None, multi_az=False, living=True):
        self.account, self.region, self.name, self.engine, self.version = account, region, name, engine, version
        self.gib, self.alias, self.window, self.days, self.kind = gib, alias, window, days, kind
        self.storage = storage or (("aurora" if engine in CLUSTERED else "io1") if kind == "cluster" else "gp3")
        self.options = options or default_option_group(engine, version)
        self.encryption = encryption or ("sse-kms" if alias else "none")
        self.multi_az, self.living = multi_az, living
        self.created = at(since) if since else at("2022-02-01T09:00:00") + timedelta(hours=number(30000, "since", name))
        self.resource = resource_id("db-" if kind == "instance" else "cluster-", account, region, name, since)
        self.tags = [{"Key": "env", "Value": NAMES.get(account, "partner")},
                     {"Key": "team", "Value": TEAMS[number(len(TEAMS), name)]}] if tags is None else tags

    @property
    def port(self):
        return PORTS[root_engine(self.engine)]

    @property
    def license(self):
        if self.engine.startswith("custom-oracle"):
            return "bring-your-own-license"
        return LICENSES.get(root_engine(self.engine), "general-public-license")

    @property
    def key(self):
        return key_arn(self.account, self.region, self.alias) if self.alias else None

    def snapshot(self, name, when, type="manual", region=None, account=None, alias=None, tags=None, data=None,
                 share=None, key=None, **over):
        """One snapshot of this database, in its own scope or as a copy in another one."""
        account, region = account or self.account, region or self.region
        used_key = key or (key_arn(account, region, alias) if alias else self.key)
        encryption = "sse-kms" if used_key else self.encryption
        build = self._instance_snapshot if self.kind == "instance" else self._cluster_snapshot
        row = build(name, when, data or when, type, region, account, used_key, encryption)
        # AWS reports the type of encryption since February 2026; older answers only have the boolean.
        if self.kind == "instance" and when < at("2026-02-18T00:00:00"):
            del row["StorageEncryptionType"]
        row["TagList"] = self.tags if tags is None else tags
        row |= over
        rows = "DBSnapshots" if self.kind == "instance" else "DBClusterSnapshots"
        scope(account, region)[rows].append({field: value for field, value in row.items() if value is not None})
        if share:
            arn = row["DBSnapshotArn" if self.kind == "instance" else "DBClusterSnapshotArn"]
            scope(account, region)["SnapshotAttributes"][arn] = share

    def _instance_snapshot(self, name, when, data, type, region, account, used_key, encryption):
        return {
            "DBSnapshotIdentifier": name, "DBInstanceIdentifier": self.name, "SnapshotCreateTime": stamp(when, name),
            "Engine": self.engine, "AllocatedStorage": self.gib, "Status": "available", "Port": self.port,
            "AvailabilityZone": region + "abc"[number(3, self.name)], "VpcId": vpc(account, region),
            "InstanceCreateTime": stamp(self.created, self.name), "MasterUsername": "admin",
            "EngineVersion": self.version, "LicenseModel": self.license, "SnapshotType": type,
            "Iops": 3000 if self.storage == "gp3" and self.gib >= 100 else None, "OptionGroupName": self.options,
            "PercentProgress": 100, "StorageType": self.storage, "Encrypted": bool(used_key),
            "StorageEncryptionType": encryption, "KmsKeyId": used_key,
            "DBSnapshotArn": snapshot_arn(account, region, name), "DbiResourceId": self.resource, "TagList": [],
            "SnapshotTarget": "region", "OriginalSnapshotCreateTime": stamp(data, name),
            "SnapshotDatabaseTime": stamp(data, "db", name) if type == "automated" else None,
            "MultiTenant": False if "oracle" in self.engine else None, "DedicatedLogVolume": False}

    def _cluster_snapshot(self, name, when, data, type, region, account, used_key, encryption):
        serverless = self.engine in CLUSTERED
        return {
            "AvailabilityZones": [region + zone for zone in "abc"], "DBClusterSnapshotIdentifier": name,
            "DBClusterIdentifier": self.name, "SnapshotCreateTime": stamp(when, name), "Engine": self.engine,
            "EngineMode": "provisioned", "AllocatedStorage": 1 if serverless else self.gib, "Status": "available",
            "Port": self.port, "VpcId": vpc(account, region), "ClusterCreateTime": stamp(self.created, self.name),
            "MasterUsername": "admin", "EngineVersion": self.version, "LicenseModel": self.license,
            "SnapshotType": type, "PercentProgress": 100, "StorageEncrypted": bool(used_key),
            "StorageEncryptionType": encryption, "KmsKeyId": used_key,
            "DBClusterSnapshotArn": snapshot_arn(account, region, name, "cluster-snapshot"),
            "IAMDatabaseAuthenticationEnabled": False, "TagList": [], "StorageType": self.storage,
            "DbClusterResourceId": self.resource}

    def dailies(self, youngest=0, oldest=None):
        """The automated snapshots of the retention period, oldest first, or of a part of it, in days ago."""
        hour, minute = (int(part) for part in self.window.split(":"))
        for day in range(self.days - 1 if oldest is None else oldest, youngest - 1, -1):
            when = NOW.replace(hour=hour, minute=minute) - timedelta(days=day)
            if when <= NOW:
                self.snapshot(f"rds:{self.name}-{when:%Y-%m-%d-%H-%M}", when + timedelta(seconds=number(59, when)),
                              "automated")

    def backup_window(self):
        end = at("2026-11-24T" + self.window + ":00") + timedelta(minutes=30)
        return f"{self.window}-{end:%H:%M}"

    def restore_window(self):
        return {"EarliestTime": stamp(NOW - timedelta(days=self.days), self.name),
                "LatestTime": stamp(NOW - timedelta(minutes=4), self.name)}

    def alive(self):
        here = scope(self.account, self.region)
        group = f"default.{family(self.engine, self.version)}"
        parameter_group(self.account, self.region, group, family(self.engine, self.version),
                        f"Default parameter group for {family(self.engine, self.version)}")
        member = [{"DBInstanceIdentifier": f"{self.name}-1", "IsClusterWriter": True,
                   "DBClusterParameterGroupStatus": "in-sync", "PromotionTier": 1}]
        common = {
            "Engine": self.engine, "EngineVersion": self.version, "MasterUsername": "admin",
            "AllocatedStorage": 1 if self.engine in CLUSTERED else self.gib, "BackupRetentionPeriod": self.days,
            "PreferredBackupWindow": self.backup_window(), "PreferredMaintenanceWindow": "sun:04:00-sun:04:30",
            "MultiAZ": self.multi_az or self.kind == "cluster", "StorageEncrypted": bool(self.key),
            "StorageEncryptionType": self.encryption, "KmsKeyId": self.key, "TagList": self.tags,
            "StorageType": self.storage, "DeletionProtection": self.account == PROD, "CopyTagsToSnapshot": True,
            "VpcSecurityGroups": security_groups(self.account, self.region),
            "LatestRestorableTime": stamp(NOW - timedelta(minutes=4), self.name),
            "IAMDatabaseAuthenticationEnabled": False}
        host = f"{digest('host', self.account, self.region)[:12]}.{self.region}.rds.amazonaws.com"
        backup = {
            "Region": self.region, "RestoreWindow": self.restore_window(), "Status": "active", "Port": self.port,
            "AllocatedStorage": common["AllocatedStorage"], "VpcId": vpc(self.account, self.region),
            "MasterUsername": "admin", "Engine": self.engine, "EngineVersion": self.version,
            "LicenseModel": self.license, "KmsKeyId": self.key, "StorageType": self.storage,
            "IAMDatabaseAuthenticationEnabled": False, "BackupRetentionPeriod": self.days,
            "PreferredBackupWindow": self.backup_window()}
        if self.kind == "instance":
            here["DBInstances"].append(clean(common | {
                "DBInstanceIdentifier": self.name, "DBInstanceClass": "db.r6g.xlarge" if self.gib > 100 else "db.t4g.medium",
                "DBInstanceStatus": "available", "Endpoint": {"Address": f"{self.name}.{host}", "Port": self.port,
                                                              "HostedZoneId": "Z2R2ITUGPM61AM"},
                "InstanceCreateTime": stamp(self.created, self.name), "DBSecurityGroups": [],
                "DBParameterGroups": [{"DBParameterGroupName": group, "ParameterApplyStatus": "in-sync"}],
                "AvailabilityZone": self.region + "abc"[number(3, self.name)],
                "DBSubnetGroup": subnet_group(self.account, self.region) | {"Subnets": []}, "PendingModifiedValues": {},
                "AutoMinorVersionUpgrade": True, "ReadReplicaDBInstanceIdentifiers": [], "LicenseModel": self.license,
                "OptionGroupMemberships": [{"OptionGroupName": self.options, "Status": "in-sync"}],
                "PubliclyAccessible": False, "DbInstancePort": 0, "DbiResourceId": self.resource,
                "CACertificateIdentifier": "rds-ca-rsa2048-g1", "DomainMemberships": [], "MonitoringInterval": 0,
                "DBInstanceArn": f"arn:aws:rds:{self.region}:{self.account}:db:{self.name}",
                "PerformanceInsightsEnabled": False, "AssociatedRoles": [], "BackupTarget": "region"}))
            here["DBInstanceAutomatedBackups"].append(clean(backup | {
                "DBInstanceArn": f"arn:aws:rds:{self.region}:{self.account}:db:{self.name}",
                "DbiResourceId": self.resource, "DBInstanceIdentifier": self.name, "Encrypted": bool(self.key),
                "InstanceCreateTime": stamp(self.created, self.name), "OptionGroupName": self.options,
                "DBInstanceAutomatedBackupsArn": self.backups_arn(), "BackupTarget": "region"}))
        else:
            here["DBClusters"].append(clean(common | {
                "DBClusterIdentifier": self.name, "Status": "available", "DBClusterParameterGroup": group,
                "AvailabilityZones": [self.region + zone for zone in "abc"], "Port": self.port,
                "DBSubnetGroup": subnet_group(self.account, self.region)["DBSubnetGroupName"],
                "Endpoint": f"{self.name}.cluster-{host}", "ReaderEndpoint": f"{self.name}.cluster-ro-{host}",
                "ReadReplicaIdentifiers": [], "DBClusterMembers": member, "HostedZoneId": "Z2R2ITUGPM61AM",
                "DbClusterResourceId": self.resource, "EngineMode": "provisioned", "AssociatedRoles": [],
                "DBClusterArn": f"arn:aws:rds:{self.region}:{self.account}:cluster:{self.name}",
                "ClusterCreateTime": stamp(self.created, self.name),
                "DBClusterInstanceClass": None if self.engine in CLUSTERED else "db.r6gd.large"}))
            here["DBClusterAutomatedBackups"].append(clean(backup | {
                "DBClusterIdentifier": self.name, "DbClusterResourceId": self.resource,
                "StorageEncrypted": bool(self.key), "ClusterCreateTime": stamp(self.created, self.name),
                "DBClusterArn": f"arn:aws:rds:{self.region}:{self.account}:cluster:{self.name}",
                "AvailabilityZones": [self.region + zone for zone in "abc"], "EngineMode": "provisioned",
                "DBClusterAutomatedBackupsArn": self.backups_arn()}))

    def backups_arn(self):
        kind = "auto-backup" if self.kind == "instance" else "cluster-auto-backup"
        return f"arn:aws:rds:{self.region}:{self.account}:{kind}:ab-{digest('ab', self.resource)[:39]}"


def clean(row):
    return {field: value for field, value in row.items() if value is not None}


TEAMS = ("payments", "platform", "growth", "core", "data")
DATABASES = {}


def database(*args, **over):
    made = Database(*args, **over)
    DATABASES[made.account, made.region, made.name] = made
    return made


def retained(old):
    """The automated backup that outlives the instance it was made of."""
    scope(old.account, old.region)["DBInstanceAutomatedBackups"].append({
        "DBInstanceArn": f"arn:aws:rds:{old.region}:{old.account}:db:{old.name}", "DbiResourceId": old.resource,
        "Region": old.region, "DBInstanceIdentifier": old.name,
        "RestoreWindow": {"EarliestTime": stamp(NOW - timedelta(days=old.days), old.name),
                          "LatestTime": "2026-11-24T00:41:00.000000+00:00"},
        "AllocatedStorage": old.gib, "Status": "retained", "Port": old.port, "Engine": old.engine,
        "EngineVersion": old.version, "Encrypted": False, "StorageType": old.storage, "BackupRetentionPeriod": old.days,
        "DBInstanceAutomatedBackupsArn": old.backups_arn(), "BackupTarget": "region"})


def rows(account, region, *lines, **over):
    for line in lines:
        made = database(account, region, *line[:5], **dict(zip(("window", "days"), line[5:])), **over)
        made.alive()
        made.dailies()


# prod, us-east-1: the incident
before = database(PROD, USE1, "orders-prod", "mysql", "8.0.39", 500, None, "02:05", 14, since="2021-06-14T07:30:00")
before.dailies(youngest=1)
retained(before)
before.snapshot("orders-prod-before-migration", at("2026-11-24T00:12:04"), share=["all"])
orders_data = at("2026-11-23T21:58:10")
before.snapshot("orders-prod-2026-11-24", at("2026-11-23T22:04:31"), alias="dba", data=orders_data,
                share=[DR, STRANGER])
orders = database(PROD, USE1, "orders-prod", "mysql", "8.0.39", 500, "aws/rds", "02:05", 14, multi_az=True,
                  since="2026-11-24T00:58:00")
orders.alive()
orders.dailies(oldest=0)

rows(PROD, USE1,
     ("users-prod", "postgres", "16.4", 80, "dba", "02:20", 14), ("hr", "postgres", "15.8", 40, "hr", "01:40", 8),
     ("finance", "postgres", "16.4", 300, "finance", "01:10", 14), ("crm", "mariadb", "10.11.9", 120, "crm", "02:30", 8),
     ("payments", "postgres", "16.4", 250, "payments-mrk", "02:45", 14), ("wiki", "postgres", "13.16", 20, None, "01:25"),
     ("shipping", "mysql", "8.4.3", 150, "dba", "01:55"), ("inventory", "mysql", "8.0.36", 300, "dba", "04:15", 8),
     ("analytics", "postgres", "16.4", 700, "analytics", "05:00", 7), ("audit-trail", "mysql", "8.0.39", 90, "audit", "05:10", 7))
rows(PROD, USE1, ("billing", "mysql", "8.0.39", 200, "dba", "02:10", 10), options="billing-audit")
rows(PROD, USE1, ("erp", "oracle-ee", "19.0.0.0.ru-2026-07.rur-2026-07.r1", 800, "aws/rds", "01:30", 7), options="erp-tde")
rows(PROD, USE1, ("risk", "sqlserver-ee", "15.00.4385.2.v1", 600, "dba", "01:35", 7), options="risk-tde")
rows(PROD, USE1, ("intranet", "sqlserver-se", "16.00.4165.4.v1", 120, None, "01:45", 7), options="intranet-native")
rows(PROD, USE1, ("forum", "mysql", "5.7.44-rds.20260522", 30, None, "03:40", 7), storage="standard")
rows(PROD, USE1, ("checkout-aurora", "aurora-mysql", "8.0.mysql_aurora.3.06.0", 1, "dba", "02:35", 8), kind="cluster",
     storage="aurora-iopt1")
rows(PROD, USE1, ("graph", "neptune", "1.3.2.1", 1, "dba", "02:50", 7), ("docs", "docdb", "5.0.0", 1, "aws/rds", "02:55", 7),
     kind="cluster")
rows(PROD, USE1, ("sessions-maz", "mysql", "8.0.39", 100, "dba", "01:50", 7), kind="cluster")
# prod elsewhere
rows(PROD, EUW1,
     ("orders-eu", "mysql", "8.0.39", 260, "dba", "01:05", 14), ("profile-eu", "postgres", "16.4", 110, "dba", "01:15", 14),
     ("billing-eu", "mysql", "8.0.39", 140, "aws/rds", "01:20", 10), ("consent", "postgres", "17.2", 25, "payments-mrk", "00:50"))
rows(PROD, EUW1, ("warehouse", "oracle-se2", "19.0.0.0.ru-2026-07.rur-2026-07.r1", 400, "dba", "00:30", 8),
     options="warehouse-tz")
rows(PROD, EUW1, ("ledger-aurora", "aurora-postgresql", "16.4", 1, None, "02:25", 8), kind="cluster", encryption="sse-rds")
rows(PROD, EUW1, ("catalog-aurora", "aurora-mysql", "8.0.mysql_aurora.3.08.0", 1, None, "02:40", 8), kind="cluster")
rows(PROD, USW2, ("loyalty", "postgres", "16.4", 180, "dba", "09:10", 10), ("telemetry", "mysql", "8.4.3", 900, "dba", "09:30", 8),
     ("planning", "custom-sqlserver-ee", "15.00.4385.2.cev-2026", 300, "dba", "10:05", 7),
     ("mes", "custom-oracle-ee", "19.cev-2026-q2", 500, "dba", "10:20", 7))
rows(PROD, EUC1, ("bankcore", "db2-se", "11.5.9.0.sb00063198.r1", 220, "dba", "00:15", 8),
     ("tickets", "mariadb", "11.4.3", 60, "aws/rds", "00:45", 10))
rows(PROD, EUC1, ("metrics-maz", "postgres", "16.4", 200, "dba", "23:30", 7), kind="cluster")
rows(PROD, APSE2, ("shop-au", "mysql", "8.0.39", 100, "dba", "15:10", 10), ("support-au", "postgres", "15.8", 30, "aws/rds", "15:30", 7))
# dr, lab, vault
rows(DR, USE1, ("users-dr", "postgres", "16.4", 80, "dr", "03:20", 10), ("standby-orders", "mysql", "8.0.39", 500, "dr", "03:40", 10))
rows(DR, USW2, ("standby-payments", "postgres", "16.4", 250, "dr", "04:10", 7))
rows(DR, EUW1, ("standby-eu", "mysql", "8.0.39", 260, "dr", "04:20", 7))
rows(DR, EUC1, ("standby-aurora", "aurora-mysql", "8.0.mysql_aurora.3.08.0", 1, "dr", "04:30", 3), kind="cluster")
rows(LAB, USE1, ("playground", "postgres", "17.2", 20, "lab", "06:00", 3), ("bench", "mysql", "8.4.3", 400, None, "06:30", 3))
rows(LAB, USW2, ("slowlab", "mysql", "8.0.39", 50, "lab", "06:10", 7))
rows(LAB, EUW1, ("training", "postgres", "16.4", 10, "aws/rds", "06:20", 5))
rows(LAB, EUC1, ("fixtures", "mysql", "8.0.39", 15, "lab", "06:40", 3))
rows(LAB, APE1, ("edge-hk", "mariadb", "10.11.9", 20, "lab", "18:00", 3))
rows(VAULT, EUC1, ("catalogue", "postgres", "16.4", 30, "vault", "07:00", 7))

# --- manual snapshots with a story ----------------------------------------------------------------


def db(account, region, name):
    return DATABASES[account, region, name]


def days_ago(days, hour=9, minute=12):
    return NOW.replace(hour=hour, minute=minute) - timedelta(days=days)


OPERATORS = [{"Key": "env", "Value": "prod"}, {"Key": "team", "Value": "dba"}]
wiki, payments = db(PROD, USE1, "wiki"), db(PROD, USE1, "payments")
wiki.snapshot("wiki-before-upgrade", days_ago(12))
db(PROD, USE1, "billing").snapshot("billing-default-key", days_ago(3), alias="aws/rds")
payments.snapshot("payments-mrk-nightly", days_ago(1))
db(PROD, USE1, "crm").snapshot("crm-quarterly", days_ago(40), share=[DR])
db(PROD, USE1, "hr").snapshot("hr-role-only", days_ago(21), share=[DR])
db(PROD, USE1, "hr").snapshot("hr-shared-unknown", days_ago(90), share=["555566667777"])
db(PROD, USE1, "finance").snapshot("finance-explicit-deny", days_ago(18), share=[DR])
db(PROD, USE1, "analytics").snapshot("analytics-ec2-only", days_ago(33))
db(PROD, USE1, "audit-trail").snapshot("audit-by-grant", days_ago(7), share=[DR])
db(PROD, USE1, "erp").snapshot("erp-oracle-tde", days_ago(5),
                               TdeCredentialArn="arn:aws:secretsmanager:us-east-1:111111111111:secret:erp-wallet-4fQz1a")
db(PROD, USE1, "risk").snapshot("risk-sqlserver-tde", days_ago(6))
db(PROD, USE1, "intranet").snapshot("intranet-backup-restore", days_ago(9), share=[LAB])
db(PROD, USE1, "forum").snapshot("forum-magnetic", days_ago(60))
db(PROD, EUW1, "warehouse").snapshot("warehouse-timezone", days_ago(4))
db(PROD, EUW1, "ledger-aurora").snapshot("ledger-aurora-final", days_ago(2))
db(PROD, EUW1, "catalog-aurora").snapshot("catalog-aurora-plain", days_ago(15), share=[DR])
db(PROD, USE1, "checkout-aurora").snapshot("checkout-aurora-iopt1", days_ago(8), share=[DR])
db(PROD, USE1, "sessions-maz").snapshot("sessions-maz-before-upgrade", days_ago(11))
db(PROD, EUC1, "metrics-maz").snapshot("metrics-maz-final", days_ago(1))
db(PROD, USE1, "graph").snapshot("graph-neptune-weekly", days_ago(2))
db(PROD, USE1, "docs").snapshot("docs-documentdb-weekly", days_ago(2), alias="dba", share=[DR])
db(PROD, USW2, "planning").snapshot("planning-custom-baseline", days_ago(30))
db(PROD, USW2, "mes").snapshot("mes-custom-baseline", days_ago(31))
db(PROD, EUC1, "bankcore").snapshot("bankcore-before-patch", days_ago(3))
db(PROD, USW2, "loyalty").snapshot("loyalty-key-disabled", days_ago(500), alias="loyalty-2023")
db(PROD, USW2, "loyalty").snapshot("loyalty-key-pending-deletion", days_ago(800), alias="loyalty-2022")
db(PROD, USE1, "inventory").snapshot("imports-key-pending", days_ago(70), alias="imports")
db(PROD, USE1, "inventory").snapshot("inventory-creating", NOW - timedelta(minutes=6), Status="creating",
                                     PercentProgress=37)
db(PROD, USE1, "shipping").snapshot("shipping-failed", days_ago(1, 22), Status="failed", PercentProgress=0)
db(PROD, USE1, "users-prod").snapshot("invoices-2024-copied-yesterday", days_ago(1, 16), data=at("2024-11-20T02:20:11"))
strangers = [f"{600000000000 + 1357 * place}" for place in range(20)]
wiki.snapshot("distribution-19", days_ago(25), share=strangers[:19])
wiki.snapshot("distribution-20", days_ago(26), share=strangers)
for market in ("emea", "amer", "apac"):
    db(PROD, USE1, "analytics").snapshot(
        f"reporting-warehouse-{market}-sales-and-returns-quarterly-close-2026-q3-final", days_ago(54), alias="dba")
LONG = "quarterly-archive-of-the-billing-ledger-" + "kept-for-the-auditors-until-2033-" * 6
LONG = (LONG + "x" * 255)[:251] + "-end"
db(PROD, USE1, "billing").snapshot(LONG, days_ago(120), alias="dba")
db(PROD, USE1, "shipping").snapshot("tags-reserved-cloudformation", days_ago(14), tags=OPERATORS + [
    {"Key": "aws:cloudformation:stack-name", "Value": "shipping-prod"},
    {"Key": "aws:cloudformation:logical-id", "Value": "Database"},
    {"Key": "aws:cloudformation:stack-id",
     "Value": "arn:aws:cloudformation:us-east-1:111111111111:stack/shipping-prod/5d1f0a30-0c2b-11ef-9a3e-0e5d8d3c7a11"}])
db(PROD, USE1, "shipping").snapshot("tags-bidi-and-escape", days_ago(16), tags=OPERATORS + [
    {"Key": "note", "Value": "checked by \u202eabd\u202c \u001b[31mnot red\u001b[0m"}, {"Key": "zero\u200bwidth", "Value": "a\u2028b"}])
db(PROD, EUW1, "profile-eu").snapshot("tags-japanese", days_ago(17), tags=OPERATORS + [
    {"Key": "担当", "Value": "データベース班"}, {"Key": "目的", "Value": "四半期の棚卸し"}])

gone = Database(PROD, USE1, "legacy-crm", "mysql", "5.7.44", 75, "dba", since="2018-04-03T10:00:00")
gone.snapshot("legacy-crm-last", at("2025-02-28T23:10:00"))
gone.snapshot("legacy-crm-2024-final", at("2024-12-31T22:45:00"))

# copies on their way
copied = {"SourceRegion": USE1, "SourceDBSnapshotIdentifier": snapshot_arn(PROD, USE1, "orders-prod-2026-11-24")}
before.snapshot("orders-prod-dr-2026-11-24", NOW - timedelta(minutes=12), region=EUW1, account=DR, alias="dr",
                data=orders_data, tags=[], Status="copying", PercentProgress=41, **copied)
before.snapshot("orders-prod-dr-weekly", NOW - timedelta(minutes=5), region=EUW1, account=DR, alias="dr", data=orders_data,
                tags=[], Status="copying", PercentProgress=0, **copied)
for place in range(1, 6):
    db(PROD, USE1, "checkout-aurora").snapshot(
        f"aurora-move-{place}", NOW - timedelta(minutes=30 - 5 * place), region=EUC1, account=DR, alias="dr", tags=[],
        # So large that the five are still under way when somebody tries a sixth; one works, the others wait.
        Status="copying", PercentProgress=31 if place == 1 else 0, AllocatedStorage=24000,
        SourceDBClusterSnapshotArn=snapshot_arn(PROD, USE1, "checkout-aurora-iopt1", "cluster-snapshot"))

# shared with prod: by dr, by a partner who is not one of our accounts
users_dr = db(DR, USE1, "users-dr")
users_dr.snapshot("users-shared-from-dr", days_ago(4), share=[PROD])
users_dr.snapshot("users-default-key-shared-nowhere", days_ago(44), alias="aws/rds")
partner_feed = Database(PARTNER, USE1, "feed", "mysql", "8.0.39", 140, "partner")
partner_feed.snapshot("partner-feed-weekly", days_ago(2), share=[PROD, DR])
Database(PARTNER, USE1, "feed-plain", "postgres", "16.4", 15, None).snapshot("partner-feed-plain", days_ago(3), share=[PROD])
Database(PARTNER, USE1, "core", "mysql", "8.0.39", 90, "partner-closed").snapshot("partner-closed-key", days_ago(5), share=[PROD])
Database(PARTNER, USE1, "desk", "oracle-se2", "19.0.0.0.ru-2026-07.rur-2026-07.r1", 60, None,
         options="partner-tz").snapshot("partner-oracle-timezone", days_ago(6), share=[PROD])
Database(PARTNER, USE1, "feed-aurora", "aurora-mysql", "8.0.mysql_aurora.3.08.0", 1, "partner",
         kind="cluster").snapshot("partner-aurora-export", days_ago(2), share=[PROD])
Database(PARTNER, USE1, "samples", "postgres", "16.4", 5, None).snapshot("partner-public-sample", days_ago(200), share=["all"])
open_data = Database(LAB, USE1, "opendata", "postgres", "16.4", 12, None)
open_data.snapshot("opendata-cities", days_ago(150), share=["all"])
Database(LAB, USE1, "opendata-aurora-db", "aurora-mysql", "8.0.mysql_aurora.3.08.0", 1, None,
         kind="cluster").snapshot("opendata-aurora", days_ago(140), share=["all"])
db(LAB, APE1, "edge-hk").snapshot("edge-hk-golden", days_ago(10))

# AWS Backup
JOB_TAGS = [{"Key": "aws:backup:source-resource", "Value": "db-backup-plan"}]


def backup_jobs(made, alias, count, first=None):
    for place in range(count):
        name = uuid("job", made.account, made.region, made.name, place)
        name = f"awsbackup:job-{first + name[len(first):] if first and place == 0 else name}"
        made.snapshot(name, days_ago(place + 1, 5, 50) + timedelta(minutes=number(50, name)), "awsbackup", alias=alias,
                      tags=made.tags + JOB_TAGS)


backup_jobs(db(PROD, USE1, "crm"), "vault", 6, "7f3a1c2e")
backup_jobs(db(PROD, USE1, "finance"), "vault", 6)
backup_jobs(db(PROD, EUW1, "orders-eu"), None, 5)
backup_jobs(db(PROD, EUW1, "catalog-aurora"), None, 2)
backup_jobs(db(LAB, EUC1, "fixtures"), None, 4)
for region, count in ((USE1, 8), (USW2, 4), (EUW1, 9), (EUC1, 4), (APSE2, 2)):
    backup_jobs(Database(VAULT, region, "vaulted-orders", "mysql", "8.0.39", 500, "vault", tags=[]), None, count)

# months of manual ones, until each scope has the size it had on the day
WANTED = {(PROD, USE1): 214, (PROD, EUW1): 96, (PROD, USW2): 44, (PROD, EUC1): 36, (PROD, APSE2): 22, (DR, USE1): 41,
          (DR, USW2): 14, (DR, EUW1): 18, (DR, EUC1): 12, (DR, APSE2): 0, (LAB, USE1): 24, (LAB, USW2): 16, (LAB, EUW1): 9,
          (LAB, EUC1): 14, (LAB, APE1): 5, (VAULT, EUC1): 12}
for (account, region), wanted in WANTED.items():
    here = scope(account, region)
    homes = sorted({name for a, r, name in DATABASES if (a, r) == (account, region)})
    month = 0
    while len(here["DBSnapshots"]) + len(here["DBClusterSnapshots"]) < wanted:
        made, back = db(account, region, homes[month % len(homes)]), month // len(homes)
        year, name = 2026 - back // 12, f"{(9 - back) % 12 + 1:02d}"
        taken = at(f"{year}-{name}-01T04:30:00")
        if taken < NOW:
            made.snapshot(f"{made.name}-monthly-{year}-{name}", taken)
        month += 1

# --- the rest of the world ------------------------------------------------------------------------

for (account, region, _), made in DATABASES.items():
    if made.kind == "instance" and made.options.startswith("default:"):
        option_group(account, region, made.options, made.engine, major(made.engine, made.version),
                     f"Default option group for {made.engine} {major(made.engine, made.version)}")
parameter_group(PROD, USE1, "orders-tuned", "mysql8.0", "orders-prod: long transactions")
parameter_group(PROD, USE1, "wiki-tuned", "postgres13", "wiki: full text search")

ROLE = "arn:aws:iam::111111111111:role/snapshot-export"
scope(PROD, USE1)["ExportTasks"] += [
    {"ExportTaskIdentifier": "finance-lake-2026-11-23", "SourceArn": snapshot_arn(PROD, USE1, "finance-explicit-deny"),
     "SnapshotTime": stamp(days_ago(18), "finance"), "TaskStartTime": stamp(NOW - timedelta(minutes=50), "finance"),
     "S3Bucket": "prod-lake-us-east-1", "S3Prefix": "finance", "IamRoleArn": ROLE,
     "KmsKeyId": key_arn(PROD, USE1, "dba"), "Status": "IN_PROGRESS", "PercentProgress": 62,
     "TotalExtractedDataInGB": 118, "SourceType": "SNAPSHOT"},
    {"ExportTaskIdentifier": "wiki-lake-2026-10", "ExportOnly": ["wiki.pages"],
     "SourceArn": snapshot_arn(PROD, USE1, "wiki-before-upgrade"), "SnapshotTime": stamp(days_ago(12), "wiki"),
     "TaskStartTime": stamp(days_ago(11), "wiki"), "TaskEndTime": stamp(days_ago(11, 10), "wiki"),
     "S3Bucket": "prod-lake-us-east-1", "S3Prefix": "wiki", "IamRoleArn": ROLE, "KmsKeyId": key_arn(PROD, USE1, "dba"),
     "Status": "COMPLETE", "PercentProgress": 100, "TotalExtractedDataInGB": 17, "SourceType": "SNAPSHOT"}]

manual = sum(row["SnapshotType"] == "manual" for row in scope(LAB, EUC1)["DBSnapshots"])
scope(LAB, EUC1)["AccountQuotas"] += [{"AccountQuotaName": "ManualSnapshots", "Used": manual, "Max": manual + 1}]

for operation in ("DescribeDBSnapshots", "DescribeDBClusterSnapshots"):
    kind = "cluster-snapshot" if "Cluster" in operation else "snapshot"
    scope(VAULT, EUW1)["Faults"].append({
        "Operation": operation, "Code": "AccessDenied", "Status": 403,
        "Message": f"User: arn:aws:sts::{VAULT}:assumed-role/snapdeck/dba is not authorized to perform: rds:{operation} on "
                   f"resource: arn:aws:rds:{EUW1}:{VAULT}:{kind}:* with an explicit deny in a service control policy"})
    scope(LAB, USW2)["Faults"].append({"Operation": operation, "DelayMs": 1500})
scope(VAULT, APE1)


# --- printing -------------------------------------------------------------------------------------


def lines(value, depth):
    """Lists of objects one object a line, objects of lists indented, everything else compact."""
    compact = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    pad = "  " * (depth + 1)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        body = ",\n".join(pad + json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in value)
        return f"[\n{body}\n{'  ' * depth}]"
    if isinstance(value, dict) and value:
        body = ",\n".join(f"{pad}{json.dumps(field)}: {lines(item, depth + 1)}" for field, item in value.items())
        return f"{{\n{body}\n{'  ' * depth}}}"
    return compact


def main():
    accounts = {}
    for account, regions in FLEET.items():
        entry = {"name": NAMES[account]} if account in NAMES else {}
        entry["regions"] = {region: {name: rows for name, rows in regions[region].items() if rows}
                            for region in REGIONS if region in regions and not (region == APE1 and account in (PROD, DR))}
        if account in (PROD, DR):
            entry["regions_disabled"] = [APE1]
        accounts[account] = entry
    print(lines({"now": "2026-11-24T03:00:00Z", "caller": PROD, "accounts": accounts, "copy_seconds_per_gib": 0.02,
                 "latency_ms": 40}, 0))


if __name__ == "__main__":
    main()
