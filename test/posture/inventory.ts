import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnElement, Stack, Stage } from 'aws-cdk-lib';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { MlComplianceChecks } from 'cdk-ml-infra';
import { RULES } from '../../src/compliance/rules';
import { verdicts } from '../../src/compliance/verdicts';
import { Finding, findingsIn, nagFindingsIn } from '../shared/findings';
import { textsOf } from '../shared/templates';
import { APPS } from './apps';

/** The apps as checkers outside of this process see them, and what those inside of it say. */
export interface Inventory {
  /** What nobody has acknowledged. */
  readonly open: string[];

  /** What would be found if nothing were acknowledged. */
  readonly findings: Finding[];

  /** The paths of constructs by their logical ids, by the paths of templates. */
  readonly templates: { readonly [file: string]: { readonly [logicalId: string]: string } };
}

// What is printed at synthesis is tested where it is said, and would bury the report of the checkers.
const FLAGS: [string, { [flag: string]: unknown }][] = [
  ['', {}],
  ['-with-flags', { ...recommended, '@aws-cdk/core:annotationsInValidationReport': false }],
];

/** Synthesizes every app into a folder, without and with feature flags, and asks the checkers that look at constructs. */
export function takeInventory(folder: string): Inventory {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const parts = Object.entries(APPS).flatMap(([name, define]) =>
    FLAGS.map(([suffix, context]) => {
      const app = new App({ context, outdir: join(folder, name.replaceAll(' ', '-') + suffix) });
      define(app);
      return inventoryOf(app);
    }),
  );
  return {
    open: parts.flatMap(({ open }) => open),
    findings: parts.flatMap(({ findings }) => findings),
    templates: Object.assign({}, ...parts.map(({ templates }) => templates)),
  };
}

function inventoryOf(app: App): Inventory {
  const assembly = app.synth();
  const pathsByFile = pathsOf(app);
  const texts = [...textsOf(assembly)].map(([file, text]) => [join(assembly.directory, file), text] as const);
  const own = texts.flatMap(([file, text]) =>
    RULES.filter(({ askedBy }) => askedBy === undefined).flatMap((rule) =>
      verdicts(rule, JSON.parse(text), undefined)
        .filter(({ findings }) => findings.length > 0)
        .map(({ logicalId }) => ({ checker: 'MlCompliance', rule: rule.id, path: pathsByFile[file][logicalId] })),
    ),
  );
  const openOwn = new MlComplianceChecks().validateScope(app).violations.map(({ ruleName, description }) => {
    return `${ruleName} ${description}`;
  });
  return {
    open: [...findingsIn(app), ...openOwn],
    findings: [...nagFindingsIn(app), ...own],
    templates: Object.fromEntries(texts.map(([file]) => [file, pathsByFile[file]])),
  };
}

function pathsOf(app: App): Record<string, Record<string, string>> {
  const paths: Record<string, Record<string, string>> = {};
  for (const element of app.node.findAll().filter(CfnElement.isCfnElement)) {
    const stack = Stack.of(element);
    const file = join(Stage.of(stack)?.outdir ?? '', stack.templateFile);
    paths[file] ??= {};
    paths[file][stack.resolve(element.logicalId)] = element.node.path;
  }
  return paths;
}
