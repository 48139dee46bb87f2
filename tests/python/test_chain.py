"""Goals that take several steps, by `snapdeck apply`: boto3 looks at what is there after each command, and after each step.

moto is AWS by other hands, but copies nothing of another account; the way into another account is gone before the demo cloud.
"""

import json

import pytest

from conftest import PATIENCE, Aws, roles, shared_with, snapdeck, there
from drill import Drill
from fleet import DR, PROD
from made import CRYPTO, allow, customer_key, database, snapshot
from proxy import changes
import test_resume

EAST, WEST = "us-east-1", "eu-west-1"
NAMES = {PROD: "prod", DR: "dr"}
MANUAL, EAST_KEY, FAR_KEY = test_resume.MANUAL, test_resume.EAST_KEY, test_resume.FAR_KEY


def seen(aws, region=EAST):
    """The ARNs of the snapshots that others share with an account."""
    rows = aws.client("rds", region).describe_db_snapshots(SnapshotType="shared")["DBSnapshots"]
    return [row["DBSnapshotArn"] for row in rows]


class World:
    """prod and dr in moto, as boto3 sees them, and the program before both; prod has a key that is its own alone."""

    def __init__(self, moto, proxy, home):
        self.home, self.proxy = home, proxy
        self.prod, self.dr = (Aws(moto.url).assume(account) for account in NAMES)
        self.key = customer_key(self.prod, PROD)
        kms = self.prod.client("kms")
        kms.create_alias(AliasName="alias/dba", TargetKeyId=self.key)
        # AWS's own key, which moto makes when it is first asked for.
        self.default_key = kms.describe_key(KeyId="alias/aws/rds")["KeyMetadata"]["Arn"]
        self.config = roles(home, NAMES)

    def automated(self, key):
        """An automated snapshot under a key: its name."""
        database(self.prod, "orders", StorageEncrypted=True, KmsKeyId=key)
        [name] = there(self.prod, EAST)
        return name

    def manual(self, key):
        """A manual snapshot under a key, beside the automated one that moto takes: its name."""
        return snapshot(self.prod, "orders", StorageEncrypted=True, KmsKeyId=key).rsplit(":", 1)[1]

    def applied(self, *action):
        """Carries an action out; what reached moto that changes something, in order."""
        before = len(changes(self.proxy.operations))
        out, _ = snapdeck(
            self.home, "apply", *action, "--yes", "--format", "json", "--config", str(self.config), "--region", f"{EAST},{WEST}",
            "--endpoint-url", self.proxy.url, "--data-dir", str(self.home / "data"),
            AWS_ACCESS_KEY_ID="AKIA111111111111AAAA", AWS_SECRET_ACCESS_KEY="secret")
        sent = changes(self.proxy.operations)[before:]
        events = [json.loads(line) for line in out.splitlines()]
        assert [event["call"].split(":")[1] for event in events if event["event"] == "sending"] == sent
        return sent

    def policy(self, key):
        """The text of a key's policy."""
        return self.prod.client("kms").get_key_policy(KeyId=key, PolicyName="default")["Policy"]

    def snapshots(self):
        """All snapshots of both accounts: their keys by owner, region and name."""
        return {
            (account, region, name): row["KmsKeyId"]
            for account, aws in ((PROD, self.prod), (DR, self.dr)) for region in (EAST, WEST)
            for name, row in there(aws, region).items()}


@pytest.fixture
def world(moto, proxy, tmp_path):
    return World(moto, proxy, tmp_path)


def is_let_in(account, policy, before):
    """Whether a policy says all that it said before, and besides lets an account use the key as RDS needs it."""
    policy, before = json.loads(policy), json.loads(before)
    kept = len(before["Statement"])
    assert policy["Version"] == before["Version"] and policy["Statement"][:kept] == before["Statement"]
    use, grants = policy["Statement"][kept:]
    for statement in (use, grants):
        assert statement["Effect"] == "Allow" and statement["Principal"] == {"AWS": f"arn:aws:iam::{account}:root"}
    assert grants["Condition"] == {"Bool": {"kms:GrantIsForAWSResource": "true"}} and "Condition" not in use
    return set(use["Action"]) == {*CRYPTO, "kms:CreateGrant"} and "kms:CreateGrant" in grants["Action"]


@pytest.mark.parametrize(("kind", "under"), [("automated", "aws/rds"), ("automated", "alias/dba"), ("manual", "aws/rds")])
def test_what_cannot_be_shared_is_copied_shared_taken_back_and_deleted(world, kind, under):
    source_key = world.default_key if under == "aws/rds" else world.key
    name = getattr(world, kind)(source_key)
    policies = {key: world.policy(key) for key in (world.key, world.default_key)}
    source = world.snapshots()
    assert source[PROD, EAST, name] == source_key and seen(world.dr) == []

    sent = world.applied("share", "--snapshot", name, "--with", DR)
    assert sent == ["CopyDBSnapshot", "PutKeyPolicy", "ModifyDBSnapshotAttribute"]
    [made] = world.snapshots().keys() - source.keys()
    copy = made[2]
    assert made[:2] == (PROD, EAST) and world.snapshots() == source | {made: world.key}
    row = there(world.prod, EAST)[copy]
    assert row["SnapshotType"] == "manual" and row["Encrypted"] and row["Status"] == "available"
    assert shared_with(world.prod, EAST, copy) == [DR] and seen(world.dr) == [row["DBSnapshotArn"]]
    assert seen(world.dr, WEST) == [] and seen(world.prod) == []
    opened = world.policy(world.key)
    assert is_let_in(DR, opened, policies[world.key])
    if kind == "manual":
        assert shared_with(world.prod, EAST, name) == []

    # Whoever loses a snapshot keeps the key: others may lie under it.
    assert world.applied("share", "--snapshot", copy, "--remove", DR) == ["ModifyDBSnapshotAttribute"]
    assert shared_with(world.prod, EAST, copy) == [] and seen(world.dr) == []
    assert world.snapshots() == source | {made: world.key} and world.policy(world.key) == opened

    assert world.applied("delete", "--snapshot", copy) == ["DeleteDBSnapshot"]
    assert world.snapshots() == source and seen(world.dr) == []
    assert world.policy(world.key) == opened and world.policy(world.default_key) == policies[world.default_key]


def test_a_key_that_lets_the_other_account_in_is_left_as_it_is(world):
    kms = world.prod.client("kms")
    policy = json.loads(world.policy(world.key))
    policy["Statement"].append(allow(DR, [*CRYPTO, "kms:CreateGrant"]))
    kms.put_key_policy(KeyId=world.key, PolicyName="default", Policy=json.dumps(policy))
    before = world.policy(world.key)
    name = world.automated(world.default_key)
    sent = world.applied("share", "--snapshot", name, "--with", DR)
    assert sent == ["CopyDBSnapshot", "ModifyDBSnapshotAttribute"]
    assert len(seen(world.dr)) == 1 and world.policy(world.key) == before


@pytest.fixture
def drill(tmp_path):
    with Drill(tmp_path / "drill", test_resume.fleet(), test_resume.NAMES) as drill:
        yield drill


def until(process, step, end):
    """The events of a step up to the one that it ends with; those of no other step come before it."""
    events = []
    while not events or events[-1]["event"] != end:
        line = process.stdout.readline()
        assert line, f"no step {step} {end}: {process.stderr.read()}"
        events.append(json.loads(line))
    assert {event["step"] for event in events} == {step}
    return [event["event"] for event in events]


def test_each_step_into_another_account_is_there_when_it_is_said_to_be_and_not_before(drill):
    """Each change waits until the state before it was looked at."""
    copied, arrived = (PROD, EAST, MANUAL), (DR, WEST, MANUAL)
    before, guests = test_resume.world(drill)
    assert before.keys() & {copied, arrived} == set() and guests == []
    let_in = [f"arn:aws:iam::{DR}:root"] * 2
    private = before | {copied: ("available", "manual", EAST_KEY, ())}
    shared = before | {copied: ("available", "manual", EAST_KEY, (DR,))}
    whole = shared | {arrived: ("available", "manual", FAR_KEY, ())}
    steps = [
        ("CopyDBSnapshot", "done", private, [], []),
        ("PutKeyPolicy", "taken", private, let_in, []),
        ("ModifyDBSnapshotAttribute", "taken", shared, let_in, [copied]),
        ("CopyDBSnapshot", "done", whole, let_in, [copied]),
    ]

    gate = drill.relay.gate()
    process = drill.start(*test_resume.applied(test_resume.CHAIN))
    state, sent = (before, []), []
    for n, (call, end, snapshots, guests, seen_by_dr) in enumerate(steps, 1):
        assert until(process, n, "sending") == ["sending"]
        assert test_resume.world(drill) == state and drill.relay.changes == sent
        gate.release()
        assert until(process, n, "taken") == ["taken"]
        if call == "CopyDBSnapshot":
            account, region, name = arrived if n == len(steps) else copied
            assert name in there(drill.aws[account], region), "what AWS has taken is there, though it may still be made"
        if end == "done":
            until(process, n, "done")
        state, sent = (snapshots, guests), [*sent, call]
        assert test_resume.world(drill) == state and drill.relay.changes == sent
        assert [arn.rsplit(":", 1)[1] for arn in seen(drill.aws[DR])] == [name for _, _, name in seen_by_dr]
    out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0 and out == ""
    assert seen(drill.aws[DR], WEST) == [], "the copy is dr's own"
