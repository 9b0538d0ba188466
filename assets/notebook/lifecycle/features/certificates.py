"""Authorities that the notebook trusts besides the usual ones: in the bundle of the system, which all tools use."""

from __future__ import annotations

import json
import re

from instance import FeatureError, run

ANCHOR = "/etc/pki/ca-trust/source/anchors/ml-infra.pem"
SYSTEM_BUNDLE = "/etc/pki/tls/certs/ca-bundle.crt"
CONDA_CONFIG = "/etc/conda/condarc.d/ml-infra-certificates.yml"
VARIABLES = (
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
    "PIP_CERT",
    "AWS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "GIT_SSL_CAINFO",
)
BLOCK = re.compile("-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)


def apply(settings, notebook):
    given = notebook.file("certificates", "bundle.pem").read_text()
    notebook.write(ANCHOR, given)
    if missing(given, notebook):
        run(["update-ca-trust"], timeout=45)
    left_out = missing(given, notebook)
    if left_out:
        raise FeatureError(f"update-ca-trust has left out {len(left_out)} of {len(bodies(given))} certificates")
    # The libraries of conda and of pip bring bundles of their own, and would not look at that of the system.
    bundle = str(notebook.path(SYSTEM_BUNDLE))
    variables = dict.fromkeys(VARIABLES, bundle)
    notebook.keep("certificates", {"variables": variables})
    notebook.give_to_jupyter("certificates", variables)
    notebook.write(CONDA_CONFIG, f"# Written by ml-infra.\nssl_verify: {json.dumps(bundle)}\n")


def missing(given, notebook):
    """The certificates that the bundle of the system does not have."""
    bundle = notebook.path(SYSTEM_BUNDLE)
    return bodies(given) - bodies(bundle.read_text(errors="replace") if bundle.exists() else "")


def bodies(text):
    """What stands in each block, however its lines are broken."""
    return {"".join(body.split()) for body in BLOCK.findall(text)}
