using Amazon.CDK;
using CdkMlInfra;
using Constructs;

namespace Team;

/// <summary>Five notebooks on one base without internet. Each stops after an hour in which nothing happened on it.</summary>
public class TeamStack : Stack
{
    public TeamStack(Construct scope, string id, IStackProps? props = null) : base(scope, id, props)
    {
        var shared = new MlSharedInfra(this, "Shared");
        var lifecycle = new NotebookLifecycle(this, "Lifecycle", new NotebookLifecycleProps
        {
            Shared = shared,
            IdleStop = Duration.Hours(1),
        });

        new MlNotebook(this, "alice", new MlNotebookProps
        {
            Shared = shared,
            Lifecycle = lifecycle,
            Owner = "alice",
        });
        new MlNotebook(this, "bob", new MlNotebookProps
        {
            Shared = shared,
            Lifecycle = lifecycle,
            Owner = "bob",
            VolumeSize = Size.Gibibytes(200),
        });
        new MlNotebook(this, "charlie", new MlNotebookProps
        {
            Shared = shared,
            Lifecycle = lifecycle,
            Owner = "charlie",
            InstanceType = MlInstanceType.M5_XLARGE,
        });
        new MlNotebook(this, "diana", new MlNotebookProps
        {
            Shared = shared,
            Lifecycle = lifecycle,
            Owner = "diana",
            InstanceType = MlInstanceType.R5_XLARGE,
        });
        new MlNotebook(this, "eve", new MlNotebookProps
        {
            Shared = shared,
            Lifecycle = lifecycle,
            Owner = "eve",
            InstanceType = MlInstanceType.G4DN_XLARGE,
        });

        shared.AddOutputs();
    }
}
