package com.example.team;

import io.github.cdkmlinfra.MlComplianceChecks;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;

public final class TeamApp {
    private TeamApp() {
    }

    public static void main(final String[] args) {
        final App app = new App();
        Validations.of(app).addPlugins(new MlComplianceChecks());
        new TeamStack(app, "Team", StackProps.builder()
                .description("Notebooks of a team")
                .terminationProtection(true)
                .build());
        app.synth();
    }
}
