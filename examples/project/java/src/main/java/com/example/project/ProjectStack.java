package com.example.project;

import io.github.cdkmlinfra.BackupOptions;
import io.github.cdkmlinfra.CodeArtifactIndexOptions;
import io.github.cdkmlinfra.IMlSharedInfra;
import io.github.cdkmlinfra.MlNotebook;
import io.github.cdkmlinfra.MlSharedInfra;
import io.github.cdkmlinfra.NotebookLifecycle;
import io.github.cdkmlinfra.PackageIndex;
import io.github.cdkmlinfra.PublishedInfraOptions;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The notebooks of one project, deployed and destroyed without any other stack. */
public final class ProjectStack extends Stack {
    /**
     * Puts the notebooks of a project on a base.
     *
     * @param base name of the stack that published the base
     */
    public ProjectStack(final Construct scope, final String id, final String base, final Project project) {
        super(scope, id, StackProps.builder().description(project.description()).build());
        final IMlSharedInfra shared = MlSharedInfra.fromPublished(this, "Shared", base, PublishedInfraOptions.builder()
                .services(PackageRepository.SERVICES)
                .build());
        final NotebookLifecycle lifecycle = NotebookLifecycle.Builder.create(this, "Lifecycle")
                .shared(shared)
                .idleStop(Duration.hours(1))
                .packageIndex(PackageIndex.codeArtifact(CodeArtifactIndexOptions.builder()
                        .domain(PackageRepository.domainOf(base))
                        .repository(PackageRepository.NAME)
                        .build()))
                .pipPackages(project.packages())
                .kernelName("Python (" + project.name() + ")")
                .backup(BackupOptions.builder().build())
                .build();
        for (final String member : project.members()) {
            MlNotebook.Builder.create(this, member)
                    .shared(shared)
                    .lifecycle(lifecycle)
                    .owner(project.name())
                    .project(project.name())
                    .instanceType(project.instanceType())
                    .volumeSize(project.volumeSize())
                    .build();
        }
    }
}
