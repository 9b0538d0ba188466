import { awscdk, JsonFile, javascript } from 'projen';

/** Where the package of the command `ml-infra` stands. */
const FOLDER = 'tools';

/**
 * Adds the package of the command `ml-infra` as a workspace: one lock file and one `npm ci` for both, while its
 * dependencies never become those of the library.
 */
export function addTools(project: awscdk.AwsCdkConstructLibrary): void {
  definePackage(project);
  defineCompiler(project);
  project.package.addField('workspaces', [FOLDER]);
  project.npmignore?.exclude(`/${FOLDER}/`);
  project.gitignore.exclude(`/${FOLDER}/lib/`, `/${FOLDER}/templates.json`, `/${FOLDER}/LICENSE`);
  project.jest?.addTestMatch(`<rootDir>/${FOLDER}/test/**/*.test.ts`);
  javascript.Biome.of(project)?.addFilePattern(`${FOLDER}/**`);
}

function definePackage(project: awscdk.AwsCdkConstructLibrary): void {
  const { manifest } = project.package;
  new JsonFile(project, `${FOLDER}/package.json`, {
    readonly: false, // a release writes the version
    obj: {
      name: 'cdk-ml-infra-tools',
      version: '0.0.0',
      description:
        'The command ml-infra: what an app with cdk-ml-infra costs and looks like, and new apps in the language of your choice',
      license: manifest.license,
      author: () => project.package.manifest.author,
      repository: { ...manifest.repository, directory: FOLDER },
      keywords: ['aws-cdk', 'cdk', 'cdk-ml-infra', 'cli', 'sagemaker', 'cost', 'diagram', 'report', 'template'],
      engines: { node: `>= ${project.package.minNodeVersion}` },
      publishConfig: { access: 'public' },
      main: 'lib/index.js',
      types: 'lib/index.d.ts',
      bin: { 'ml-infra': 'lib/bin.js' },
      files: ['assets', 'lib', 'templates.json'],
      scripts: {
        build: 'tsc --project tsconfig.json',
        prepack: 'npm run build && node scripts/pack.mjs',
        postpack: 'node scripts/pack.mjs --clean',
      },
      dependencies: {
        '@aws-sdk/client-service-quotas': '^3',
        '@aws-sdk/client-ssm': '^3',
        '@aws-sdk/client-sts': '^3',
        '@hpcc-js/wasm-graphviz': '^1.29.2',
        'cdk-ml-infra': 'file:..', // the prices; a package gets the version it is released with
        commander: '^14.0.3', // 15 needs Node 22
        picocolors: '^1.1.1',
      },
    },
  });
}

function defineCompiler(project: awscdk.AwsCdkConstructLibrary): void {
  new javascript.TypescriptConfig(project, {
    fileName: `${FOLDER}/tsconfig.json`,
    extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
    compilerOptions: { rootDir: 'src', outDir: 'lib', types: ['node'], inlineSourceMap: false, inlineSources: false },
    include: ['src/**/*.ts'],
  });
  project.compileTask.exec(`tsc --project ${FOLDER}/tsconfig.json`);
}
