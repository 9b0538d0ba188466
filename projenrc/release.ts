import { type awscdk, github, release } from 'projen';

const { JobPermission } = github.workflows;
const { ReleaseTrigger } = release;

/** Options of the project that leave both workflows to this file. */
export const OWN_WORKFLOWS = {
  release: false,
  buildWorkflow: false,
  depsUpgradeOptions: { workflowOptions: { branches: ['main'] } }, // projen takes it from the workflow of releases otherwise
};

/** Publishes to all registries; pinned, since it sees what may publish. */
const PUBLIB = '0.2.1061';
const RUNNER = ['ubuntu-latest'];
const NODE = '22.x';
const TOOLS = {
  java: { version: '17' },
  python: { version: '3.12' },
  go: { version: '1.26' },
  dotnet: { version: '8.x' },
} satisfies github.workflows.Tools;

/** What .ci/run needs of a machine; the rest it fetches itself. */
const { dotnet: _, ...CHECKED_TOOLS } = TOOLS;

/** As projen refers to them: by commit, or by a version where a release cannot be moved. */
const ACTIONS = {
  java: 'actions/setup-java@v6.0.0',
  python: 'actions/setup-python@v7.0.0',
  go: 'actions/setup-go@v7.0.0',
  dotnet: 'actions/setup-dotnet@v6.0.0',
  attest: 'actions/attest-build-provenance@a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32', // 4.1.0
};

/** Runs all checks on every change, and the tests on the lowest and the newest Node. */
export function addBuildWorkflow(project: awscdk.AwsCdkConstructLibrary): void {
  const workflow = new github.GithubWorkflow(project.github!, 'build');
  workflow.on({ pullRequest: {}, mergeGroup: {}, workflowDispatch: {} });
  const checkout = github.WorkflowSteps.checkout({ with: { fetchDepth: 0 } });
  const job = { runsOn: RUNNER, permissions: { contents: JobPermission.READ }, env: { CI: 'true' } };
  workflow.addJobs({
    build: {
      ...job,
      timeoutMinutes: 120,
      tools: { node: { version: NODE }, ...CHECKED_TOOLS },
      steps: [checkout, { name: 'All checks', run: 'bash .ci/run' }],
    },
    node: {
      ...job,
      name: 'Node ${{ matrix.node }}',
      timeoutMinutes: 45,
      strategy: { failFast: false, matrix: { domain: { node: [project.minNodeVersion!, '24.x'] } } },
      tools: { node: { version: '${{ matrix.node }}' }, python: TOOLS.python },
      steps: [checkout, { name: 'Tests', run: 'npm test' }],
    },
  });
}

/** Publishes the version that CHANGELOG.md lists last, unless it has a tag: docs/releasing.md. */
export function addRelease(project: awscdk.AwsCdkConstructLibrary): void {
  const packages = project.addTask('release:packages', {
    description: 'All packages of the version that CHANGELOG.md lists last, from a checkout of HEAD',
    exec: 'node scripts/release.mjs build --unless-tagged',
  });
  const workflow = new release.Release(project, {
    branch: 'main',
    tasks: [packages],
    versionFile: 'package.json',
    artifactsDirectory: project.artifactsDirectory,
    releaseTrigger: ReleaseTrigger.continuous({ paths: ['CHANGELOG.md'] }),
    nextVersionCommand: 'node scripts/release.mjs version',
    releaseEnvironment: 'release',
    releaseWorkflowSetupSteps: [...setUpTools(), ...project.renderWorkflowSetup({ mutable: false })],
    workflowNodeVersion: NODE,
    workflowPermissions: { contents: JobPermission.READ },
    jsiiReleaseVersion: PUBLIB,
  });
  publishEverywhere(workflow.publisher);
  workflow.addJobs({ attest: attestation(workflow.publisher) });
  project.package.setScript('release', 'node scripts/install.mjs && node scripts/release.mjs');
}

function setUpTools(): github.workflows.JobStep[] {
  const { java, python, go, dotnet } = TOOLS;
  return [
    { uses: ACTIONS.java, with: { distribution: 'corretto', 'java-version': java.version } },
    { uses: ACTIONS.python, with: { 'python-version': python.version } },
    { uses: ACTIONS.go, with: { 'go-version': go.version, cache: false } },
    { uses: ACTIONS.dotnet, with: { 'dotnet-version': dotnet.version } },
  ];
}

/** What is uploaded is what was built and verified: no job builds again. */
function publishEverywhere(publisher: release.Publisher): void {
  const check = { name: 'Check digests', run: 'cd dist && sha256sum --check --strict --quiet SHA256SUMS' };
  // Trusted publishing takes npm 11.5.1; Node 22 comes with npm 10.
  const newerNpm = { name: 'Install npm', run: 'npm install --global npm@11.19.1' };
  publisher.publishToNpm({ trustedPublishing: true, npmProvenance: true, prePublishSteps: [check, newerNpm] });
  publisher.publishToPyPi({ trustedPublishing: true, prePublishSteps: [check] });
  publisher.publishToMaven({ prePublishSteps: [check] });
  publisher.publishToNuget({ trustedPublishing: true, prePublishSteps: [check] });
  publisher.publishToGo({ githubUseSsh: true, prePublishSteps: [check] });
  publisher.addGitHubPostPublishingSteps({
    name: 'Attach the packages',
    if: '${{ !inputs.dry_run }}',
    env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
    run: [
      'cd dist',
      'sha256sum --check --strict --quiet SHA256SUMS',
      'gh release upload "$(cat releasetag.txt)" -R "$GITHUB_REPOSITORY" --clobber \\',
      '  SHA256SUMS sbom.cdx.json release.json js/*.tgz python/*',
    ].join('\n'),
  });
}

/** Signs which workflow and commit each file of the release comes from, the bill of materials and the digests too. */
function attestation({ buildJobId, condition }: release.Publisher): github.workflows.Job {
  return {
    name: 'Attest the packages',
    needs: [buildJobId],
    if: `\${{ ${condition} && !inputs.dry_run }}`,
    runsOn: RUNNER,
    permissions: {
      contents: JobPermission.READ,
      idToken: JobPermission.WRITE,
      attestations: JobPermission.WRITE,
    },
    steps: [
      github.WorkflowSteps.downloadArtifact({
        with: { artifactIds: [`\${{ needs.${buildJobId}.outputs.artifact_id }}`], path: 'dist' },
      }),
      { name: 'Check digests', run: 'cd dist && sha256sum --check --strict --quiet SHA256SUMS' },
      { name: 'Attest', uses: ACTIONS.attest, with: { 'subject-checksums': 'dist/SHA256SUMS' } },
    ],
  };
}
