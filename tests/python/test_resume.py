"""Runs that are killed at every point, and taken up again: in the end all is as if nothing had happened.

The program is killed for real, before a served cloud; boto3 says what came of it.
"""

import concurrent.futures
import datetime
import json
import os
import re
import signal
import threading

import pytest

from conftest import PATIENCE
from drill import SWALLOWED, UNANSWERED, Drill
from fleet import DR, PROD, key, key_arn
import test_scripts

NAMES, REGIONS, AUTOMATED = test_scripts.NAMES, test_scripts.REGIONS, test_scripts.AUTOMATED
MANUAL = AUTOMATED.removeprefix("rds:")
EAST_KEY, FAR_KEY = key_arn(PROD, "us-east-1", "1"), key_arn(DR, "eu-west-1", "4")
AT_ONCE = 24

CHAIN = (
    "copy", "--snapshot", AUTOMATED, "--to-account", DR, "--to-region", "eu-west-1", "--kms-key", "alias/dba")
SHARE = ("share", "--snapshot", "orders-secret", "--with", DR)
ENCRYPT = ("encrypt", "--snapshot", "orders-plain", "--kms-key", "alias/dba")
DELETE = ("delete", "--snapshot", "orders-plain")
ACTIONS = {"chain": CHAIN, "cleaned": (*CHAIN, "--clean-up"), "share": SHARE, "encrypt": ENCRYPT, "delete": DELETE}


def fleet():
    """The fleet of the scripts, but with a key that lets nobody in; its clock is right, as AWS's is."""
    fleet = test_scripts.fleet()
    keys = fleet["accounts"][PROD]["regions"]["us-east-1"]["Keys"]
    keys[0] = key(EAST_KEY, "alias/dba")
    return fleet | {"now": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}


@pytest.fixture
def drill(tmp_path):
    with Drill(tmp_path / "drill", fleet(), NAMES) as drill:
        yield drill


def applied(action):
    return ("apply", *action, "--yes", "--format", "json")


def guests(drill):
    """Who is let in by the policy of prod's key, once for each statement that does."""
    kms = drill.aws[PROD].client("kms")
    policy = json.loads(kms.get_key_policy(KeyId=EAST_KEY, PolicyName="default")["Policy"])
    return [statement["Principal"]["AWS"] for statement in policy["Statement"] if DR in json.dumps(statement["Principal"])]


def world(drill):
    """All that a run can change, in a form that can be compared."""
    snapshots = {}
    for account, aws in drill.aws.items():
        for region in REGIONS:
            for name, row in test_scripts.there(aws, region).items():
                what = row["Status"], row["SnapshotType"], row.get("KmsKeyId")
                shared = test_scripts.shared_with(aws, region, name) if row["SnapshotType"] == "manual" else []
                snapshots[account, region, name] = *what, tuple(shared)
    return snapshots, guests(drill)


def resumed(drill):
    """Takes up what was cut short until nothing is, which the first time brings about."""
    drill.run("resume", "--format", "json")
    _, said = drill.run("resume", "--format", "json")
    assert "no run was cut short" in said
    assert [run["state"] for run in drill.runs()] == ["done"]


def test_the_chain_ends_with_one_copy_in_the_other_account(drill):
    plan = json.loads(drill.run("plan", *CHAIN, "--format", "json")[0])
    calls = ["rds:CopyDBSnapshot", "kms:PutKeyPolicy", "rds:ModifyDBSnapshotAttribute", "rds:CopyDBSnapshot"]
    places = [(PROD, "us-east-1")] * 3 + [(DR, "eu-west-1")]
    assert [step["call"] for step in plan["steps"]] == calls
    assert [(step["account"], step["region"]) for step in plan["steps"]] == places
    before, _ = world(drill)

    events = drill.events(*applied(CHAIN))
    assert [event["call"] for event in events if event["event"] == "sending"] == calls
    assert [f"{service}:{name}" for service, name in zip(("rds", "kms", "rds", "rds"), drill.relay.changes, strict=True)] == calls
    after, let_in = world(drill)
    assert {thing: after[thing] for thing in after.keys() - before.keys()} == {
        (PROD, "us-east-1", MANUAL): ("available", "manual", EAST_KEY, (DR,)),
        (DR, "eu-west-1", MANUAL): ("available", "manual", FAR_KEY, ()),
    }
    assert before.items() <= after.items() and let_in
    [run] = drill.runs()
    assert run["state"] == "done" and run["run"] == events[0]["run"]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What each action comes to when nothing goes wrong: the world then, the changes sent, and how many events it took."""
    def one(name):
        with Drill(tmp_path_factory.mktemp("undisturbed") / name, fleet(), NAMES) as drill:
            events = drill.events(*applied(ACTIONS[name]))
            return world(drill), list(drill.relay.changes), len(events)

    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(ACTIONS, pool.map(one, ACTIONS), strict=True))


def killed_after(lines):
    """What happens: a kill when so many lines are printed; it gives whether the program was still there to be killed."""
    return lambda drill, command: drill.killed_after(lines, *command)


def killed_at(n, how):
    """What happens: a kill while the n-th change is on its way."""
    def happens(drill, command):
        drill.killed_at(n, how, *command)
        return True
    return happens


def killed_again_and_again(drill, command):
    """What happens: a kill whenever three more lines are printed."""
    kills = int(drill.killed_after(3, *command))
    while any(run["state"].startswith("cut short") for run in drill.runs()):
        kills += drill.killed_after(3, "resume", "--format", "json")
    return kills


def unheard(drill, command):
    """What happens: changes are carried out, and no answer comes."""
    drill.relay.disturb(lambda n: lambda forward: forward())
    drill.run(*command)
    drill.relay.disturb(None)
    return 0


def cases(undisturbed):
    """All that happens to runs: for each group, (name of an action, words for what happens, what happens)."""
    sizes = [(name, len(changes), events) for name, (_, changes, events) in undisturbed.items()]
    return {
        "any event": [
            (name, f"killed after line {n}", killed_after(n)) for name, _, events in sizes for n in range(1, events + 1)],
        "on its way": [
            (name, f"killed as change {n} was {how}", killed_at(n, how))
            for name, changes, _ in sizes for n in range(1, changes + 1) for how in (SWALLOWED, UNANSWERED)],
        "again and again": [(name, "killed again and again", killed_again_and_again) for name in ACTIONS],
        "unheard": [(name, "no answers", unheard) for name in ACTIONS],
    }


def came_to_the_same_end(home, undisturbed, name, how, happens):
    """Carries an action out while something happens to it, resumes it, and gives how often it was killed."""
    with Drill(home, fleet(), NAMES) as drill:
        kills = happens(drill, applied(ACTIONS[name]))
        resumed(drill)
        wanted, changes, _ = undisturbed[name]
        assert world(drill) == wanted, f"{name}, {how}"
        assert drill.relay.changes == changes, f"{name}, {how}: each reached the cloud once"
        return int(kills)


@pytest.fixture(scope="module")
def ends(undisturbed, tmp_path_factory):
    """The ends of all cases, by group: they mostly wait, and so do that together, each before a cloud of its own."""
    home = tmp_path_factory.mktemp("crashes")
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        yield {
            group: [
                pool.submit(came_to_the_same_end, home / f"{group} {n}".replace(" ", "-"), undisturbed, *case)
                for n, case in enumerate(those)]
            for group, those in cases(undisturbed).items()}


def kills_of(ends, group, capsys):
    """How often the runs of a group were killed, each of them; says so."""
    kills = [end.result() for end in ends[group]]
    with capsys.disabled():
        print(f"\n{group}: {len(kills)} runs, {sum(kills)} kills")
    return kills


def test_a_run_that_is_killed_after_any_event_comes_to_the_same_end(undisturbed, ends, capsys):
    kills = kills_of(ends, "any event", capsys)
    assert len(kills) == sum(events for _, _, events in undisturbed.values())
    # After its last line a program may be quicker than the kill, and a copy may have been seen at work once more.
    assert sum(kills) >= len(kills) - 2 * len(ACTIONS)


def test_a_run_that_is_killed_while_a_request_is_on_its_way_comes_to_the_same_end(undisturbed, ends, capsys):
    kills = kills_of(ends, "on its way", capsys)
    assert kills == [1] * 2 * sum(len(changes) for _, changes, _ in undisturbed.values())


def test_a_run_that_is_killed_again_and_again_comes_to_the_same_end(ends, capsys):
    assert max(kills_of(ends, "again and again", capsys)) > 2


def test_a_run_none_of_whose_answers_arrive_still_comes_to_its_end(ends, capsys):
    assert not any(kills_of(ends, "unheard", capsys))


class Held:
    """An apply whose first change is on its way until the test ends it."""

    def __init__(self, drill, action):
        self._arrived, self._let_go = threading.Event(), threading.Event()

        def hold(forward):
            forward()
            self._arrived.set()
            self._let_go.wait(PATIENCE)

        drill.relay.disturb(lambda n: hold if n == 1 else None)
        self.process = drill.start(*applied(action))
        first = self.process.stdout.readline()
        assert first, self.process.stderr.read()
        self.run = json.loads(first)["run"]
        assert self._arrived.wait(PATIENCE)

    def end(self):
        self._let_go.set()


def test_a_run_that_is_being_driven_is_watched_and_taken_over_when_its_driver_dies(drill, undisturbed):
    held = Held(drill, ENCRYPT)
    watcher = drill.start("resume", held.run, "--format", "json")
    said = watcher.stderr.readline()
    assert str(held.process.pid) in said and "drives run" in said and held.run in said
    assert json.loads(watcher.stdout.readline())["event"] == "sending"
    _, said = drill.run("resume")
    assert "no run was cut short" in said
    [run] = drill.runs()
    assert run["run"] == held.run and run["state"].startswith("step 1 of 1, by ") and str(held.process.pid) in run["state"]
    assert drill.relay.changes == ["CopyDBSnapshot"]

    assert drill.kill(held.process)
    held.end()
    out, said = watcher.communicate(timeout=PATIENCE)
    assert watcher.returncode == 0 and "let go of it" in said
    assert [json.loads(line)["event"] for line in out.splitlines()][:2] == ["unsure", "found"]
    assert world(drill) == undisturbed["encrypt"][0] and drill.relay.changes == undisturbed["encrypt"][1]


def test_a_run_of_another_machine_is_adopted_and_goes_on_where_it_was(drill, undisturbed):
    assert drill.killed_at(3, UNANSWERED, *applied(CHAIN)) is not False
    [run] = drill.runs()
    record, _ = drill.run("jobs", "export", run["run"], "--format", "json")
    file, elsewhere = drill.home / "run.json", drill.home / "elsewhere"
    file.write_text(record)
    _, said = drill.run("resume", "--adopt", str(file), "--format", "json", data=elsewhere)
    assert f"run {run['run']} of " in said
    assert world(drill) == undisturbed["chain"][0] and drill.relay.changes == undisturbed["chain"][1]
    _, said = drill.run("resume", "--adopt", str(file), data=elsewhere, expect=1)
    assert "is in this journal already" in said
    file.write_text(record.replace('"taken"', '"reached"', 1))
    _, said = drill.run("resume", "--adopt", str(file), data=drill.home / "third", expect=2)
    assert "events[1].request: it does not belong there" in said


def test_what_is_needed_on_the_way_only_is_taken_back_when_that_is_asked_for(drill, undisturbed):
    before, let_in = world(drill)
    drill.run(*applied(ACTIONS["cleaned"]))
    after, let_in_then = world(drill)
    assert {thing: after[thing] for thing in after.keys() - before.keys()} == {
        (DR, "eu-west-1", MANUAL): ("available", "manual", FAR_KEY, ())}
    assert before.items() <= after.items() and let_in == let_in_then == []


def unwritable(home):
    """A folder that nothing can be written to: whoever is root can write everywhere, except below a file."""
    if os.geteuid() == 0:
        return "/dev/null/x"
    folder = home / "sealed"
    folder.mkdir(mode=0o500)
    return folder


def test_nothing_is_sent_that_cannot_be_written_down(drill):
    before, place = world(drill), unwritable(drill.home)
    for action in ACTIONS.values():
        out, said = drill.run(*applied(action), data=place, expect=1)
        assert not out and "nothing was sent" in said and str(place) in said and "--data-dir" in said
    assert not drill.relay.asked and world(drill) == before


@pytest.mark.parametrize("while_following", (False, True), ids=("request on its way", "copy followed"))
def test_ctrl_c_stops_a_run_that_can_be_taken_up_again(drill, undisturbed, while_following):
    if while_following:
        process = drill.start(*applied(ENCRYPT))
        lines = [process.stdout.readline() for _ in range(2)]
        assert json.loads(lines[1])["event"] == "taken"
    else:
        held = Held(drill, ENCRYPT)
        process = held.process
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    if not while_following:
        held.end()
    assert process.returncode == 1
    [run] = re.findall(r"snapdeck resume (\S+) takes it up again", said)
    drill.run("resume", run)
    assert world(drill) == undisturbed["encrypt"][0] and drill.relay.changes == undisturbed["encrypt"][1]
    assert [run["state"] for run in drill.runs()] == ["done"]
