import { posix } from 'node:path';
import * as ts from 'typescript';
import { files, type SourceTree } from './source-tree';
import { nodesOf, parse } from './syntax';

/** One `import`, `export from`, `import()`, `import type` or `require` of a file below `src`. */
export interface Import {
  readonly file: string;
  readonly specifier: string;

  /** Path below the root that a relative specifier leads to, without an extension; undefined for packages. */
  readonly target?: string;
}

export function importsIn(tree: SourceTree): Import[] {
  return files(tree, /^src\/.*\.ts$/).flatMap(([file, text]) => importsOf(file, text));
}

function importsOf(file: string, text: string): Import[] {
  const specifiers = [...nodesOf(parse(file, text))].map(specifierOf).filter((specifier) => specifier !== undefined);
  return [...new Set(specifiers)].map((specifier) => ({ file, specifier, target: targetOf(file, specifier) }));
}

function specifierOf(node: ts.Node): string | undefined {
  const named = nameNodeOf(node);
  return named && ts.isStringLiteralLike(named) ? named.text : undefined;
}

function nameNodeOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return node.moduleSpecifier;
  }
  if (ts.isExternalModuleReference(node)) {
    return node.expression;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return node.argument.literal;
  }
  return ts.isCallExpression(node) && loadsModule(node.expression) ? node.arguments[0] : undefined;
}

function loadsModule(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || /^require(\.resolve)?$/.test(callee.getText());
}

function targetOf(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) {
    return undefined;
  }
  return posix
    .join(posix.dirname(file), specifier)
    .replace(/\/$/, '')
    .replace(/(\.d)?\.[jt]s$/, '');
}
