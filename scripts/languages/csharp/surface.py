"""The public API as C# sees it, from the assembly of jsii, and whether the generated sources have all of it."""

from dataclasses import dataclass, field


@dataclass
class ApiMember:
    name: str
    kind: str
    type: str = ""
    static: bool = False
    required: bool = False
    least: int = 0
    most: float = 0


@dataclass
class ApiType:
    name: str
    namespace: str
    kind: str
    members: list = field(default_factory=list)
    parents: list = field(default_factory=list)
    constructor: ApiMember = None


def pascal(name):
    """Only the first letter changes: https://aws.github.io/jsii/user-guides/lib-author/toolchain/jsii-pacmak/"""
    return name[:1].upper() + name[1:]


def api_of(assembly):
    """Types by their name in jsii."""
    return {fqn: _api_type(assembly, declared) for fqn, declared in assembly["types"].items()}


def surface_problems(api, types):
    """What the generated types lack, as sentences."""
    found = {(declared.namespace, declared.name): declared for declared in types}
    problems = []
    for api_type in api.values():
        names = [api_type.name, f"I{api_type.name}"] if api_type.kind == "struct" else [api_type.name]
        for name in names:
            declared = found.get((api_type.namespace, name))
            if declared is None:
                problems.append(f"{api_type.namespace}.{name} must be generated")
                continue
            problems.extend(_lacking(declared, api_type))
    return problems


def _lacking(declared, api_type):
    wanted = [*api_type.members, *([api_type.constructor] if api_type.constructor else [])]
    for member in wanted:
        if member.kind == "constructor":
            alike = [each for each in declared.members if each.kind == "constructor"]
        else:
            alike = declared.named(member.name)
        kinds = {"field": "field", "enum_member": "enum_member"}.get(member.kind, member.kind)
        fitting = [each for each in alike if each.kind == kinds or (each.kind, member.kind) == ("field", "property")]
        if not any(_takes(each, member) for each in fitting):
            yield f"{declared.namespace}.{declared.name}: the {member.kind} '{member.name}' must be generated"


def _takes(declared, member):
    if member.kind not in ("method", "constructor"):
        return True
    count = len(declared.parameters)
    return count >= member.least if member.most == float("inf") else count == member.most


def _api_type(assembly, declared):
    kind = "struct" if declared.get("datatype") else declared["kind"]
    api_type = ApiType(pascal(declared["name"]), _namespace(assembly, declared), kind)
    api_type.parents = [*([declared["base"]] if "base" in declared else []), *declared.get("interfaces", [])]
    for prop in declared.get("properties", []):
        optional = prop.get("optional", False)
        api_type.members.append(
            ApiMember(pascal(prop["name"]), "property", _fqn(prop["type"]), prop.get("static", False), not optional)
        )
    for method in declared.get("methods", []):
        returns = _fqn(method["returns"]["type"]) if "returns" in method else ""
        static = method.get("static", False)
        api_type.members.append(_callable(pascal(method["name"]), "method", method, returns, static))
    for member in declared.get("members", []):
        api_type.members.append(ApiMember(pascal(member["name"]), "enum_member", declared["fqn"], True))
    if "initializer" in declared:
        api_type.constructor = _callable(api_type.name, "constructor", declared["initializer"], declared["fqn"], True)
    return api_type


def _callable(name, kind, declared, returns, static):
    parameters = declared.get("parameters", [])
    least = len(
        [parameter for parameter in parameters if not parameter.get("optional") and not parameter.get("variadic")]
    )
    most = float("inf") if declared.get("variadic") else len(parameters)
    return ApiMember(name, kind, returns, static, False, least, most)


def _namespace(assembly, declared):
    parent = declared.get("namespace")
    root = assembly["targets"]["dotnet"]["namespace"]
    if parent is None:
        return root
    module = assembly.get("submodules", {}).get(f"{assembly['name']}.{parent}", {})
    return module.get("targets", {}).get("dotnet", {}).get("namespace", f"{root}.{parent}")


def _fqn(reference):
    return reference.get("fqn", "")
