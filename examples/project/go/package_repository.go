package main

import (
	"regexp"
	"strings"

	"github.com/cdk-ml-infra/cdk-ml-infra-go/cdkmlinfra"
)

// What a base and its projects agree on. A project that moves to a repository of its own takes this file along.

// packageRepository is the repository of CodeArtifact that notebooks install from: the network has no way to PyPI
// itself.
const packageRepository = "python"

// packageServices are what the network must reach for that.
func packageServices() []cdkmlinfra.MlService {
	return []cdkmlinfra.MlService{
		cdkmlinfra.MlService_CODEARTIFACT_API(),
		cdkmlinfra.MlService_CODEARTIFACT_REPOSITORIES(),
	}
}

var capital = regexp.MustCompile("[A-Z]")

// packageDomain is the domain of the repository, one per base in an account and region: `sea-lion-base` for `SeaLionBase`.
func packageDomain(base string) string {
	return strings.ToLower(strings.TrimPrefix(capital.ReplaceAllString(base, "-$0"), "-"))
}
