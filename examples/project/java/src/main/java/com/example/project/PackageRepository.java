package com.example.project;

import io.github.cdkmlinfra.MlService;
import java.util.List;
import java.util.Locale;

/** What a base and its projects agree on. A project that moves to a repository of its own takes this file along. */
final class PackageRepository {
    /** Repository of CodeArtifact that notebooks install from: the network has no way to PyPI itself. */
    static final String NAME = "python";

    /** What the network must reach for that. */
    static final List<MlService> SERVICES = List.of(MlService.CODEARTIFACT_API, MlService.CODEARTIFACT_REPOSITORIES);

    private PackageRepository() {
    }

    /** Domain of the repository, one per base in an account and region: {@code sea-lion-base} for {@code SeaLionBase}. */
    static String domainOf(final String base) {
        return base.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
