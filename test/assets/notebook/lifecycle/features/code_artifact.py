"""A server that speaks for CodeArtifact, for the real command line tool to talk to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


class CodeArtifact:
    """`token` and `endpoint` are what it hands out, `asked` what it was asked for; if it `refuses`, nobody gets in."""

    def __init__(self, endpoint):
        self.token = "first"
        self.endpoint = endpoint
        self.refuses = False
        self.asked = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path):
        if self.refuses:
            return 403, {"__type": "AccessDeniedException", "message": "not for you"}
        if path == "/v1/authorization-token":
            return 200, {"authorizationToken": self.token, "expiration": 1_800_000_000}
        return 200, {"repositoryEndpoint": self.endpoint}

    def handler(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                signed_for = self.headers["Authorization"].split("Credential=")[1].split("/")[2]
                service.asked.append((parts.path, {**dict(parse_qsl(parts.query)), "region": signed_for}))
                status, answer = service.answer(parts.path)
                body = json.dumps(answer).encode()
                self.send_response(status)
                if status != 200:
                    self.send_header("x-amzn-ErrorType", answer["__type"])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_):
                pass

        return Handler

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
