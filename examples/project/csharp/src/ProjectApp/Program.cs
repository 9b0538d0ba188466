using Amazon.CDK;
using CdkMlInfra;

namespace ProjectApp;

internal static class Program
{
    public static void Main()
    {
        var app = new App();
        Validations.Of(app).AddPlugins(new MlComplianceChecks());

        const string baseName = "ProjectBase";
        new BaseStack(app, baseName, new StackProps
        {
            Description = "Data lake and network of all projects",
            TerminationProtection = true,
        });
        new ProjectStack(app, "ProjectNlp", baseName, Projects.Nlp);
        new ProjectStack(app, "ProjectVision", baseName, Projects.Vision);
        new ProjectStack(app, "ProjectForecasting", baseName, Projects.Forecasting);
        new ProjectStack(app, "ProjectRecommendation", baseName, Projects.Recommendation);
        app.Synth();
    }
}
