"""The way out through a proxy: for whatever looks at variables, for Git, for Docker. What is near needs no proxy."""

from __future__ import annotations

import re

from instance import FeatureError, run, systemd_quote

ITSELF = ("localhost", "127.0.0.1", "::1")
METADATA = ("169.254.169.254", "169.254.170.2", "fd00:ec2::254")
DOMAINS = {  # of endpoints, after the name of the Region
    "aws": ("amazonaws.com", "api.aws", "on.aws", "sagemaker.aws"),
    "aws-us-gov": ("amazonaws.com", "api.aws", "on.aws", "sagemaker.aws"),
    "aws-cn": ("amazonaws.com.cn", "api.amazonwebservices.com.cn", "on.amazonwebservices.com.cn", "sagemaker.com.cn"),
    "aws-eusc": ("amazonaws.eu", "api.amazonwebservices.eu", "on.amazonwebservices.eu"),
    "aws-iso": ("c2s.ic.gov", "api.aws.ic.gov"),
    "aws-iso-b": ("sc2s.sgov.gov", "api.aws.scloud"),
}
GIT_CONFIG = "/etc/gitconfig"
DOCKER_UNIT = "/etc/systemd/system/docker.service.d/ml-infra-proxy.conf"
PROXY = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}/?")
DIRECT = re.compile(r"[A-Za-z0-9.:/\[\]_-]{1,255}")


def apply(settings, notebook):
    direct = direct_places(settings, notebook)
    proxies = {"HTTPS_PROXY": settings["httpsProxy"], "HTTP_PROXY": settings["httpProxy"]}
    for url in proxies.values():
        if not PROXY.fullmatch(url):  # what is known only at deployment was not looked at before
            raise FeatureError("a proxy must be given as http://host:port or https://host:port, without credentials")
    upper = {**proxies, "NO_PROXY": ",".join(direct)}
    variables = {**upper, **{name.lower(): value for name, value in upper.items()}}
    notebook.keep("proxy", {"variables": variables})
    notebook.give_to_jupyter("proxy", variables)
    tell_git(settings["httpsProxy"], [*domains_of_aws(notebook), *settings["noProxy"]], notebook)
    tell_docker(upper, notebook)


def direct_places(settings, notebook):
    """What is reached without the proxy, in the form that NO_PROXY has."""
    vpc = [] if settings["vpcCidr"] is None else [settings["vpcCidr"]]
    places = [*ITSELF, *METADATA, *vpc, *domains_of_aws(notebook), *settings["noProxy"]]
    for place in places:
        if not DIRECT.fullmatch(place):
            raise FeatureError(f"not a host, a domain or a range of addresses: {place!r}")
    return list(dict.fromkeys(places))


def domains_of_aws(notebook):
    """Where the endpoints of the Region are, and the private names of machines in it."""
    domains = DOMAINS.get(notebook.partition, DOMAINS["aws"])
    regional = [f".{notebook.region}.{domain}" for domain in domains]
    if notebook.region == "us-east-1":
        # Here S3 and the machines of a VPC still go by names from the time of one Region.
        return [*regional, "s3.amazonaws.com", ".s3.amazonaws.com", ".ec2.internal"]
    return [*regional, f".{notebook.region}.compute.internal"]


def tell_git(proxy, direct, notebook):
    """Tell Git, which also runs where no variables are set. It takes an empty proxy for none."""
    configure(notebook, "http.proxy", proxy)
    for place in direct:
        if not set(place) & set(":/[]"):
            host = f"*{place}" if place.startswith(".") else place
            configure(notebook, f"http.https://{host}.proxy", "")
    notebook.path(GIT_CONFIG).chmod(0o644)


def configure(notebook, key, value):
    path = notebook.path(GIT_CONFIG)
    path.parent.mkdir(parents=True, exist_ok=True)
    run(["git", "config", "--file", path, "--replace-all", key, value], timeout=10)


def tell_docker(variables, notebook):
    """Tell the daemon, which pulls images. It is restarted if it runs, which it does for nobody yet."""
    lines = "".join(f"Environment={systemd_quote(f'{key}={value}')}\n" for key, value in variables.items())
    text = f"[Service]\n{lines}"
    unit = notebook.path(DOCKER_UNIT)
    if unit.exists() and unit.read_text() == text:
        return
    notebook.write(DOCKER_UNIT, text)
    for command in (["daemon-reload"], ["--no-block", "try-restart", "docker.service"]):
        try:
            run(["systemctl", *command], timeout=15)
        except FeatureError as error:
            print(f"Docker gets the proxy when its daemon starts: {error}")
