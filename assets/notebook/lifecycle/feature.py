#!/usr/bin/env python3
"""Run a feature of this bundle: its `apply` with settings from stdin, or one of its verbs with settings kept before."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent
sys.path.insert(0, str(BUNDLE))

from instance import FeatureError, Notebook, kept_path  # noqa: E402  the isolated mode of Python hides this folder


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("feature")
    parser.add_argument("verb", nargs="?", default="apply")
    parser.add_argument("--root", default="/")
    parser.add_argument("arguments", nargs="*", help="for verbs that take some")
    options = parser.parse_args()
    module = importlib.import_module(f"features.{options.feature}")
    if options.verb == "apply":
        context = json.load(sys.stdin)
        verb = module.apply
    else:
        context = json.loads((Path(options.root) / kept_path(options.feature).lstrip("/")).read_text())
        verb = module.VERBS[options.verb]
    try:
        verb(context["settings"], Notebook(**context["notebook"]), *options.arguments)
    except FeatureError as error:
        sys.exit(f"{options.feature}: {error}")


if __name__ == "__main__":
    main()
