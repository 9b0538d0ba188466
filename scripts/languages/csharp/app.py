"""Whether what an app calls exists under that name: types, members, properties of props, numbers of arguments."""

from dataclasses import dataclass, field

from names import RESERVED
from sources import children, descendants, parse, text_of
from surface import ApiMember, ApiType

_OF_CSHARP = {"System", "Dictionary", "IDictionary", "List", "IReadOnlyList"}


@dataclass
class Scope:
    """What names mean in a source."""

    file: str
    namespaces: list
    local_types: dict
    variables: dict = field(default_factory=dict)


class AppCheck:
    """Finds the problems of an app against the API of the libraries that it uses."""

    def __init__(self, api):
        self._api = dict(api)
        self._by_name = {}
        for fqn, api_type in api.items():
            self._by_name[(api_type.namespace, api_type.name)] = fqn
            if api_type.kind == "struct":
                self._by_name[(api_type.namespace, f"I{api_type.name}")] = fqn

    def problems(self, sources):
        """What is wrong with the sources of an app, by their file, as sentences."""
        self._problems = []
        roots = {file: parse(text) for file, text in sources.items()}
        local_types = {
            text_of(node.child_by_field_name("name")): f"app.{text_of(node.child_by_field_name('name'))}"
            for root in roots.values()
            for node in descendants(root)
            if node.type == "class_declaration"
        }
        scopes = []
        for file, root in roots.items():
            usings = [text_of(node.named_children[0]) for node in children(root, "using_directive")]
            scopes.append((root, Scope(file, usings, local_types)))
        for root, scope in scopes:
            for declared in [node for node in descendants(root) if node.type == "class_declaration"]:
                self._declare(declared, scope)
        for root, scope in scopes:
            self._classes(root, scope)
        return self._problems

    def _declare(self, declared, scope):
        """An app's own class becomes part of what the app may call."""
        name = text_of(declared.child_by_field_name("name"))
        parents = [fqn for fqn in (self._type(base, scope, declared) for base in _bases(declared)) if fqn]
        api_type = ApiType(name, "", "class", parents=parents)
        if any(parent in self._api and self._api[parent].kind == "struct" for parent in parents):
            api_type.kind = "struct"
        api_type.constructor = ApiMember(name, "constructor")
        for node in declared.child_by_field_name("body").named_children:
            modifiers = {text_of(modifier) for modifier in children(node, "modifier")}
            static = bool(modifiers & {"static", "const"})
            if node.type == "property_declaration":
                of_type = self._type(text_of(node.child_by_field_name("type")), scope, node)
                named = text_of(node.child_by_field_name("name"))
                api_type.members.append(ApiMember(named, "property", of_type, static, "required" in modifiers))
            elif node.type == "field_declaration":
                names = [child for child in descendants(node) if child.type == "variable_declarator"]
                fields = [text_of(child.child_by_field_name("name")) for child in names]
                api_type.members.extend(ApiMember(each, "property", "", static) for each in fields)
            elif node.type in ("method_declaration", "constructor_declaration"):
                parameters = children(node.child_by_field_name("parameters"), "parameter")
                least = len([each for each in parameters if "=" not in text_of(each)])
                named = text_of(node.child_by_field_name("name"))
                kind = node.type.removesuffix("_declaration")
                member = ApiMember(named, kind, "", static, False, least, len(parameters))
                if kind == "method":
                    api_type.members.append(member)
                else:
                    api_type.constructor = member
        self._api[scope.local_types[name]] = api_type

    def _classes(self, root, scope):
        for declared in [node for node in descendants(root) if node.type == "class_declaration"]:
            this = scope.local_types[text_of(declared.child_by_field_name("name"))]
            for member in declared.child_by_field_name("body").named_children:
                scope.variables = {"this": this}
                for parameter in [node for node in descendants(member) if node.type == "parameter"]:
                    of_type = parameter.child_by_field_name("type")
                    name = text_of(parameter.child_by_field_name("name"))
                    scope.variables[name] = self._type(text_of(of_type), scope, parameter)
                self._visit(member, scope)

    def _visit(self, node, scope):
        """Returns the type of an expression where the API knows it."""
        visitor = getattr(self, f"_visit_{node.type}", None)
        if visitor:
            return visitor(node, scope)
        for child in node.named_children:
            self._visit(child, scope)
        return ""

    def _visit_this(self, _, scope):
        return scope.variables["this"]

    def _visit_identifier(self, node, scope):
        return scope.variables.get(text_of(node), "")

    def _visit_parameter(self, _node, _scope):
        return ""

    def _visit_variable_declarator(self, node, scope):
        types = [self._visit(child, scope) for child in node.named_children[1:]]
        name = text_of(node.child_by_field_name("name"))
        scope.variables[name] = types[0] if types else ""
        if name in RESERVED:
            self._say(node, scope, f"'{name}' must not be a reserved word")
        return ""

    def _visit_object_creation_expression(self, node, scope):
        name = text_of(node.child_by_field_name("type"))
        fqn = self._type(name, scope, node)
        count = self._arguments(node, scope)
        if fqn and self._api[fqn].kind not in ("class", "struct"):
            self._say(node, scope, f"'{name}' must be a class to be made")
        if fqn and self._api[fqn].kind == "class":
            constructor = self._constructor(fqn)
            if constructor is None or not constructor.least <= count <= constructor.most:
                self._say(node, scope, f"'{name}' must be made with other arguments, got: {count}")
        initializer = node.child_by_field_name("initializer")
        if initializer is not None:
            self._properties(fqn, name, initializer, scope)
        return fqn

    def _visit_invocation_expression(self, node, scope):
        function = node.child_by_field_name("function")
        count = self._arguments(node, scope)
        if function.type != "member_access_expression":
            return ""
        member = self._access(function, "method", scope)
        if member and not member.least <= count <= member.most:
            self._say(node, scope, f"'{member.name}' must be called with other arguments, got: {count}")
        return member.type if member else ""

    def _visit_member_access_expression(self, node, scope):
        member = self._access(node, "property", scope)
        return member.type if member else ""

    def _access(self, node, kind, scope):
        owner = node.child_by_field_name("expression")
        name = text_of(node.child_by_field_name("name"))
        static = owner.type == "identifier" and text_of(owner) not in scope.variables
        fqn = self._type(text_of(owner), scope, node) if static else self._visit(owner, scope)
        if not fqn:
            return None
        kinds = {kind, "enum_member"} if kind == "property" else {kind}
        found = [each for each in self._members(fqn) if each.name == name and each.kind in kinds]
        if not any(each.static == static for each in found):
            self._say(node, scope, f"'{self._api[fqn].name}' must have the {kind} '{name}'{' as static' * static}")
        return found[0] if found else None

    def _properties(self, fqn, name, initializer, scope):
        given = set()
        for assignment in children(initializer, "assignment_expression"):
            given.add(text_of(assignment.child_by_field_name("left")))
            self._visit(assignment.child_by_field_name("right"), scope)
        if not fqn:
            return
        known = {member.name: member for member in self._members(fqn) if member.kind == "property"}
        for each in sorted(given - set(known)):
            self._say(initializer, scope, f"'{name}' must have the property '{each}'")
        for each in sorted(each for each, member in known.items() if member.required and each not in given):
            self._say(initializer, scope, f"'{name}' must be given '{each}'")

    def _arguments(self, node, scope):
        arguments = node.child_by_field_name("arguments")
        if arguments is None:
            return 0
        self._visit(arguments, scope)
        return len(children(arguments, "argument"))

    def _members(self, fqn):
        if fqn not in self._api:
            return []
        api_type = self._api[fqn]
        return [*api_type.members, *(member for parent in api_type.parents for member in self._members(parent))]

    def _constructor(self, fqn):
        api_type = self._api[fqn]
        bases = [parent for parent in api_type.parents if parent in self._api and self._api[parent].kind == "class"]
        return api_type.constructor or next(map(self._constructor, bases), None)

    def _type(self, name, scope, node):
        if name.endswith("[]"):
            return ""  # An array has members of C#.
        name = name.rstrip("?").partition("<")[0]
        if name in scope.local_types:
            return scope.local_types[name]
        found = [self._by_name[(space, name)] for space in scope.namespaces if (space, name) in self._by_name]
        if len(found) > 1:
            self._say(node, scope, f"'{name}' must be of one namespace, got: {', '.join(sorted(found))}")
        if not found and name[:1].isupper() and name not in _OF_CSHARP and "." not in name:
            self._say(node, scope, f"'{name}' must be a type of {', '.join(scope.namespaces)}")
        return found[0] if found else ""

    def _say(self, node, scope, problem):
        self._problems.append(f"{scope.file}:{node.start_point.row + 1}: {problem}")


def _bases(declared):
    lists = children(declared, "base_list")
    return [text_of(base) for base in lists[0].named_children] if lists else []
