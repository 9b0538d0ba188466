package com.example.environment;

import io.github.cdkmlinfra.BackupOptions;
import io.github.cdkmlinfra.DataAccessTrail;
import io.github.cdkmlinfra.MetricsOptions;
import io.github.cdkmlinfra.MlEnvironment;
import io.github.cdkmlinfra.MlNotebookFleet;
import io.github.cdkmlinfra.MlPermissionsBoundary;
import io.github.cdkmlinfra.MlSharedInfra;
import io.github.cdkmlinfra.NotebookAlarms;
import io.github.cdkmlinfra.NotebookLifecycle;
import io.github.cdkmlinfra.NotebookOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** One base with its notebooks, for one environment. */
public final class EnvironmentStack extends Stack {
    public EnvironmentStack(final Construct scope, final String id, final Settings settings) {
        super(scope, id, settings.stackProps());
        MlEnvironment.set(this, settings.environment());

        final MlPermissionsBoundary boundary = new MlPermissionsBoundary(this, "Boundary");
        final MlSharedInfra shared = MlSharedInfra.Builder.create(this, "Shared")
                .permissionsBoundary(boundary.getPolicy())
                .jobs(settings.jobs())
                .build();
        final boolean watched = settings.alarmEmail() != null;
        final NotebookLifecycle lifecycle = NotebookLifecycle.Builder.create(this, "Lifecycle")
                .shared(shared)
                .idleStop(Duration.hours(1))
                .backup(BackupOptions.builder().build())
                .metrics(watched ? MetricsOptions.builder().build() : null)
                .environmentVariables(Map.of("STAGE", settings.environment().getName()))
                .build();
        MlNotebookFleet.Builder.create(this, "Notebooks")
                .shared(shared)
                .owners(settings.owners())
                .defaults(NotebookOptions.builder()
                        .lifecycle(lifecycle)
                        .instanceType(settings.instanceType())
                        .volumeSize(settings.volumeSize())
                        .schedule(settings.schedule())
                        .maxUptime(settings.maxUptime())
                        .build())
                .build();

        if (watched) {
            final NotebookAlarms alarms = NotebookAlarms.Builder.create(this, "Alarms").shared(shared).build();
            alarms.getTopic().addSubscription(new EmailSubscription(settings.alarmEmail()));
            Validations.of(alarms).acknowledge(Acknowledgment.builder()
                    .id("Serverless-SNSRedrivePolicy")
                    .reason("A mail that is not delivered needs no queue: CloudWatch keeps the state of the alarm")
                    .build());
        }
        if (settings.recordDataAccess()) {
            DataAccessTrail.Builder.create(this, "Trail").bases(List.of(shared)).build();
        }
        shared.addOutputs();
    }
}
