using Amazon.CDK;
using CdkMlInfra;

namespace Team;

internal static class Program
{
    public static void Main()
    {
        var app = new App();
        Validations.Of(app).AddPlugins(new MlComplianceChecks());
        new TeamStack(app, "Team", new StackProps
        {
            Description = "Notebooks of a team",
            TerminationProtection = true,
        });
        app.Synth();
    }
}
