"""What a base and its projects agree on. A project that moves to a repository of its own takes this file along."""

import re

from cdk_ml_infra import MlService

# Repository of CodeArtifact that notebooks install from: the network has no way to PyPI itself.
PACKAGE_REPOSITORY = "python"

# What the network must reach for that.
PACKAGE_SERVICES = [MlService.CODEARTIFACT_API, MlService.CODEARTIFACT_REPOSITORIES]


def package_domain(base: str) -> str:
    """Domain of the repository, one per base in an account and region: `sea-lion-base` for `SeaLionBase`."""
    return re.sub(r"(?<!^)([A-Z])", r"-\1", base).lower()
