using System.Linq;
using CdkMlInfra;

namespace ProjectApp;

/// <summary>
/// What a base and its projects agree on. A project that moves to a repository of its own takes this file along.
/// </summary>
public static class PackageRepository
{
    /// <summary>Repository of CodeArtifact that notebooks install from: the network has no way to PyPI itself.</summary>
    public const string Name = "python";

    /// <summary>What the network must reach for that.</summary>
    public static MlService[] Services { get; } =
    [
        MlService.CODEARTIFACT_API,
        MlService.CODEARTIFACT_REPOSITORIES,
    ];

    /// <summary>
    /// Domain of the repository, one per base in an account and region: `sea-lion-base` for `SeaLionBase`.
    /// </summary>
    public static string DomainOf(string baseName) =>
        string.Concat(baseName.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"-{letter}" : $"{letter}"))
            .ToLowerInvariant();
}
