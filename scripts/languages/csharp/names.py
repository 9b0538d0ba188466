"""Names that a C# compiler refuses, though a parser takes them."""

from collections import defaultdict

_KEYWORDS = """
abstract as base bool break byte case catch char checked class const continue decimal default delegate do double
else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is
lock long namespace new null object operator out override params private protected public readonly ref return sbyte
sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe
ushort using virtual void volatile while
"""
RESERVED = set(_KEYWORDS.split())


def name_problems(types):
    """What is wrong with the names of types and of their members, as sentences."""
    return [
        *(problem for declared in types for problem in _reserved(declared)),
        *(problem for declared in types for problem in _like_its_type(declared)),
        *(problem for declared in types for problem in _alike(declared)),
        *_types_alike(types),
    ]


def _reserved(declared):
    names = [declared.name, *(member.name for member in declared.members)]
    parameters = [f"{member.name}({name})" for member in declared.members for name in member.parameters]
    return [
        *(f"{declared.name}: '{name}' must not be a reserved word" for name in names if name in RESERVED),
        *(
            f"{declared.name}: a parameter of '{parameter}' must not be a reserved word"
            for parameter in parameters
            if parameter[parameter.index("(") + 1 : -1] in RESERVED
        ),
    ]


def _like_its_type(declared):
    """See https://github.com/aws/jsii/issues/1880."""
    return [
        f"{declared.name}: a {member.kind} must not be named like its type"
        for member in declared.members
        if member.name == declared.name and member.kind not in ("constructor", "destructor", "enum_member")
    ]


def _alike(declared):
    by_name = defaultdict(list)
    for member in declared.members:
        if member.kind not in ("constructor", "destructor"):
            by_name[member.name.lower()].append(member)
    return [
        f"{declared.name}: '{', '.join(sorted(str(member.name) for member in members))}' must differ in more than case"
        for members in by_name.values()
        if len(members) > 1 and not _are_overloads(members)
    ]


def _are_overloads(members):
    """Methods of one name are told apart by what they take, which their number of parameters stands for here."""
    counts = [len(member.parameters) for member in members]
    same_name = len({member.name for member in members}) == 1
    return same_name and all(member.kind == "method" for member in members) and len(set(counts)) == len(counts)


def _types_alike(types):
    by_name = defaultdict(list)
    for declared in types:
        by_name[f"{declared.namespace}.{declared.name}".lower()].append(declared)
    return [
        f"{', '.join(declared.file for declared in alike)}: '{alike[0].name}' must be declared once, whatever the case"
        for alike in by_name.values()
        if len(alike) > 1 and not alike[0].name.startswith("_")
    ]
