package com.example.environment;

import io.github.cdkmlinfra.JobRules;
import io.github.cdkmlinfra.MlEnvironment;
import io.github.cdkmlinfra.MlInstanceType;
import io.github.cdkmlinfra.NotebookSchedule;
import io.github.cdkmlinfra.NotebookScheduleOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.StackProps;

/**
 * The values of the three environments.
 *
 * <p>Without {@code env} in its {@code stackProps}, a stack goes to whatever account and region the CLI is signed in
 * to. Once each environment has its own, say so there:
 * {@code .env(Environment.builder().account("111111111111").region("eu-central-1").build())}.
 */
public final class Environments {
    /** What jobs look like before they may touch what customers depend on. */
    private static final JobRules CAREFUL_JOBS = JobRules.builder()
            .interContainerTrafficEncryption(true)
            .maxRuntime(Duration.days(1))
            .build();

    /** People try things: cheap machines in office hours, short jobs on few kinds of machines. */
    public static final Settings DEV = Settings.builder()
            .stackProps(StackProps.builder()
                    .description("Machine learning: development")
                    .tags(Map.of("cost-center", "ml-research"))
                    .build())
            .environment(MlEnvironment.DEV)
            .owners(List.of("alice", "bob", "charlie"))
            .instanceType(MlInstanceType.T3_MEDIUM)
            .volumeSize(Size.gibibytes(20))
            .schedule(NotebookSchedule.weekdays(NotebookScheduleOptions.builder()
                    .start("08:00")
                    .stop("19:00")
                    .timeZone("Europe/Berlin")
                    .build()))
            .maxUptime(Duration.hours(12))
            .jobs(JobRules.builder()
                    .instanceTypes(List.of(MlInstanceType.M5_XLARGE, MlInstanceType.G4_DN_XLARGE))
                    .maxRuntime(Duration.hours(4))
                    .build())
            .build();

    /** The rehearsal: built and watched like production, on smaller machines. */
    public static final Settings STAGING = Settings.builder()
            .stackProps(StackProps.builder()
                    .description("Machine learning: staging")
                    .tags(Map.of("cost-center", "ml-platform", "data-classification", "confidential"))
                    .build())
            .environment(MlEnvironment.STAGING)
            .owners(List.of("forecast", "scoring"))
            .instanceType(MlInstanceType.M5_XLARGE)
            .volumeSize(Size.gibibytes(50))
            .maxUptime(Duration.days(2))
            .jobs(CAREFUL_JOBS)
            .alarmEmail("ml-staging@example.com")
            .build();

    /** Owners are services that people run together. Everything is kept, watched, and its data access recorded. */
    public static final Settings PROD = Settings.builder()
            .stackProps(StackProps.builder()
                    .description("Machine learning: production")
                    .tags(Map.of(
                            "cost-center", "ml-platform",
                            "data-classification", "confidential",
                            "business-owner", "analytics"))
                    .terminationProtection(true)
                    .build())
            .environment(MlEnvironment.PROD)
            .owners(List.of("forecast", "scoring"))
            .instanceType(MlInstanceType.M5_2_XLARGE)
            .volumeSize(Size.gibibytes(200))
            .jobs(CAREFUL_JOBS)
            .alarmEmail("ml-production@example.com")
            .recordDataAccess(true)
            .build();

    private Environments() {
    }
}
