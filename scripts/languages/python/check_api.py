"""Checks that the installed package offers in Python what the assembly of the library declares.

    python check_api.py <.jsii> [<module>]

Every type must be importable by its name, and every struct and every call that ends in one must take its props by
keyword, the optional ones without a need to name them. Prints a sentence for each place where that is not so, and a
line for each constant that has another name in Python.
"""

import importlib
import inspect
import json
import keyword
import re
import sys


def main(assembly_file, module_name="cdk_ml_infra"):
    with open(assembly_file, encoding="utf-8") as file:
        assembly = json.load(file)
    check = Check(assembly["types"], importlib.import_module(module_name))
    for fqn, declared in sorted(assembly["types"].items()):
        check.type(fqn, declared)
    for line in check.renamed + check.problems:
        print(line)
    print(f"{check.checked} keywords checked, {len(check.problems)} problems.")
    return 1 if check.problems or check.checked == 0 else 0


class Check:
    def __init__(self, types, module):
        self.types = types
        self.module = module
        self.problems = []
        self.renamed = []
        self.checked = 0

    def type(self, fqn, declared):
        name = declared["name"]
        found = getattr(self.module, name, None)
        if found is None:
            self.problems.append(f"{name} cannot be imported")
        elif declared.get("datatype"):
            self.keywords(name, found.__init__, self.props_of(fqn), exact=self.is_known(fqn))
        elif declared["kind"] == "interface":
            self.behaviour(fqn, declared)
        else:
            self.constants(name, found, declared)
            self.calls(name, found, declared)

    def behaviour(self, fqn, declared):
        """Names like `IpOptions` look like behaviour to jsii, and nobody could pass such props by keyword."""
        implemented = any(fqn in self.interfaces_of(other) for other in self.types)
        only_data = not declared.get("methods") and declared.get("properties")
        if only_data and not implemented:
            self.problems.append(
                "{} is no struct, since its name begins like that of an interface".format(declared["name"])
            )

    def constants(self, name, found, declared):
        """Python gets other words than TypeScript where a constant is a word of Python, or digits touch letters."""
        present = {attribute.replace("_", "").lower(): attribute for attribute in vars(found)}
        properties = [each for each in declared.get("properties", []) if each.get("const")]
        for constant in [each["name"] for each in declared.get("members", []) + properties]:
            python = present.get(constant.replace("_", "").lower())
            if python is None:
                self.problems.append(f"{name}.{constant} is missing")
            elif python != constant and constant.isupper():
                self.renamed.append(f"renamed {name}.{constant} {name}.{python}")

    def calls(self, name, found, declared):
        if "initializer" in declared:
            self.lifted(name, found.__init__, declared["initializer"])
        for method in declared.get("methods", []):
            attribute = getattr(found, snake(method["name"]), None)
            label = "{}.{}".format(name, snake(method["name"]))
            if attribute is None:
                self.problems.append(f"{label} is missing")
            else:
                self.lifted(label, attribute, method)

    def lifted(self, label, function, signature):
        """The props of a struct that comes last are keywords of the call itself."""
        last = (signature.get("parameters") or [{}])[-1]
        fqn = last.get("type", {}).get("fqn")
        if self.types.get(fqn, {}).get("datatype") and not last.get("variadic"):
            self.keywords(label, function, self.props_of(fqn), exact=False)

    def keywords(self, label, function, props, exact):
        parameters = {
            name: parameter
            for name, parameter in inspect.signature(function).parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }
        for prop in props:
            self.checked += 1
            name = snake(prop["name"])
            found = parameters.pop(name, None)
            if keyword.iskeyword(name):
                self.problems.append(f"{label}: {name} is a word of Python")
            elif found is None:
                self.problems.append(f"{label} does not take the keyword {name}")
            elif prop.get("optional") and found.default is not None:
                self.problems.append(f"{label}: {name} must be optional")
            elif not prop.get("optional") and found.default is not inspect.Parameter.empty:
                self.problems.append(f"{label}: {name} must be required")
        if exact and parameters:
            self.problems.append("{} takes keywords that no prop has: {}".format(label, ", ".join(sorted(parameters))))

    def props_of(self, fqn):
        declared = self.types.get(fqn, {})
        inherited = [prop for base in declared.get("interfaces", []) for prop in self.props_of(base)]
        return inherited + declared.get("properties", [])

    def is_known(self, fqn):
        """Whether all that the struct extends is of this assembly; props of another's are in another's assembly."""
        return fqn in self.types and all(self.is_known(base) for base in self.types[fqn].get("interfaces", []))

    def interfaces_of(self, fqn):
        declared = self.types.get(fqn, {})
        bases = declared.get("interfaces", []) + ([declared["base"]] if "base" in declared else [])
        return set(bases).union(*(self.interfaces_of(base) for base in bases))


def snake(name):
    """As jsii does it: `maxAzs` is `max_azs`, `vpcID` is `vpc_id`."""
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name)).lower()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
