package com.example.environment;

import io.github.cdkmlinfra.MlComplianceChecks;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Validations;

public final class EnvironmentApp {
    private EnvironmentApp() {
    }

    public static void main(final String[] args) {
        final App app = new App();
        Validations.of(app).addPlugins(new MlComplianceChecks());

        new EnvironmentStack(app, "EnvironmentDev", Environments.DEV);
        new EnvironmentStack(app, "EnvironmentStaging", Environments.STAGING);
        new EnvironmentStack(app, "EnvironmentProd", Environments.PROD);
        app.synth();
    }
}
