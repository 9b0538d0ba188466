"""A server that speaks as those services of AWS do whose calls are JSON with a target, for real clients to talk to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class JsonService:
    """`answers` has what it says to each call, by name; whatever else is asked for is denied. `asked` is the record."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def calls(self, name):
        return [given for called, given in self.asked if called == name]

    def handler(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                name = self.headers.get("X-Amz-Target", ".").split(".")[-1]
                given = self.rfile.read(int(self.headers["Content-Length"]))
                service.asked.append((name, json.loads(given) if name else given.decode()))
                answer = service.answers.get(name)
                if callable(answer):
                    answer = answer(service.asked[-1][1])
                status = 400 if answer is None else 200
                denied = {"__type": "AccessDeniedException", "message": f"not authorized to call {name}"}
                body = answer if isinstance(answer, str) else json.dumps(denied if answer is None else answer)
                self.send_response(status)
                self.send_header("Content-Type", "application/x-amz-json-1.1" if name else "text/xml")
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        return Handler

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
