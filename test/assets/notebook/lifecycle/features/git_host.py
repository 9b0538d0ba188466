"""A host that serves repositories over HTTPS to whoever has its password."""

import base64
import os
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GIT = {
    **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "ci"),
    **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "ci@example.com"),
    "GIT_CONFIG_NOSYSTEM": "1",
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
}


def git(*arguments, cwd="/"):
    command = ["git", *[str(part) for part in arguments]]
    return subprocess.run(command, cwd=cwd, env=GIT, check=True, capture_output=True, text=True).stdout.strip()


class GitHost:
    """A server at https://localhost:<port>. `asked` has who asked for what, `pair` is whom it lets in, if not all."""

    def __init__(self, folder):
        self.folder = folder
        self.pair = None
        self.asked = []
        self.certificate = folder / "certificate.pem"
        key = folder / "key.pem"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
                *("-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", self.certificate),
            ],
            check=True,
            capture_output=True,
        )
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.host = f"localhost:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, name):
        return f"https://{self.host}/{name}.git"

    def create(self, name):
        """A repository with one commit, and the clone that it is worked on in."""
        git("init", "--quiet", "--bare", "--initial-branch=main", self.folder / f"{name}.git")
        work = self.folder / f"{name}-work"
        git("clone", "--quiet", self.folder / f"{name}.git", work)
        self.commit(name, "first")
        return work

    def commit(self, name, text, branch="main"):
        work = self.folder / f"{name}-work"
        git("checkout", "--quiet", "-B", branch, cwd=work)
        (work / "file.txt").write_text(text)
        git("add", ".", cwd=work)
        git("commit", "--quiet", "--allow-empty", "-m", text, cwd=work)
        git("push", "--quiet", "origin", branch, cwd=work)
        return git("rev-parse", "HEAD", cwd=work)

    def handler(self):
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                given = self.headers.get("Authorization", "")
                pair = base64.b64decode(given.replace("Basic ", "")).decode()
                host.asked.append((pair, self.path))
                if host.pair is not None and pair != host.pair:
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="git"')
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                self.serve()

            do_POST = do_GET  # noqa: N815

            def serve(self):
                path, _, query = self.path.partition("?")
                environment = {
                    "GIT_PROJECT_ROOT": str(host.folder),
                    "GIT_HTTP_EXPORT_ALL": "1",
                    "PATH_INFO": path,
                    "QUERY_STRING": query,
                    "REQUEST_METHOD": self.command,
                    "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                    "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                    "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                    "PATH": os.environ["PATH"],
                    "HOME": "/nonexistent",
                    "GIT_CONFIG_COUNT": "1",
                    "GIT_CONFIG_KEY_0": "safe.directory",
                    "GIT_CONFIG_VALUE_0": "*",
                }
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = subprocess.run(
                    ["git", "http-backend"], input=body, env=environment, stdout=subprocess.PIPE, check=True
                ).stdout
                head, _, content = answer.partition(b"\r\n\r\n")
                fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
                self.send_response(int(fields.pop("Status", "200").split()[0]))
                for name, value in fields.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        return Handler

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
