"""What the deck gives out to be run by the shell, run by it: bash, and the AWS CLI as it comes.

The deck and the AWS CLI stand before the same served cloud as two profiles; boto3 says what came of it.
"""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import PATIENCE, Aws, environment, profiles, shared_with, there
from dialogs import chosen, on, ready
from fleet import DR, PROD, admits, key, key_arn, row

NAMES = {PROD: "prod", DR: "dr"}
REGIONS = ("us-east-1", "eu-west-1")
KEYS = {(PROD, "us-east-1"): "1", (PROD, "eu-west-1"): "2", (DR, "us-east-1"): "3", (DR, "eu-west-1"): "4"}
DBA = {scope: key_arn(*scope, digit) for scope, digit in KEYS.items()}
DEFAULT = key_arn(PROD, "us-east-1", "5")
AUTOMATED = "rds:orders-2026-11-24-02-05"


def fleet():
    """A key named alias/dba in every scope; in prod an unencrypted snapshot, one under that key, one under aws/rds.

    The key of prod in us-east-1 lets dr in, so that what lies under it can be copied there.
    """
    accounts = {
        account: {"name": name, "regions": {region: {"Keys": [key(DBA[account, region], "alias/dba")]} for region in REGIONS}}
        for account, name in NAMES.items()}
    east = accounts[PROD]["regions"]["us-east-1"]
    east["Keys"] = [
        key(DBA[PROD, "us-east-1"], "alias/dba", Policy=admits(PROD, DR)),
        key(DEFAULT, "alias/aws/rds"),
    ]
    east["DBSnapshots"] = [
        row("orders-plain"),
        row("orders-secret", Encrypted=True, KmsKeyId=DBA[PROD, "us-east-1"]),
        row(AUTOMATED, SnapshotType="automated", Encrypted=True, KmsKeyId=DEFAULT),
    ]
    return {"now": "2026-11-24T03:00:00Z", "caller": PROD, "latency_ms": 0, "accounts": accounts}


class World:
    """The fleet above, served; `prod` and `dr` are its accounts as boto3 sees them."""

    def __init__(self, url, home, deck):
        self.url, self.home, self._deck = url, home, deck
        self.prod, self.dr = (Aws(url, key=f"AKIA{account}AAAA") for account in NAMES)
        profiles(home, NAMES)

    def opened(self, size=(120, 40)):
        """The deck before that cloud, as both profiles, with everything read."""
        deck = self._deck(
            "--profile", ",".join(NAMES.values()), "--region", ",".join(REGIONS), "--endpoint-url", self.url, size=size)
        return deck.until("4/4 scopes").until("3 snapshots").gone("kms ?")

    def run(self, script, expect=0, **more):
        """Runs a script with bash, the AWS CLI of these tests on its path, and gives what it printed.

        No profile is chosen for it unless by AWS_PROFILE: a script names those that it needs.
        """
        bin = pathlib.Path(sys.executable).parent
        env = environment(
            self.home, AWS_ENDPOINT_URL=self.url, AWS_PAGER="", INTERVAL="1",
            PATH=f"{bin}{os.pathsep}{os.environ['PATH']}", **more)
        done = subprocess.run(
            ["bash", str(script)], env=env, cwd=self.home, capture_output=True, text=True, timeout=PATIENCE,
            stdin=subprocess.DEVNULL)
        assert done.returncode == expect, f"{script} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture
def world(serve, deck, tmp_path):
    return World(serve(fleet()), tmp_path, deck)


def script_of(deck, home):
    """Saves what the dialog would do as a script, and gives the file."""
    deck.press("ctrl-s").until("saved the script to")
    [script] = home.glob("*.sh")
    return script


def test_the_deck_shows_both_accounts_of_two_profiles(world):
    deck = world.opened()
    for name, encryption in (("orders-plain", "none"), ("orders-secret", "dba"), (AUTOMATED, "aws/rds")):
        assert encryption in deck.row(name)
    assert set(there(world.prod, "us-east-1")) == {"orders-plain", "orders-secret", AUTOMATED}
    assert not there(world.prod, "eu-west-1") and not there(world.dr, "us-east-1") and not there(world.dr, "eu-west-1")
    deck.press("A").until("Accounts").until(PROD).until(DR).press("Esc").gone("Accounts")
    assert deck.press("q").exit_code() == 0


def test_the_command_that_the_deck_copies_runs_in_bash(world):
    deck = world.opened()
    deck.press("/").type("enc:none").press("Enter").until("1 of 1").press("C").until("copied")
    script = world.home / "copied.sh"
    # The AWS CLI of these tests passes AWS_ENDPOINT_URL over for RDS in us-east-1; the scripts of the deck know that.
    script.write_text(f'aws() {{ command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }}\n{deck.clipboard}\n')
    shown = json.loads(world.run(script, AWS_PROFILE="prod"))["DBSnapshots"]
    assert [found["DBSnapshotIdentifier"] for found in shown] == ["orders-plain"] and not shown[0]["Encrypted"]
    assert deck.press("q").exit_code() == 0


def test_the_script_that_encrypts_does_so(world):
    deck = on(world.opened(), "orders-plain")
    chosen(deck.press("e").until("Encrypt").gone("checking"), "dba")
    said = world.run(script_of(ready(deck), world.home))
    assert "available" in said and "Done: " in said
    copy = there(world.prod, "us-east-1")["orders-plain-copy"]
    assert copy["Encrypted"] and copy["KmsKeyId"] == DBA[PROD, "us-east-1"] and copy["Status"] == "available"


def test_the_script_that_copies_to_the_other_account_shares_first(world):
    deck = on(world.opened(), "orders-secret")
    chosen(deck.press("c").until("Copy").gone("checking"), "dr")
    chosen(deck.press("Tab"), "eu-west-1")
    # Two ways out: it is shared first, and the copy has a key of its own region.
    world.run(script_of(ready(deck.press("F")), world.home))
    copy = there(world.dr, "eu-west-1")["orders-secret"]
    assert copy["KmsKeyId"] == DBA[DR, "eu-west-1"] and copy["Status"] == "available"
    assert shared_with(world.prod, "us-east-1", "orders-secret") == [DR]


def test_the_script_that_shares_an_automated_snapshot_copies_it_first(world):
    deck = on(world.opened(), AUTOMATED)
    chosen(deck.press("s").until("Share").gone("checking"), "dr")
    world.run(script_of(ready(deck.press("F")), world.home))
    copy = there(world.prod, "us-east-1")[AUTOMATED.removeprefix("rds:")]
    assert copy["KmsKeyId"] == DBA[PROD, "us-east-1"] and copy["SnapshotType"] == "manual"
    assert shared_with(world.prod, "us-east-1", copy["DBSnapshotIdentifier"]) == [DR]


def test_a_script_stops_before_it_changes_anything_as_another_account(world):
    deck = on(world.opened(), "orders-plain")
    chosen(deck.press("e").until("Encrypt").gone("checking"), "dba")
    script = script_of(ready(deck), world.home)
    profiles(world.home, {DR: "prod"})
    world.run(script, expect=1)
    assert set(there(world.prod, "us-east-1")) == {"orders-plain", "orders-secret", AUTOMATED}


def test_what_the_deck_sends_itself_is_what_boto3_finds(world):
    deck = on(world.opened(), "orders-plain")
    chosen(deck.press("e").until("Encrypt").gone("checking"), "dba")
    ready(deck).press("Enter").until("Enter sends it.").press("Enter").gone("Last look")
    deck.until("4 snapshots").press("!").until("1 job")
    copy = there(world.prod, "us-east-1")["orders-plain-copy"]
    assert copy["Encrypted"] and copy["KmsKeyId"] == DBA[PROD, "us-east-1"]
