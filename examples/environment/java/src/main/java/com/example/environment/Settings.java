package com.example.environment;

import io.github.cdkmlinfra.JobRules;
import io.github.cdkmlinfra.MlEnvironment;
import io.github.cdkmlinfra.MlInstanceType;
import io.github.cdkmlinfra.NotebookSchedule;
import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.StackProps;

/**
 * What differs between environments.
 *
 * @param stackProps description, tags, account and region of the stack
 * @param environment how careful the environment is
 * @param owners who has a notebook: a person, or a service that people run together
 * @param instanceType machine of each notebook
 * @param volumeSize volume of each notebook; it can grow, but not shrink
 * @param jobs what jobs of the owners have to look like
 * @param schedule when notebooks are started and stopped; if null, people start them and idle stop stops them
 * @param maxUptime for how long a notebook runs at most; if null, as long as it is busy
 * @param alarmEmail who is told when a notebook fails or fills up; if null, nobody
 * @param recordDataAccess whether it is recorded who read and wrote which object
 */
public record Settings(
        StackProps stackProps,
        MlEnvironment environment,
        List<String> owners,
        MlInstanceType instanceType,
        Size volumeSize,
        JobRules jobs,
        NotebookSchedule schedule,
        Duration maxUptime,
        String alarmEmail,
        boolean recordDataAccess) {

    public Settings {
        Objects.requireNonNull(stackProps, "stackProps is required");
        Objects.requireNonNull(environment, "environment is required");
        owners = List.copyOf(Objects.requireNonNull(owners, "owners is required"));
        Objects.requireNonNull(instanceType, "instanceType is required");
        Objects.requireNonNull(volumeSize, "volumeSize is required");
        Objects.requireNonNull(jobs, "jobs is required");
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Takes the settings by name; what stands behind {@code jobs} may be left out. */
    public static final class Builder {
        private StackProps stackProps;
        private MlEnvironment environment;
        private List<String> owners;
        private MlInstanceType instanceType;
        private Size volumeSize;
        private JobRules jobs;
        private NotebookSchedule schedule;
        private Duration maxUptime;
        private String alarmEmail;
        private boolean recordDataAccess;

        private Builder() {
        }

        public Builder stackProps(final StackProps stackProps) {
            this.stackProps = stackProps;
            return this;
        }

        public Builder environment(final MlEnvironment environment) {
            this.environment = environment;
            return this;
        }

        public Builder owners(final List<String> owners) {
            this.owners = owners;
            return this;
        }

        public Builder instanceType(final MlInstanceType instanceType) {
            this.instanceType = instanceType;
            return this;
        }

        public Builder volumeSize(final Size volumeSize) {
            this.volumeSize = volumeSize;
            return this;
        }

        public Builder jobs(final JobRules jobs) {
            this.jobs = jobs;
            return this;
        }

        public Builder schedule(final NotebookSchedule schedule) {
            this.schedule = schedule;
            return this;
        }

        public Builder maxUptime(final Duration maxUptime) {
            this.maxUptime = maxUptime;
            return this;
        }

        public Builder alarmEmail(final String alarmEmail) {
            this.alarmEmail = alarmEmail;
            return this;
        }

        public Builder recordDataAccess(final boolean recordDataAccess) {
            this.recordDataAccess = recordDataAccess;
            return this;
        }

        public Settings build() {
            return new Settings(
                    stackProps,
                    environment,
                    owners,
                    instanceType,
                    volumeSize,
                    jobs,
                    schedule,
                    maxUptime,
                    alarmEmail,
                    recordDataAccess);
        }
    }
}
