"""A proxy before an endpoint that remembers which operations were called."""

import http.client
import http.server
import threading
import urllib.parse

# What changes nothing has one of these names.
READS = ("Describe", "List", "Get", "AssumeRole")


class Proxy:
    """Hands every request on to an endpoint, and remembers the operations by their names."""

    def __init__(self, endpoint):
        self.operations = []
        target = urllib.parse.urlsplit(endpoint).netloc
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                proxy.operations.append(operation(self.headers, body))
                upstream = http.client.HTTPConnection(target, timeout=60)
                upstream.request("POST", self.path, body, dict(self.headers))
                answer = upstream.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                self.send_header("content-type", answer.headers.get("content-type", "text/xml"))
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                upstream.close()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def operation(headers, body):
    """The operation of a request: of the JSON protocol by its header, of the query protocol by its parameter."""
    if "x-amz-target" in headers:
        return headers["x-amz-target"].split(".")[1]
    return urllib.parse.parse_qs(body.decode())["Action"][0]


def changes(operations):
    """Those of the operations that change something."""
    return [name for name in operations if not name.startswith(READS)]
