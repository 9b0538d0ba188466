"""A host that serves packages over HTTPS, as a package index does, and the authority that vouches for it."""

import base64
import hashlib
import io
import ssl
import subprocess
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def authority(folder, name="authority"):
    """An authority: its certificate and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    openssl("req", "-x509", *EC, "-subj", f"/CN={name}", "-keyout", key, "-out", certificate)
    return certificate, key


def wheel(name, version, files=None, requires=()):
    """The smallest wheel that pip installs."""
    info = f"{name}-{version}.dist-info"
    needed = "".join(f"Requires-Dist: {entry}\n" for entry in requires)
    content = {
        f"{name}.py": f"VERSION = {version!r}\n",
        **(files or {}),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needed}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    content = {path: text for path, text in content.items() if text is not None}
    content[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*content, f"{info}/RECORD"])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, text in content.items():
            archive.writestr(path, text)
    return buffer.getvalue()


class PackageHost:
    """A server at https://localhost:<port>. `asked` has who asked for what, `pair` is whom it lets in, if not all."""

    def __init__(self, folder):
        self.pair = None
        self.asked = []
        self.wheels = {}
        self.certificate, ca_key = authority(folder)
        key, request, chain = folder / "host.key", folder / "host.csr", folder / "host.pem"
        names = folder / "names"
        names.write_text("subjectAltName=DNS:localhost")
        openssl("req", *EC, "-subj", "/CN=localhost", "-keyout", key, "-out", request)
        signing = ("-CA", self.certificate, "-CAkey", ca_key, "-CAcreateserial", "-days", "2", "-extfile", names)
        openssl("x509", "-req", "-in", request, *signing, "-out", chain)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.host = f"localhost:{self.server.server_address[1]}"
        self.url = f"https://{self.host}/simple"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, name, version="1.0", files=None, requires=()):
        """Offer a package; return the digest of its wheel."""
        content = wheel(name, version, files, requires)
        self.wheels[f"{name}-{version}-py3-none-any.whl"] = content
        return hashlib.sha256(content).hexdigest()

    def page(self, path):
        """What PEP 503 says that an index answers, and the files themselves."""
        *_, last = path.rstrip("/").split("/")
        if path.startswith("/simple/"):
            names = [name for name in self.wheels if name.startswith(f"{last}-")]
            links = "".join(f'<a href="/files/{name}">{name}</a>\n' for name in names)
            return ("text/html", f"<!DOCTYPE html><html><body>{links}</body></html>".encode()) if names else None
        return ("application/octet-stream", self.wheels[last]) if last in self.wheels else None

    def handler(self):
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                given = self.headers.get("Authorization", "")
                pair = base64.b64decode(given.replace("Basic ", "")).decode("latin-1")
                host.asked.append((pair, self.path))
                if host.pair is not None and pair != host.pair:
                    self.answer(401, "text/plain", b"", ("WWW-Authenticate", 'Basic realm="packages"'))
                    return
                page = host.page(self.path)
                self.answer(*((200, *page) if page else (404, "text/plain", b"")))

            do_HEAD = do_GET  # noqa: N815

            def answer(self, status, kind, body, *headers):
                self.send_response(status)
                for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"" if self.command == "HEAD" else body)

            def log_message(self, *_):
                pass

        return Handler

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
