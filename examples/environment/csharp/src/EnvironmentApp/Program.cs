using Amazon.CDK;
using CdkMlInfra;

namespace EnvironmentApp;

internal static class Program
{
    public static void Main()
    {
        var app = new App();
        Validations.Of(app).AddPlugins(new MlComplianceChecks());
        new EnvironmentStack(app, "EnvironmentDev", Environments.Dev);
        new EnvironmentStack(app, "EnvironmentStaging", Environments.Staging);
        new EnvironmentStack(app, "EnvironmentProd", Environments.Prod);
        app.Synth();
    }
}
