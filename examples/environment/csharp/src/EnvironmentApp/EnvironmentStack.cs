using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.SNS.Subscriptions;
using CdkMlInfra;
using Constructs;

namespace EnvironmentApp;

/// <summary>One base with its notebooks, for one environment.</summary>
public class EnvironmentStack : Stack
{
    public EnvironmentStack(Construct scope, string id, EnvironmentStackProps props) : base(scope, id, props)
    {
        MlEnvironment.Set(this, props.Environment);

        var boundary = new MlPermissionsBoundary(this, "Boundary");
        var shared = new MlSharedInfra(this, "Shared", new MlSharedInfraProps
        {
            PermissionsBoundary = boundary.Policy,
            Jobs = props.Jobs,
        });
        Dictionary<string, string> variables = new() { ["STAGE"] = props.Environment.Name };
        var lifecycle = new NotebookLifecycle(this, "Lifecycle", new NotebookLifecycleProps
        {
            Shared = shared,
            IdleStop = Duration.Hours(1),
            Backup = new BackupOptions(),
            Metrics = props.AlarmEmail is null ? null : new MetricsOptions(),
            EnvironmentVariables = variables,
        });
        new MlNotebookFleet(this, "Notebooks", new MlNotebookFleetProps
        {
            Shared = shared,
            Owners = props.Owners,
            Defaults = new NotebookOptions
            {
                Lifecycle = lifecycle,
                InstanceType = props.InstanceType,
                VolumeSize = props.VolumeSize,
                Schedule = props.Schedule,
                MaxUptime = props.MaxUptime,
            },
        });

        if (props.AlarmEmail is not null)
        {
            var alarms = new NotebookAlarms(this, "Alarms", new NotebookAlarmsProps { Shared = shared });
            alarms.Topic.AddSubscription(new EmailSubscription(props.AlarmEmail));
            Validations.Of(alarms).Acknowledge(new Acknowledgment
            {
                Id = "Serverless-SNSRedrivePolicy",
                Reason = "A mail that is not delivered needs no queue: CloudWatch keeps the state of the alarm",
            });
        }
        if (props.RecordDataAccess)
        {
            new DataAccessTrail(this, "Trail", new DataAccessTrailProps { Bases = [shared] });
        }
        shared.AddOutputs();
    }
}
