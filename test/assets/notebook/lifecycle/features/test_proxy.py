"""The way out through a proxy: a real proxy, and the real clients that have to use it or to leave it alone."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from feature_process import PYTHON, FeatureProcess, contents

ALWAYS = "localhost,127.0.0.1,::1,169.254.169.254,169.254.170.2,fd00:ec2::254"
AWS = ".eu-west-1.amazonaws.com,.eu-west-1.api.aws,.eu-west-1.on.aws,.eu-west-1.sagemaker.aws"
PROFILE = "etc/profile.d/ml-infra-proxy.sh"
DROP_IN = "etc/systemd/system/{}.service.d/ml-infra-proxy.conf"


class Proxy:
    """A proxy that lets nobody out, and knows who asked."""

    def __init__(self):
        self.asked = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def handler(self):
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                proxy.asked.append(f"{self.command} {self.path}")
                self.send_response(403)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_CONNECT = do_POST = do_PUT = do_GET  # noqa: N815

            def log_message(self, *_):
                pass

        return Handler


@pytest.fixture(scope="module")
def proxy():
    running = Proxy()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def instance(tmp_path, proxy):
    """An instance without systemd, which stands only on the platform: what it is told is written down."""
    proxy.asked.clear()
    it = FeatureProcess(tmp_path, "proxy", AWS_MAX_ATTEMPTS="1", PIP_RETRIES="0")
    it.stand_in("systemctl", f'echo "$*" >>{tmp_path}/systemctl')
    return it


def settings(proxy, **changes):
    return {"httpsProxy": proxy.url, "httpProxy": proxy.url, "noProxy": [], "vpcCidr": None, **changes}


def in_a_terminal(instance, *command):
    return instance.call(["bash", "-c", f'. {instance.root / PROFILE} && exec "$@"', "bash", *command])


def no_proxy(instance):
    return in_a_terminal(instance, "printenv", "NO_PROXY").stdout.strip()


FETCH = "import sys, urllib.request as r\ntry: r.urlopen(sys.argv[1], timeout=5)\nexcept Exception as e: print(e)"
FAR = "sts.eu-west-1.amazonaws.com.invalid"
CLIENTS = {
    "Python": [PYTHON, "-c", FETCH, "https://{host}/"],
    "curl": ["curl", "--silent", "--max-time", "5", "https://{host}/"],
    "pip": [PYTHON, "-m", "pip", "download", "--no-deps", "--index-url", "https://{host}/simple", "tool"],
    "Git": ["git", "ls-remote", "https://{host}/a.git"],
    "AWS": ["aws", "s3api", "list-buckets", "--endpoint-url", "https://{host}"],
}


@pytest.mark.parametrize("client", CLIENTS)
def test_what_is_far_goes_through_the_proxy_and_what_is_near_does_not_for(instance, proxy, client):
    assert instance.apply(**settings(proxy, noProxy=[".corp.invalid"])).returncode == 0

    in_a_terminal(instance, *(str(part).format(host=FAR) for part in CLIENTS[client]))
    assert f"CONNECT {FAR}:443" in proxy.asked

    proxy.asked.clear()
    in_a_terminal(instance, *(str(part).format(host="git.corp.invalid") for part in CLIENTS[client]))
    assert proxy.asked == []


def test_what_must_never_go_through_a_proxy_never_does(instance, proxy):
    instance.apply(**settings(proxy, vpcCidr="10.0.0.0/16", noProxy=["git.corp", "10.1.0.0/16", "localhost"]))
    assert no_proxy(instance) == f"{ALWAYS},10.0.0.0/16,{AWS},.eu-west-1.compute.internal,git.corp,10.1.0.0/16"


def test_the_metadata_service_is_reached_directly(instance, proxy):
    instance.apply(**settings(proxy))
    for address in ("169.254.169.254", "169.254.170.2"):
        in_a_terminal(instance, PYTHON, "-c", FETCH.replace("timeout=5", "timeout=0.2"), f"http://{address}/latest/")
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("partition", "region", "names"),
    [
        ("aws-cn", "cn-north-1", ".cn-north-1.amazonaws.com.cn,.cn-north-1.api.amazonwebservices.com.cn"),
        ("aws-us-gov", "us-gov-west-1", ".us-gov-west-1.amazonaws.com,.us-gov-west-1.api.aws"),
        ("aws-eusc", "eusc-de-east-1", ".eusc-de-east-1.amazonaws.eu,.eusc-de-east-1.api.amazonwebservices.eu"),
        ("aws-next", "xy-east-1", ".xy-east-1.amazonaws.com,.xy-east-1.api.aws"),
        ("aws", "us-east-1", "s3.amazonaws.com,.s3.amazonaws.com,.ec2.internal"),
    ],
)
def test_the_endpoints_of_the_region_are_near_in_every_partition(
    instance, proxy, monkeypatch, partition, region, names
):
    arn = f"arn:{partition}:sagemaker:{region}:123456789012:notebook-instance/alice"
    there = {**instance.notebook(), "arn": arn}
    monkeypatch.setattr(instance, "notebook", lambda: there)
    assert instance.apply(**settings(proxy)).returncode == 0
    assert names in no_proxy(instance)


def test_variables_come_in_both_cases_and_for_both_protocols(instance, proxy):
    instance.apply(**settings(proxy, httpProxy="http://plain.corp:80"))
    for name, value in (("HTTPS_PROXY", proxy.url), ("HTTP_PROXY", "http://plain.corp:80")):
        for spelling in (name, name.lower()):
            assert in_a_terminal(instance, "printenv", spelling).stdout == f"{value}\n"
    assert in_a_terminal(instance, "printenv", "no_proxy").stdout.strip() == no_proxy(instance)


def test_jupyter_and_docker_get_the_variables_from_systemd(instance, proxy, tmp_path):
    instance.apply(**settings(proxy))
    for service in ("jupyter-server", "docker"):
        unit = (instance.root / DROP_IN.format(service)).read_text()
        assert unit.startswith("[Service]\n")
        assert f'Environment="HTTPS_PROXY={proxy.url}"' in unit
        assert f'Environment="NO_PROXY={no_proxy(instance)}"' in unit
    assert instance.wants_restart()
    assert (tmp_path / "systemctl").read_text() == "daemon-reload\n--no-block try-restart docker.service\n"


def test_an_instance_without_docker_has_its_proxy_too(instance, proxy):
    instance.stand_in("systemctl", 'echo "Unit $3 not found" >&2; exit 5')
    result = instance.apply(**settings(proxy))
    assert result.returncode == 0
    assert "Docker gets the proxy when its daemon starts" in result.stdout
    assert in_a_terminal(instance, "printenv", "HTTPS_PROXY").returncode == 0


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/a/b.git", "{proxy}"),
        ("https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/a", ""),
        ("https://git.corp/a", ""),
        ("https://a.team.corp/a", ""),
    ],
)
def test_git_knows_where_to_go_even_where_no_variables_are_set(instance, proxy, url, expected):
    instance.apply(**settings(proxy, noProxy=["git.corp", ".team.corp", "10.0.0.0/8"]))
    config = str(instance.root / "etc/gitconfig")
    found = instance.call(["git", "config", "--file", config, "--get-urlmatch", "http.proxy", url])
    assert (found.returncode, found.stdout) == (0, f"{expected.format(proxy=proxy.url)}\n")


def test_a_second_start_changes_nothing(instance, proxy, tmp_path):
    instance.apply(**settings(proxy))
    first, told = contents(instance.root), (tmp_path / "systemctl").read_text()
    assert instance.apply(**settings(proxy)).returncode == 0
    assert (contents(instance.root), (tmp_path / "systemctl").read_text()) == (first, told)


def test_what_git_was_told_by_others_stays(instance, proxy):
    config = instance.root / "etc/gitconfig"
    config.parent.mkdir(parents=True)
    config.write_text("[user]\n\tname = The Team\n")
    instance.apply(**settings(proxy))
    assert "name = The Team" in config.read_text()


@pytest.mark.parametrize(
    "url",
    [
        "http://alice:secret@proxy.corp:3128",
        "http://proxy.corp:3128/$(touch hacked)",
        "http://proxy.corp:3128\nexport X=1",
        'http://proxy.corp:3128" X="1',
        "http://`id`:80",
        "socks5://proxy.corp:1080",
        "http://proxy.corp:3128\0",
        "",
    ],
)
def test_a_deploy_time_value_that_is_no_proxy_is_refused_unseen(instance, proxy, url):
    result = instance.apply(**settings(proxy, httpsProxy=url))
    assert result.returncode == 1
    assert "must be given as http://host:port" in result.stderr
    assert "secret" not in result.stderr + result.stdout
    assert contents(instance.root) == {}


@pytest.mark.parametrize("place", ["a b", "a,b", "$(id)", "a\nb", "", 'a"b', "ü"])
def test_a_deploy_time_value_that_is_no_place_is_refused(instance, proxy, place):
    result = instance.apply(**settings(proxy, vpcCidr=place))
    assert result.returncode == 1
    assert "not a host, a domain or a range of addresses" in result.stderr
    assert contents(instance.root) == {}
