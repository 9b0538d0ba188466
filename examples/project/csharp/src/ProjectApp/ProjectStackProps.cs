using Amazon.CDK;
using CdkMlInfra;

namespace ProjectApp;

/// <summary>What a project needs, whatever base it stands on.</summary>
public sealed class ProjectStackProps : StackProps
{
    /// <summary>Name of the project: owner of its notebooks and data, and the tag <c>ml-project</c> of its costs.</summary>
    public required string Project { get; init; }

    /// <summary>Who works on it, each on a notebook.</summary>
    public required string[] Members { get; init; }

    /// <summary>Machine of each notebook.</summary>
    public required MlInstanceType InstanceType { get; init; }

    /// <summary>Volume of each notebook. It holds the packages too, and can grow, but not shrink.</summary>
    public required Size VolumeSize { get; init; }

    /// <summary>Packages of the field, with their versions.</summary>
    public required string[] Packages { get; init; }
}
