"""Reads C# without a compiler: what a source declares, and where it cannot be parsed."""

from dataclasses import dataclass, field

import tree_sitter
import tree_sitter_c_sharp

_PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_c_sharp.language()))
_TYPES = {
    "class_declaration",
    "interface_declaration",
    "struct_declaration",
    "record_declaration",
    "enum_declaration",
}


@dataclass
class Member:
    name: str
    kind: str
    parameters: list = field(default_factory=list)


@dataclass
class Type:
    name: str
    namespace: str
    file: str
    members: list = field(default_factory=list)

    def named(self, name):
        return [member for member in self.members if member.name == name]


def parse(text):
    return _PARSER.parse(text.encode()).root_node


def text_of(node):
    return node.text.decode() if node is not None else ""


def children(node, *kinds):
    return [child for child in node.named_children if child.type in kinds]


def descendants(node):
    for child in node.named_children:
        yield child
        yield from descendants(child)


def syntax_problems(file, text):
    """Where a source cannot be parsed, as sentences."""
    pending = [parse(text)]
    problems = []
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            problems.append(f"{file}:{node.start_point.row + 1}: must be C#, got: {text_of(node)[:60]!r}")
        elif node.has_error:
            pending.extend(node.children)
    return problems


def types_in(file, text):
    """The types that a source declares, nested ones among them."""
    root = parse(text)
    namespaces = [node for node in descendants(root) if node.type.endswith("namespace_declaration")]
    namespace = text_of(namespaces[0].child_by_field_name("name")) if namespaces else ""
    return [_type(node, namespace, file) for node in descendants(root) if node.type in _TYPES]


def _type(node, namespace, file):
    declared = Type(text_of(node.child_by_field_name("name")), namespace, file)
    body = node.child_by_field_name("body")
    for child in body.named_children if body is not None else []:
        declared.members.extend(_members(child))
    return declared


def _members(node):
    kind = node.type.removesuffix("_declaration")
    if kind in ("field", "event_field"):
        return [
            Member(text_of(declarator.child_by_field_name("name")), kind)
            for declarator in descendants(node)
            if declarator.type == "variable_declarator"
        ]
    name = node.child_by_field_name("name")
    if name is None:
        return []
    parameters = node.child_by_field_name("parameters")
    names = [
        text_of(parameter.child_by_field_name("name"))
        for parameter in (children(parameters, "parameter") if parameters is not None else [])
    ]
    if parameters is not None and "params" in [child.type for child in parameters.children]:
        names.append(text_of(parameters.child_by_field_name("name")))
    return [Member(text_of(name), kind, names)]
