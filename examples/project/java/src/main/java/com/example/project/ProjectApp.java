package com.example.project;

import io.github.cdkmlinfra.MlComplianceChecks;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;

public final class ProjectApp {
    private ProjectApp() {
    }

    public static void main(final String[] args) {
        final App app = new App();
        Validations.of(app).addPlugins(new MlComplianceChecks());

        final String base = "ProjectBase";
        new BaseStack(app, base, StackProps.builder()
                .description("Data lake and network of all projects")
                .terminationProtection(true)
                .build());
        new ProjectStack(app, "ProjectNlp", base, Projects.NLP);
        new ProjectStack(app, "ProjectVision", base, Projects.VISION);
        new ProjectStack(app, "ProjectForecasting", base, Projects.FORECASTING);
        new ProjectStack(app, "ProjectRecommendation", base, Projects.RECOMMENDATION);
        app.synth();
    }
}
