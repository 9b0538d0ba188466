using System.Collections.Generic;
using Amazon.CDK;
using CdkMlInfra;

namespace EnvironmentApp;

/// <summary>The values of the three environments.</summary>
/// <remarks>
/// Without <c>Env</c>, a stack goes to whatever account and region the CLI is signed in to. Once each environment has its
/// own, say so here: <c>Env = new Environment { Account = "111111111111", Region = "eu-central-1" }</c>.
/// </remarks>
public static class Environments
{
    // Initialized from top to bottom: what the environments share stands above them.
    private static readonly Dictionary<string, string> ResearchTags = new() { ["cost-center"] = "ml-research" };

    private static readonly Dictionary<string, string> PlatformTags = new()
    {
        ["cost-center"] = "ml-platform",
        ["data-classification"] = "confidential",
    };

    private static readonly Dictionary<string, string> ProductionTags = new(PlatformTags)
    {
        ["business-owner"] = "analytics",
    };

    /// <summary>What jobs look like before they may touch what customers depend on.</summary>
    private static readonly JobRules CarefulJobs = new JobRules
    {
        InterContainerTrafficEncryption = true,
        MaxRuntime = Duration.Days(1),
    };

    /// <summary>People try things: cheap machines in office hours, short jobs on few kinds of machines.</summary>
    public static EnvironmentStackProps Dev { get; } = new EnvironmentStackProps
    {
        Description = "Machine learning: development",
        Tags = ResearchTags,
        Environment = MlEnvironment.DEV,
        Owners = ["alice", "bob", "charlie"],
        InstanceType = MlInstanceType.T3_MEDIUM,
        VolumeSize = Size.Gibibytes(20),
        Schedule = NotebookSchedule.Weekdays(new NotebookScheduleOptions
        {
            Start = "08:00",
            Stop = "19:00",
            TimeZone = "Europe/Berlin",
        }),
        MaxUptime = Duration.Hours(12),
        Jobs = new JobRules
        {
            InstanceTypes = [MlInstanceType.M5_XLARGE, MlInstanceType.G4DN_XLARGE],
            MaxRuntime = Duration.Hours(4),
        },
    };

    /// <summary>The rehearsal: built and watched like production, on smaller machines.</summary>
    public static EnvironmentStackProps Staging { get; } = new EnvironmentStackProps
    {
        Description = "Machine learning: staging",
        Tags = PlatformTags,
        Environment = MlEnvironment.STAGING,
        Owners = ["forecast", "scoring"],
        InstanceType = MlInstanceType.M5_XLARGE,
        VolumeSize = Size.Gibibytes(50),
        MaxUptime = Duration.Days(2),
        Jobs = CarefulJobs,
        AlarmEmail = "ml-staging@example.com",
    };

    /// <summary>Owners are services that people run together. Everything is kept, watched, and its data access recorded.</summary>
    public static EnvironmentStackProps Prod { get; } = new EnvironmentStackProps
    {
        Description = "Machine learning: production",
        Tags = ProductionTags,
        TerminationProtection = true,
        Environment = MlEnvironment.PROD,
        Owners = ["forecast", "scoring"],
        InstanceType = MlInstanceType.M5_2XLARGE,
        VolumeSize = Size.Gibibytes(200),
        Jobs = CarefulJobs,
        AlarmEmail = "ml-production@example.com",
        RecordDataAccess = true,
    };
}
