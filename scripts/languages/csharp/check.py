"""Checks generated C# and the apps that use it, where no .NET SDK can compile them.

check.py --assembly .jsii --sources <generated> [--library <other .jsii or .jsii.gz>]... [<app>]...
"""

import argparse
import gzip
import json
import sys
from pathlib import Path

from app import AppCheck
from names import name_problems
from sources import syntax_problems, types_in
from surface import api_of, surface_problems


def read_assembly(path):
    content = path.read_bytes()
    return json.loads(gzip.decompress(content) if path.suffix == ".gz" else content)


def sources_below(folder):
    files = sorted(path for path in folder.rglob("*.cs") if not {"bin", "obj"} & set(path.relative_to(folder).parts))
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8-sig") for path in files}


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("--assembly", type=Path, required=True)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--library", type=Path, action="append", default=[])
    parser.add_argument("apps", type=Path, nargs="*")
    options = parser.parse_args(arguments)

    generated = sources_below(options.sources)
    types = [declared for file, text in generated.items() for declared in types_in(file, text)]
    api = api_of(read_assembly(options.assembly))
    problems = [problem for file, text in generated.items() for problem in syntax_problems(file, text)]
    problems += [*name_problems(types), *surface_problems(api, types)]
    libraries = {fqn: each for library in options.library for fqn, each in api_of(read_assembly(library)).items()}
    for folder in options.apps:
        app = sources_below(folder)
        problems += [f"{folder}: must have a source"] if not app else []
        problems += [problem for file, text in app.items() for problem in syntax_problems(file, text)]
        problems += name_problems([declared for file, text in app.items() for declared in types_in(file, text)])
        problems += AppCheck({**libraries, **api}).problems(app)
    members = sum(len(each.members) for each in api.values())
    print(
        "\n".join(
            [*problems, f"{len(generated)} sources, {len(api)} types, {members} members, {len(options.apps)} apps"]
        )
    )
    return 1 if problems or not generated else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
