"""What the tests against other people's AWS share: servers, sessions, and the program itself.

Servers say on their own output when they listen, and that is what is waited for.
"""

import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import urllib.request

import boto3
import botocore.config
import pytest

from proxy import Proxy
from terminal import Terminal

ROOT = pathlib.Path(__file__).resolve().parents[2]
SNAPDECK = pathlib.Path(os.environ.get("SNAPDECK", ROOT / "target" / "debug" / "snapdeck"))
PATIENCE = 60


def environment(home, **more):
    """An environment in which nothing of this machine's AWS settings shows."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    return keep | {
        "HOME": str(home),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(home / "aws-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "aws-credentials"),
    } | more


class Server:
    """A server in another process, ready when a line of its output names its address."""

    def __init__(self, command, env):
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines = []
        self.url = None
        ready = threading.Event()
        threading.Thread(target=self._read, args=(ready,), daemon=True).start()
        assert ready.wait(PATIENCE) and self.url, f"{command} never listened:\n" + "".join(self.lines)

    def _read(self, ready):
        for line in self.process.stdout:
            self.lines.append(line)
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found and not self.url:
                self.url = found.group()
                ready.set()
        ready.set()

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Aws:
    """Clients of one endpoint, as any account."""

    def __init__(self, url, key="AKIA111111111111AAAA"):
        self.url = url
        self.session = boto3.Session(aws_access_key_id=key, aws_secret_access_key="secret")

    def client(self, service, region="us-east-1"):
        config = botocore.config.Config(retries={"max_attempts": 1})
        return self.session.client(service, region_name=region, endpoint_url=self.url, config=config)

    def assume(self, account):
        """The same endpoint as another account."""
        role = f"arn:aws:iam::{account}:role/snapdeck"
        credentials = self.client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
        other = Aws(self.url)
        other.session = boto3.Session(
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"],
        )
        return other


def there(aws, region):
    """The snapshots that an account has in a region, by name, as boto3 sees them."""
    rows = aws.client("rds", region).describe_db_snapshots()["DBSnapshots"]
    return {found["DBSnapshotIdentifier"]: found for found in rows}


def shared_with(aws, region, name):
    """The accounts that a snapshot is shared with, as boto3 sees them."""
    result = aws.client("rds", region).describe_db_snapshot_attributes(DBSnapshotIdentifier=name)
    attributes = result["DBSnapshotAttributesResult"]["DBSnapshotAttributes"]
    return next(attribute["AttributeValues"] for attribute in attributes if attribute["AttributeName"] == "restore")


def snapdeck(home, *arguments, expect=(0,), **env):
    """Runs the program to its end and gives its standard output and error."""
    command = [str(SNAPDECK), *arguments]
    done = subprocess.run(command, env=environment(home, **env), cwd=home, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode in expect, f"{command} ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout, done.stderr


def inventory(home, *arguments, expect=(0,), **env):
    """The inventory as `list --format json` tells it."""
    out, _ = snapdeck(home, "list", "--format", "json", *arguments, expect=expect, **env)
    return json.loads(out)


def roles(home, names):
    """A settings file in which each account, by its id and name, is entered by assuming a role."""
    config = home / "snapdeck.toml"
    config.write_text("".join(
        f'[[accounts]]\nname = "{name}"\nrole_arn = "arn:aws:iam::{account}:role/snapdeck"\n' for account, name in names.items()))
    return config


def profiles(home, names):
    """AWS config files with a profile for each account, by its id and name; the demo cloud finds the account in the key."""
    (home / "aws-config").write_text("".join(f"[profile {name}]\nregion = us-east-1\n" for name in names.values()))
    (home / "aws-credentials").write_text("".join(
        f"[{name}]\naws_access_key_id = AKIA{account}AAAA\naws_secret_access_key = secret\n" for account, name in names.items()))


@pytest.fixture
def deck(tmp_path):
    """Starts decks in terminals, each as the command line of the arguments; all are closed when the test ends."""
    with contextlib.ExitStack() as decks:
        def start(*arguments, size=(150, 45), ground="dark", **env):
            command = [SNAPDECK, *arguments]
            return decks.enter_context(Terminal(command, environment(tmp_path, **env), tmp_path, size, ground))
        yield start


def saved(deck, home, name):
    """Saves what a deck offers to save, a view or a script, under a name in its folder, and gives the file."""
    deck.press("ctrl-s").until("Save").press("ctrl-u").type(name).press("Enter").until("saved ")
    return home / name


@pytest.fixture
def cloud(tmp_path):
    """The demo cloud with its built-in fleet, over HTTP."""
    server = Server([str(SNAPDECK), "cloud", "--listen", "127.0.0.1:0", "--speed", "100000"], environment(tmp_path))
    yield server
    server.stop()


@pytest.fixture
def serve(tmp_path):
    """Serves fleets of the test's own and gives their addresses; copies take no time worth waiting for."""
    with contextlib.ExitStack() as servers:
        def start(fleet):
            file = tmp_path / "fleet.json"
            file.write_text(json.dumps(fleet))
            command = [str(SNAPDECK), "cloud", "--listen", "127.0.0.1:0", "--fleet", str(file), "--speed", "1000000"]
            server = Server(command, environment(tmp_path))
            servers.callback(server.stop)
            return server.url
        yield start


@pytest.fixture(scope="session")
def moto_server(tmp_path_factory):
    """moto: AWS by other hands, started once."""
    code = "import sys; from moto.server import main; sys.exit(main(sys.argv[1:]))"
    env = environment(tmp_path_factory.mktemp("moto"), MOTO_RDS_SNAPSHOT_LIMIT="1000", PYTHONUNBUFFERED="1")
    server = Server([sys.executable, "-c", code, "-H", "127.0.0.1", "-p", "0"], env)
    yield server
    server.stop()


@pytest.fixture
def moto(moto_server):
    """moto, with nothing in it."""
    urllib.request.urlopen(urllib.request.Request(f"{moto_server.url}/moto-api/reset", method="POST"), timeout=PATIENCE).close()
    return moto_server


@pytest.fixture
def proxy(moto):
    """moto behind a proxy that remembers what is called."""
    proxy = Proxy(moto.url)
    yield proxy
    proxy.stop()
