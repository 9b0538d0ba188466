using Amazon.CDK;
using CdkMlInfra;

namespace EnvironmentApp;

/// <summary>What differs between environments.</summary>
public sealed class EnvironmentStackProps : StackProps
{
    /// <summary>How careful the environment is.</summary>
    public required MlEnvironment Environment { get; init; }

    /// <summary>Who has a notebook: a person, or a service that people run together.</summary>
    public required string[] Owners { get; init; }

    /// <summary>Machine of each notebook.</summary>
    public required MlInstanceType InstanceType { get; init; }

    /// <summary>Volume of each notebook. It can grow, but not shrink.</summary>
    public required Size VolumeSize { get; init; }

    /// <summary>What jobs of the owners have to look like.</summary>
    public required JobRules Jobs { get; init; }

    /// <summary>When notebooks are started and stopped. Without it, people start them and idle stop stops them.</summary>
    public NotebookSchedule? Schedule { get; init; }

    /// <summary>For how long a notebook runs at most. Without it, as long as it is busy.</summary>
    public Duration? MaxUptime { get; init; }

    /// <summary>Who is told when a notebook fails or fills up. Without it, nobody.</summary>
    public string? AlarmEmail { get; init; }

    /// <summary>Records who read and wrote which object. Without it, nothing does.</summary>
    public bool RecordDataAccess { get; init; }
}
