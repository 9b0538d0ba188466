import * as ts from 'typescript';
import { areaOf, HIDDEN_AREAS } from '../floors';
import { paths, type SourceTree } from '../source-tree';
import { parse } from '../syntax';

/** `src/index.ts` exports every area but the hidden ones, into one namespace, and does nothing else. */
export function publicIndex(tree: SourceTree): string[] {
  const { statements } = parse('src/index.ts', tree.get('src/index.ts') ?? '');
  const exported = statements.map((statement) => statement.getText());
  const areas = paths(tree, /^src\/[^/]+\/index\.ts$/)
    .map((path) => areaOf(path) ?? '')
    .filter((area) => !HIDDEN_AREAS.includes(area));
  const forgotten = areas.filter((area) => !exported.some((text) => text.includes(`'./${area}'`)));
  const strange = statements.filter((statement) => !isFlatExport(statement));
  return [
    ...strange.map((statement) => `src/index.ts must hold nothing like: ${statement.getText()}`),
    ...forgotten.map((area) => `src/index.ts must export './${area}'`),
  ];
}

function isFlatExport(statement: ts.Statement): boolean {
  if (!ts.isExportDeclaration(statement) || statement.isTypeOnly || statement.moduleSpecifier === undefined) {
    return false;
  }
  return statement.exportClause === undefined || ts.isNamedExports(statement.exportClause);
}
