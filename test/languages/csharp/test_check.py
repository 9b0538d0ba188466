"""Each check finds the fault that is planted for it, and nothing in sources that a compiler takes."""

import copy
import json

import check
import pytest

ASSEMBLY = {
    "name": "kit",
    "targets": {"dotnet": {"namespace": "Kit"}},
    "types": {
        "kit.Box": {
            "fqn": "kit.Box",
            "name": "Box",
            "kind": "class",
            "initializer": {"parameters": [{"name": "props", "optional": True}]},
            "methods": [
                {"name": "open", "returns": {"type": {"fqn": "kit.Box"}}, "parameters": [{"name": "key"}]},
                {"name": "addAll", "variadic": True, "parameters": [{"name": "boxes", "variadic": True}]},
                {"name": "of", "static": True, "returns": {"type": {"fqn": "kit.Box"}}},
            ],
            "properties": [{"name": "colour", "type": {"fqn": "kit.Colour"}}],
        },
        "kit.BoxProps": {
            "fqn": "kit.BoxProps",
            "name": "BoxProps",
            "kind": "interface",
            "datatype": True,
            "properties": [
                {"name": "owner", "type": {"primitive": "string"}},
                {"name": "size", "optional": True, "type": {"primitive": "number"}},
            ],
        },
        "kit.Colour": {"fqn": "kit.Colour", "name": "Colour", "kind": "enum", "members": [{"name": "RED"}]},
    },
}
OTHER = {
    "name": "other",
    "targets": {"dotnet": {"namespace": "Other"}},
    "types": {"other.Box": {"fqn": "other.Box", "name": "Box", "kind": "class"}},
}
SOURCES = {
    "Box.cs": """
namespace Kit
{
    public class Box : DeputyBase
    {
        public Box(IBoxProps? props = null): base(props) { }
        public virtual Box Open(string @in) { return this; }
        public virtual void AddAll(params Box[] boxes) { }
        public static Box Of() { return new Box(); }
        public virtual Colour Colour { get => Get<Colour>()!; }
    }
}
""",
    "Colour.cs": "namespace Kit\n{\n    public enum Colour\n    {\n        RED\n    }\n}\n",
    "BoxProps.cs": """
namespace Kit
{
    public class BoxProps : IBoxProps
    {
        public string Owner { get; set; }
        public double? Size { get; set; }
    }
}
""",
    "IBoxProps.cs": "namespace Kit { public interface IBoxProps { string Owner { get; } double? Size { get; } } }",
}
APP = """
using Kit;

namespace App;

public class Program
{
    public static void Main()
    {
        var box = new Box(new BoxProps { Owner = "alice", Size = 1 });
        box.Open("key").AddAll(Box.Of(), new Box());
        System.Console.WriteLine(box.Colour == Colour.RED);
        System.Console.WriteLine(Crate.Of(new CrateProps { Owner = "bob", Lids = 2 }).Length);
    }
}

public sealed class CrateProps : BoxProps
{
    public required int Lids { get; init; }

    public string[]? Labels { get; init; }
}

public static class Crate
{
    private static readonly Dictionary<string, int> Sizes = new() { ["small"] = 1 };

    public static string Of(CrateProps props) => props.Owner + props.Lids + Sizes["small"];
}
"""


@pytest.fixture
def said(tmp_path, capsys):
    """Runs the check over sources and an app: what it says beside the last line, and whether it passes."""

    def run(sources=SOURCES, app=APP, assembly=ASSEMBLY):
        for folder, files in (("generated", sources), ("app", {"Program.cs": app})):
            (tmp_path / folder).mkdir()
            for name, text in files.items():
                (tmp_path / folder / name).write_text(text, encoding="utf-8")
        for name, content in ((".jsii", assembly), ("other", OTHER)):
            (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
        options = [
            "--assembly",
            tmp_path / ".jsii",
            "--sources",
            tmp_path / "generated",
            "--library",
            tmp_path / "other",
        ]
        code = check.main([str(option) for option in [*options, tmp_path / "app"]])
        lines = capsys.readouterr().out.splitlines()[:-1]
        assert code == (1 if lines or not sources else 0)
        return lines

    return run


def test_sources_and_an_app_without_fault_pass(said):
    assert said() == []


def test_no_sources_at_all_fail(said):
    assert "Kit.Box must be generated" in said(sources={}, app=APP)


@pytest.mark.parametrize(
    ("file", "before", "after", "problem"),
    [
        ("Box.cs", "{ return this; }", "{ return this; ", "Box.cs:"),
        ("Box.cs", "string @in", "string in", "a parameter of 'Open(in)' must not be a reserved word"),
        ("Box.cs", "Colour Colour {", "Colour class {", "'class' must not be a reserved word"),
        ("Box.cs", "Colour Colour {", "Colour Box {", "Box: a property must not be named like its type"),
        ("Box.cs", "Box Of()", "Box Box()", "Box: a method must not be named like its type"),
        ("Box.cs", "Box Of()", "Box Open(string key)", "'Open, Open' must differ in more than case"),
        ("Box.cs", "Box Of()", "Box colour()", "'Colour, colour' must differ in more than case"),
        ("Box.cs", "Box Of()", "Box Made()", "Kit.Box: the method 'Of' must be generated"),
        ("Box.cs", "Open(string @in)", "Open()", "Kit.Box: the method 'Open' must be generated"),
        ("Box.cs", "Box(IBoxProps? props = null)", "Box()", "Kit.Box: the constructor 'Box' must be generated"),
        ("Box.cs", "Colour Colour {", "Colour colour {", "Kit.Box: the property 'Colour' must be generated"),
        ("Colour.cs", "RED", "BLUE", "Kit.Colour: the enum_member 'RED' must be generated"),
        ("Colour.cs", "enum Colour", "enum Color", "Kit.Colour must be generated"),
        ("Colour.cs", "enum Colour", "enum BOX", "'Box' must be declared once, whatever the case"),
        ("BoxProps.cs", "string Owner", "string Name", "Kit.BoxProps: the property 'Owner' must be generated"),
        ("IBoxProps.cs", "double? Size { get; }", "", "Kit.IBoxProps: the property 'Size' must be generated"),
        ("IBoxProps.cs", "namespace Kit", "namespace Kits", "Kit.IBoxProps must be generated"),
    ],
)
def test_a_fault_in_the_generated_sources_is_found(said, file, before, after, problem):
    sources = copy.copy(SOURCES)
    assert before in sources[file]
    sources[file] = sources[file].replace(before, after)

    assert any(problem in line for line in said(sources=sources)), problem


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("public static void Main()", "public static void Main(", "must be C#"),
        ("var box", "var class", "'class' must not be a reserved word"),
        ("new BoxProps", "new BoxOptions", "'BoxOptions' must be a type of Kit"),
        ("Size = 1", "Sizes = 1", "'BoxProps' must have the property 'Sizes'"),
        ('Owner = "alice", ', "", "'BoxProps' must be given 'Owner'"),
        ("box.Open", "box.open", "'Box' must have the method 'open'"),
        ('Open("key")', 'Open("key", 1)', "'Open' must be called with other arguments, got: 2"),
        ("Open(", "Close(", "'Box' must have the method 'Close'"),
        (".AddAll(", ".Add(", "'Box' must have the method 'Add'"),
        ("Box.Of()", "box.Of()", "'Box' must have the method 'Of'"),
        ("Box.Of()", "Box.Open()", "'Box' must have the method 'Open' as static"),
        ("new Box()", "new Box(1, 2)", "'Box' must be made with other arguments, got: 2"),
        ("new Box()", "new Colour()", "'Colour' must be a class to be made"),
        ("Colour.RED", "Colour.GREEN", "'Colour' must have the property 'GREEN' as static"),
        ("box.Colour", "box.Color", "'Box' must have the property 'Color'"),
        ("props.Lids", "props.Lid", "'CrateProps' must have the property 'Lid'"),
        ("props.Owner", "props.Name", "'CrateProps' must have the property 'Name'"),
        (", Lids = 2", "", "'CrateProps' must be given 'Lids'"),
        ('Owner = "bob", ', "", "'CrateProps' must be given 'Owner'"),
        ("Lids = 2", "Lids = 2, Lid = 1", "'CrateProps' must have the property 'Lid'"),
        ("Crate.Of(", "Crate.From(", "'Crate' must have the method 'From' as static"),
        ("Crate.Of(", "Crate.Of(1, ", "'Of' must be called with other arguments, got: 2"),
        ("public required int Lids", "public required Lid Lids", "'Lid' must be a type of Kit"),
        ("using Kit;", "using Kit;\nusing Other;", "'Box' must be of one namespace, got: kit.Box, other.Box"),
    ],
)
def test_a_fault_in_an_app_is_found(said, before, after, problem):
    assert before in APP

    assert any(problem in line for line in said(app=APP.replace(before, after))), problem
