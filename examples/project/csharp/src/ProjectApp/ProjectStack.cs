using Amazon.CDK;
using CdkMlInfra;
using Constructs;

namespace ProjectApp;

/// <summary>The notebooks of one project, deployed and destroyed without any other stack.</summary>
public class ProjectStack : Stack
{
    /// <param name="baseName">Name of the stack that published the base.</param>
    public ProjectStack(Construct scope, string id, string baseName, ProjectStackProps props) : base(scope, id, props)
    {
        var shared = MlSharedInfra.FromPublished(this, "Shared", baseName, new PublishedInfraOptions
        {
            Services = PackageRepository.Services,
        });
        var packageIndex = PackageIndex.CodeArtifact(new CodeArtifactIndexOptions
        {
            Domain = PackageRepository.DomainOf(baseName),
            Repository = PackageRepository.Name,
        });
        var lifecycle = new NotebookLifecycle(this, "Lifecycle", new NotebookLifecycleProps
        {
            Shared = shared,
            IdleStop = Duration.Hours(1),
            PackageIndex = packageIndex,
            PipPackages = props.Packages,
            KernelName = $"Python ({props.Project})",
            Backup = new BackupOptions(),
        });
        foreach (var member in props.Members)
        {
            new MlNotebook(this, member, new MlNotebookProps
            {
                Shared = shared,
                Lifecycle = lifecycle,
                Owner = props.Project,
                Project = props.Project,
                InstanceType = props.InstanceType,
                VolumeSize = props.VolumeSize,
            });
        }
    }
}
