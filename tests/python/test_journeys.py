"""The dialogs against moto: a person at the deck changes something, and boto3 sees exactly that.

Nothing but questions reaches moto before Enter on the last screen: a proxy before it remembers what was called.
What moto cannot tell (quotas, engine versions, the regions that a region copies from) is a warning, and blocks nothing.
"""

import re

import pytest

from conftest import Aws, roles, shared_with, there
from dialogs import chosen, on, ready
from made import CRYPTO, allow, customer_key, snapshot
from proxy import changes

PROD, DR = "111111111111", "222222222222"
NAMES = {PROD: "prod", DR: "dr"}
REGIONS = EAST, WEST = "us-east-1", "eu-west-1"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIA111111111111AAAA", "AWS_SECRET_ACCESS_KEY": "secret"}


class World:
    """prod with an unencrypted snapshot and one under a key that lets dr in; `prod` and `dr` as boto3 sees them."""

    def __init__(self, moto, proxy, home, deck):
        self.home, self.proxy, self._deck = home, proxy, deck
        self.prod, self.dr = (Aws(moto.url).assume(account) for account in NAMES)
        self.key = self._key(EAST, allow(DR, [*CRYPTO, "kms:CreateGrant"]))
        self.key_in_west = self._key(WEST)
        snapshot(self.prod, "plain")
        snapshot(self.prod, "secret", StorageEncrypted=True, KmsKeyId=self.key)

    def _key(self, region, *statements):
        key = customer_key(self.prod, PROD, *statements, region=region)
        self.prod.client("kms", region).create_alias(AliasName="alias/dba", TargetKeyId=key)
        return key

    def opened(self, *arguments, settings=""):
        """The deck before the proxy, as both accounts by their roles, with everything read."""
        config = roles(self.home, NAMES)
        first, rest = config.read_text().split("\n", 1)
        config.write_text(f"{first}\n{settings}{rest}")
        deck = self._deck(
            "--config", config, "--region", ",".join(REGIONS), "--endpoint-url", self.proxy.url, *arguments, **KEYS)
        return deck.until("4/4 scopes").until("secret").gone("kms ?")

    def changes(self):
        """What reached moto that changes something, in order."""
        return changes(self.proxy.operations)

    def sends(self, deck, goal, operation):
        """Presses Enter on the last screen, where it sends this one request, and waits until the job is done."""
        before = self.changes()
        deck.press("Enter").gone("Last look").until(f"{goal}  done")
        assert self.changes() == [*before, operation]


@pytest.fixture
def world(moto, proxy, deck, tmp_path):
    return World(moto, proxy, tmp_path, deck)


def manual(aws, region):
    """The manual snapshots of an account in a region, as boto3 sees them: moto takes others by itself."""
    return {name: found for name, found in there(aws, region).items() if found["SnapshotType"] == "manual"}


def unknown(deck):
    """The facts that a dialog says it could not learn: what moto answers to some questions is no answer."""
    return re.findall(r"WARN +Not known: (.*?)\.(?: rds:| *│)", deck.screen())


def last_look(deck):
    """Goes to the last screen of a dialog that is ready."""
    return ready(deck).press("Enter").until("Last look")


def test_a_copy_in_the_same_region(world):
    deck = on(world.opened(), "plain")
    deck.press("c", "Tab", "Tab", "ctrl-u").type("kept").press("Tab", "Tab", "Tab", "Tab").type("ticket=OPS-17")
    assert unknown(ready(deck)) == ["the snapshot quota of us-east-1"]
    last_look(deck)
    assert world.changes() == []
    world.sends(deck, "as kept", "CopyDBSnapshot")
    assert set(manual(world.prod, EAST)) == {"plain", "secret", "kept"}
    kept = manual(world.prod, EAST)["kept"]
    assert not kept["Encrypted"] and kept["DBInstanceIdentifier"] == "plain-db" and kept["Status"] == "available"
    tags = {tag["Key"]: tag["Value"] for tag in kept["TagList"]}
    assert tags.pop("snapdeck:step").endswith("/1") and tags == {"ticket": "OPS-17"}
    assert shared_with(world.prod, EAST, "kept") == []
    assert not manual(world.prod, WEST)
    on(deck, "kept")


def test_a_copy_to_another_region_is_under_the_key_that_was_picked(world):
    deck = on(world.opened(), "secret")
    chosen(deck.press("c").until("Copy").gone("checking").press("Tab"), WEST)
    assert unknown(deck) == [
        "which regions eu-west-1 can copy from", "whether eu-west-1 offers mysql 5.6.21", "the snapshot quota of eu-west-1"]
    deck.press("Enter").until("1 thing blocks")
    last_look(chosen(deck, "dba"))
    assert world.changes() == []
    world.sends(deck, "as secret", "CopyDBSnapshot")
    [copy] = manual(world.prod, WEST).values()
    assert copy["DBSnapshotIdentifier"] == "secret" and copy["Encrypted"] and copy["KmsKeyId"] == world.key_in_west
    assert manual(world.prod, EAST)["secret"]["KmsKeyId"] == world.key
    assert not manual(world.dr, WEST) and not manual(world.dr, EAST)


@pytest.mark.parametrize("name", ["plain", "secret"])
def test_what_is_shared_is_seen_by_the_other_account_until_it_is_taken_back(world, name):
    deck = on(world.opened(), name)
    last_look(chosen(deck.press("s").until("Share").gone("checking"), "dr"))
    assert world.changes() == []
    world.sends(deck, f"Share {name} with dr ({DR})", "ModifyDBSnapshotAttribute")
    assert shared_with(world.prod, EAST, name) == [DR]
    seen = world.dr.client("rds", EAST).describe_db_snapshots(SnapshotType="shared")["DBSnapshots"]
    assert [found["DBSnapshotArn"] for found in seen] == [manual(world.prod, EAST)[name]["DBSnapshotArn"]]
    deck.press("s").until("Take from").press("Tab")
    last_look(chosen(deck, "dr"))
    world.sends(deck, f"Stop sharing {name} with dr ({DR})", "ModifyDBSnapshotAttribute")
    assert shared_with(world.prod, EAST, name) == []


def test_what_was_not_encrypted_is_encrypted_by_a_copy(world):
    deck = on(world.opened(), "plain")
    last_look(chosen(deck.press("e").until("Encrypt").gone("checking"), "alias/dba"))
    assert world.changes() == []
    world.sends(deck, "as plain-copy", "CopyDBSnapshot")
    found = manual(world.prod, EAST)
    assert set(found) == {"plain", "secret", "plain-copy"}
    assert found["plain-copy"]["Encrypted"] and found["plain-copy"]["KmsKeyId"] == world.key
    assert not found["plain"]["Encrypted"]


def test_only_what_was_named_is_deleted(world):
    deck = on(world.opened(), "plain")
    last_look(deck.press("D").until("Delete"))
    deck.type("secret").until("> secret").press("Enter").until("nothing was sent: type plain first")
    assert world.changes() == []
    deck.press("ctrl-u").type("plain")
    world.sends(deck, "Delete plain", "DeleteDBSnapshot")
    assert set(manual(world.prod, EAST)) == {"secret"}
    deck.until("No snapshot is left")


def test_only_what_was_named_is_made_public(world):
    deck = on(world.opened(), "plain")
    last_look(deck.press("s").until("Share").gone("checking").press("Tab", "Space"))
    deck.press("Enter").until("nothing was sent: type plain first")
    assert world.changes() == []
    deck.type("plain")
    world.sends(deck, "Make plain public", "ModifyDBSnapshotAttribute")
    assert shared_with(world.prod, EAST, "plain") == ["all"]
    assert shared_with(world.prod, EAST, "secret") == []
    deck.until("PUBLIC")


@pytest.mark.parametrize(("settings", "arguments"), [("read_only = true\n", []), ("", ["--read-only"])])
def test_what_is_read_only_is_asked_and_never_changed(world, settings, arguments):
    """Of the settings the line stands in the first account: prod."""
    deck = on(world.opened(*arguments, settings=settings), "plain")
    for chords, answers in (("c", []), ("s", ["dr"]), ("e", ["alias/dba"]), ("D", [])):
        deck.press(chords).until("What will happen").gone("checking")
        for words in answers:
            chosen(deck, words)
        last_look(deck).until("READ-ONLY: nothing is sent in prod").press("Enter").until("nothing is sent from here")
        deck.type("plain").press("Enter").press("Esc").gone("Last look").press("Esc").gone("What will happen")
    assert world.changes() == []
    assert set(manual(world.prod, EAST)) == {"plain", "secret"} and shared_with(world.prod, EAST, "plain") == []
    assert "DescribeDBSnapshotAttributes" in world.proxy.operations, "it was asked"


def test_what_changed_behind_the_decks_back_stops_the_run_before_anything_is_sent(world):
    deck = on(world.opened(), "plain")
    last_look(deck.press("c").until("Copy").gone("checking"))
    rds = world.prod.client("rds")
    rds.copy_db_snapshot(SourceDBSnapshotIdentifier="secret", TargetDBSnapshotIdentifier="plain-copy")
    deck.press("Enter").until("CHANGED MEANWHILE")
    assert world.changes() == []
    assert manual(world.prod, EAST)["plain-copy"]["KmsKeyId"] == world.key
    deck.press("!").until("1 job").press("Enter")
    deck.until("a snapshot named plain-copy was made there meanwhile")
