package com.example.team;

import io.github.cdkmlinfra.MlInstanceType;
import io.github.cdkmlinfra.MlNotebook;
import io.github.cdkmlinfra.MlSharedInfra;
import io.github.cdkmlinfra.NotebookLifecycle;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** Five notebooks on one base without internet. Each stops after an hour in which nothing happened on it. */
public final class TeamStack extends Stack {
    public TeamStack(final Construct scope, final String id) {
        this(scope, id, null);
    }

    public TeamStack(final Construct scope, final String id, final StackProps props) {
        super(scope, id, props);

        final MlSharedInfra shared = new MlSharedInfra(this, "Shared");
        final NotebookLifecycle lifecycle = NotebookLifecycle.Builder.create(this, "Lifecycle")
                .shared(shared)
                .idleStop(Duration.hours(1))
                .build();

        MlNotebook.Builder.create(this, "alice")
                .shared(shared)
                .lifecycle(lifecycle)
                .owner("alice")
                .build();
        MlNotebook.Builder.create(this, "bob")
                .shared(shared)
                .lifecycle(lifecycle)
                .owner("bob")
                .volumeSize(Size.gibibytes(200))
                .build();
        MlNotebook.Builder.create(this, "charlie")
                .shared(shared)
                .lifecycle(lifecycle)
                .owner("charlie")
                .instanceType(MlInstanceType.M5_XLARGE)
                .build();
        MlNotebook.Builder.create(this, "diana")
                .shared(shared)
                .lifecycle(lifecycle)
                .owner("diana")
                .instanceType(MlInstanceType.R5_XLARGE)
                .build();
        MlNotebook.Builder.create(this, "eve")
                .shared(shared)
                .lifecycle(lifecycle)
                .owner("eve")
                .instanceType(MlInstanceType.G4_DN_XLARGE)
                .build();

        shared.addOutputs();
    }
}
