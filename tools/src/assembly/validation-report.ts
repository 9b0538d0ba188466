import { join } from 'node:path';
import { withoutResource } from './construct-paths';
import { Json, objectOf, objectsOf, readIfThere, textIn } from './json-files';
import { Assembly, Finding } from './model';

const REPORT = 'validation-report.json';

/** Reads what the checks of an app found; an app without checks leaves no report. */
export function readReport(folder: string): Pick<Assembly, 'checks' | 'findings'> {
  const report = readIfThere(join(folder, REPORT));
  if (report === undefined) {
    return { findings: [] };
  }
  const packs = objectsOf(report.pluginReports);
  return {
    checks: packs.map((pack) => ({
      name: nameOf(pack),
      version: textIn(pack.pluginVersion),
      passed: pack.conclusion === 'success',
    })),
    findings: packs.flatMap((pack) => [
      ...objectsOf(pack.violations).flatMap((violation) => findingsOf(pack, violation)),
      ...objectsOf(pack.suppressedViolations).flatMap((violation) =>
        findingsOf(pack, violation).map((finding) => ({ ...finding, acknowledged: textIn(violation.reason) ?? '' })),
      ),
    ]),
  };
}

function findingsOf(pack: Json, violation: Json): Finding[] {
  const severity = textIn(violation.severity) ?? 'error';
  const constructs = objectsOf(violation.violatingConstructs);
  return (constructs.length > 0 ? constructs : [{} as Json]).map((construct) => ({
    rule: textIn(violation.ruleName) ?? 'unknown',
    severity: severity === 'custom' ? (textIn(violation.customSeverity) ?? severity) : severity,
    pack: nameOf(pack),
    path: withoutResource(textIn(construct.constructPath) ?? ''),
    logicalId: textIn(objectOf(construct.cloudFormationResource).logicalId),
    text: textIn(violation.description) ?? '',
    fix: textIn(violation.suggestedFix),
    link: textIn(objectOf(violation.ruleMetadata).link),
  }));
}

function nameOf(pack: Json): string {
  return textIn(pack.pluginName) ?? 'unknown';
}
