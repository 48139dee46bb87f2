"""A served cloud behind a relay that can be told what to do with the next request that changes something.

What a test of crashes needs is then exact: a request that never arrived, one whose answer was lost, one that is still
on its way; and how often each really reached the cloud.
"""

import contextlib
import http.client
import http.server
import json
import signal
import subprocess
import threading
import urllib.parse

from conftest import PATIENCE, SNAPDECK, Aws, Server, environment, profiles

# How a request ends that is disturbed: it does not reach the cloud, or its answer does not come back.
SWALLOWED, UNANSWERED = "swallowed", "unanswered"
READS = ("Describe", "List", "Get", "AssumeRole")


def operation(headers, body):
    """The operation of a request, as RDS and STS name it in the body and KMS in a header."""
    target = headers.get("X-Amz-Target")
    return target.rsplit(".", 1)[1] if target else urllib.parse.parse_qs(body.decode())["Action"][0]


class Relay:
    """Stands between a program and a cloud; `changes` are the operations that reached the cloud and change something."""

    def __init__(self, url):
        self.changes, self.asked = [], 0
        self._disturb, self._gate, self._lock = None, None, threading.Lock()
        there = urllib.parse.urlsplit(url).netloc
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                name = operation(self.headers, body)
                disturb = None if name.startswith(READS) else relay._next()

                def forward():
                    if not name.startswith(READS):
                        relay.changes.append(name)
                    onward = http.client.HTTPConnection(there, timeout=PATIENCE)
                    headers = {key: value for key, value in self.headers.items() if key.lower() != "connection"}
                    onward.request("POST", self.path, body, headers)
                    answer = onward.getresponse()
                    content = answer.read()
                    onward.close()
                    return answer, content

                if relay._gate and not name.startswith(READS):
                    relay._gate.acquire(timeout=PATIENCE)
                if disturb:
                    self.close_connection = True
                    return disturb(forward)
                answer, content = forward()
                with contextlib.suppress(ConnectionError):
                    self.send_response_only(answer.status)
                    for key, value in answer.getheaders():
                        self.send_header(key, value)
                    self.end_headers()
                    self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def _next(self):
        """What is done with this change, the n-th that was asked for."""
        with self._lock:
            self.asked += 1
            return self._disturb(self.asked) if self._disturb else None

    def disturb(self, choose):
        """From now on `choose(n)` gives, for the n-th change, None or what is done instead of relaying it."""
        with self._lock:
            self.asked, self._disturb = 0, choose

    def gate(self):
        """From now on each change waits until the semaphore that this gives is released for it."""
        self._gate = threading.Semaphore(0)
        return self._gate

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


class Drill:
    """A fleet of its own in a folder of its own, served behind a relay, and the program before it."""

    def __init__(self, home, fleet, names):
        home.mkdir()
        self.home, self.names = home, names
        self.data = home / "data"
        self._running = []
        file = home / "fleet.json"
        file.write_text(json.dumps(fleet))
        command = [str(SNAPDECK), "cloud", "--listen", "127.0.0.1:0", "--fleet", str(file), "--speed", "1000000"]
        self._server = Server(command, environment(home))
        self.relay = Relay(self._server.url)
        self.aws = {account: Aws(self._server.url, key=f"AKIA{account}AAAA") for account in names}
        profiles(home, names)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self._running:
            process.kill()
            process.communicate()
        self.relay.stop()
        self._server.stop()

    def start(self, *arguments, data=None):
        """Starts the program; its output and errors are pipes."""
        command = [
            str(SNAPDECK), *arguments, "--profile", ",".join(self.names.values()), "--region", "us-east-1,eu-west-1",
            "--endpoint-url", self.relay.url, "--data-dir", str(data or self.data)]
        process = subprocess.Popen(
            command, env=environment(self.home), cwd=self.home, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self._running.append(process)
        return process

    def run(self, *arguments, expect=0, data=None):
        """Runs the program to its end; its output and its errors."""
        process = self.start(*arguments, data=data)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == expect, f"{arguments} ended with {process.returncode}:\n{out[-2000:]}\n{err[-2000:]}"
        return out, err

    def events(self, *arguments):
        """Runs the program to its end and gives the events that it printed."""
        return [json.loads(line) for line in self.run(*arguments)[0].splitlines()]

    def runs(self):
        """The runs of the journal."""
        return json.loads(self.run("jobs", "--format", "json")[0])["runs"]

    def killed_after(self, lines, *arguments):
        """Starts the program and kills it when it has printed so many lines; whether it was still at work."""
        process = self.start(*arguments)
        for _ in range(lines):
            process.stdout.readline()
        return self.kill(process)

    @staticmethod
    def kill(process):
        """Kills a program without a chance to tidy up, and waits until it is gone; whether that was what ended it."""
        process.kill()
        process.communicate(timeout=PATIENCE)
        return process.returncode == -signal.SIGKILL

    def killed_at(self, n, how, *arguments):
        """Kills the program when its n-th change is on its way; the change then reaches the cloud, or it does not."""
        started, met = threading.Event(), threading.Event()
        process = None

        def crash(forward):
            started.wait(PATIENCE)
            if how == UNANSWERED:
                forward()
            process.kill()
            met.set()

        self.relay.disturb(lambda asked: crash if asked == n else None)
        process = self.start(*arguments)
        started.set()
        process.communicate(timeout=PATIENCE)
        self.relay.disturb(None)
        assert met.is_set() and process.returncode == -signal.SIGKILL, f"change {n} of {arguments} was never sent"
