"""The deck in a terminal, by other people's terminal, on other people's AWS."""

import csv

import pytest

from conftest import Aws, roles, saved

PROD, DR = "111111111111", "222222222222"
NAMES = {PROD: "prod", DR: "dr"}
REGIONS = ("us-east-1", "eu-west-1")
KEYS = {"AWS_ACCESS_KEY_ID": "AKIA111111111111AAAA", "AWS_SECRET_ACCESS_KEY": "secret"}


@pytest.fixture
def aws(moto):
    """Two accounts in two regions of moto, each with a snapshot of its own, and one of prod's more than that."""
    accounts = {account: Aws(moto.url).assume(account) for account in NAMES}
    for account, name in NAMES.items():
        for region in REGIONS:
            rds = accounts[account].client("rds", region)
            rds.create_db_instance(
                DBInstanceIdentifier="orders", DBInstanceClass="db.m5.large", Engine="mysql", AllocatedStorage=20,
                MasterUsername="dba", MasterUserPassword="not-a-secret")
            rds.create_db_snapshot(DBInstanceIdentifier="orders", DBSnapshotIdentifier=f"orders-{name}-{region}")
    rds = accounts[PROD].client("rds", "us-east-1")
    rds.create_db_snapshot(
        DBInstanceIdentifier="orders", DBSnapshotIdentifier="before-release", Tags=[{"Key": "ticket", "Value": "OPS-17"}])
    return accounts


@pytest.fixture
def opened(aws, moto, deck, tmp_path):
    """The deck on those accounts, with everything read."""
    config = roles(tmp_path, NAMES)
    opened = deck("--config", config, "--region", ",".join(REGIONS), "--endpoint-url", moto.url, size=(100, 30), **KEYS)
    # Five of boto3's, and one that moto takes by itself of each new instance.
    return opened.until("4/4 scopes").until("9 snapshots")


def test_the_deck_shows_filters_and_opens_what_boto3_made(opened):
    for name in NAMES.values():
        for region in REGIONS:
            assert name in opened.row(f"orders-{name}-{region}")
    opened.press("/").type("account:prod type:manual orders-").until("1 of 2").gone("before-release").gone("orders-dr")
    opened.press("Enter").press("Esc").until("before-release")
    opened.press("/").type("release").press("Enter").gone("orders-prod").gone("OPS-17")
    opened.press("Enter").until("ticket").until("OPS-17").press("Esc").gone("OPS-17")
    assert opened.emulator.alternate
    assert opened.press("q").exit_code() == 0
    assert not opened.emulator.alternate


def test_what_is_saved_and_copied_is_what_boto3_sees(opened, aws, tmp_path):
    rds = aws[PROD].client("rds", "us-east-1")
    there = {row["DBSnapshotIdentifier"]: row for row in rds.describe_db_snapshots()["DBSnapshots"]}
    opened.press("/").type("account:prod region:us-east-1").press("Enter").until("1 of 3")
    with open(saved(opened, tmp_path, "prod.csv"), newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} == set(there)
    opened.press("/", "ctrl-u").type("release").press("Enter").until("1 of 1")
    opened.press("Y").until("copied")
    assert opened.clipboard == there["before-release"]["DBSnapshotArn"]


def test_the_deck_leaves_with_the_codes_of_the_shell(deck):
    assert deck("--demo", size=(80, 24)).until("615 snapshots").press("ctrl-c").exit_code() == 0
    lit = deck("--demo", size=(80, 24), ground="light").until("615 snapshots")
    lit.process.terminate()
    assert lit.exit_code() == 128 + 15


def test_a_wait_in_vain_shows_the_screen_and_escape_is_never_alt(deck):
    demo = deck("--demo", size=(80, 24)).until("615 snapshots")
    with pytest.raises(AssertionError, match="(?s)'no such text' is shown.*615 snapshots.*the program runs"):
        demo.until("no such text", timeout=0)
    demo.press("?").until("Help").press("Esc")
    with pytest.raises(AssertionError, match="wait for what Esc does"):
        demo.press("q")
    assert demo.gone("Help").press("q").exit_code() == 0
    with pytest.raises(AssertionError, match="ended with 0"):
        demo.until("615 snapshots")
