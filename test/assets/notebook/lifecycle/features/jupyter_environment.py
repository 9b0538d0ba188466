"""The environment that Jupyter runs in, a server from it, and an index of packages."""

import base64
import contextlib
import functools
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import threading
import urllib.error
import urllib.request
import venv
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from feature_process import until


def environment_of(home):
    """What stands for JupyterSystemEnv: a real one, which also sees the packages of the tests."""
    folder = home / "anaconda3/envs/JupyterSystemEnv"
    venv.create(folder, symlinks=True)
    python = folder / "bin/python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    with open(f"{packages}/tests.pth", "w") as path:
        path.write(sysconfig.get_path("purelib"))
    return folder


class JupyterServer:
    """The real server, told of its configuration by nothing but the files of an instance."""

    def __init__(self, instance, *options, command=("-m", "jupyter_server"), python=sys.executable):
        runtime = instance.folder / "runtime"
        path = f"{instance.root}/etc/jupyter"
        environment = {**instance.environment, "JUPYTER_CONFIG_PATH": path, "JUPYTER_RUNTIME_DIR": str(runtime)}
        common = ["--no-browser", "--port=0", "--allow-root", f"--ServerApp.root_dir={instance.volume}"]
        self.log = instance.folder / "server.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [python, *command, *common, *options],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=instance.volume,
            )

        def facts():
            assert self.process.poll() is None, self.log.read_text()
            with contextlib.suppress(ValueError):  # the file is there before all of it is
                return [json.loads(file.read_text()) for file in runtime.glob("jpserver-*.json")]

        (known,) = until(facts, 120)
        self.url = known["url"].rstrip("/")
        self.token = known["token"]
        until(self.listens, 60)

    def listens(self):
        with contextlib.suppress(ConnectionError, urllib.error.URLError):
            return self.read("/api")

    def open(self, path, timeout=60):
        request = urllib.request.Request(f"{self.url}{path}", headers={"Authorization": f"token {self.token}"})
        return urllib.request.urlopen(request, timeout=timeout)

    def read(self, path):
        with self.open(path) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class PackageIndex:
    """An index of packages, as pip asks for them."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

        class Handler(SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def offer(self, name, version, files, requires=()):
        """A wheel with these files."""
        written = f"{name.replace('-', '_')}-{version}"
        head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        info = {
            "METADATA": head + "".join(f"Requires-Dist: {requirement}\n" for requirement in requires),
            "WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        everything = {**files, **{f"{written}.dist-info/{key}": text for key, text in info.items()}}
        record = "".join(f"{path},{digest(text)},{len(text.encode())}\n" for path, text in everything.items())
        everything[f"{written}.dist-info/RECORD"] = f"{record}{written}.dist-info/RECORD,,\n"
        (self.folder / name).mkdir(exist_ok=True)
        with zipfile.ZipFile(self.folder / name / f"{written}-py3-none-any.whl", "w") as wheel:
            for path, text in everything.items():
                wheel.writestr(path, text)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def digest(text):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def site_packages(folder):
    (lib,) = (folder / "lib").glob("python3*")
    return {name for name in os.listdir(lib / "site-packages") if name != "__pycache__"}
