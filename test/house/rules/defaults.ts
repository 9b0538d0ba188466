import * as ts from 'typescript';
import { files, type SourceTree } from '../source-tree';
import { nodesOf, parse, placeOf } from '../syntax';

const PREDICATE_CALL = /\.(filter|some|every|find|findIndex|findLast|findLastIndex)$/;
const BOOLEAN_CALL =
  /(^|[.#_])((is|has|can|should|needs)[A-Z]\w*|some|every|includes|has|startsWith|endsWith|test|Boolean)$/;
const BOOLEAN_OPERATORS = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
]);

/**
 * `||` may join conditions but never supply a default, since it also replaces 0, '' and false.
 *
 * It joins conditions where it is the test of an `if`, a loop, a `?:`, a `!` or a predicate such as that of `filter`, or where what
 * stands left of it is a boolean by its form: a comparison, a negation, a call such as `isX()`, or a name declared as one in the file.
 */
export function defaults(tree: SourceTree): string[] {
  return files(tree, /^src\/.*\.ts$/).flatMap(([path, text]) => {
    const file = parse(path, text);
    const booleans = booleanNames(file);
    return [...nodesOf(file)]
      .filter((node) => suppliesDefault(node, booleans))
      .map((node) => `${placeOf(node)}: '${node.getText()}' must use ?? for its default`);
  });
}

function suppliesDefault(node: ts.Node, booleans: Set<string>): boolean {
  if (!ts.isBinaryExpression(node)) {
    return false;
  }
  if (node.operatorToken.kind === ts.SyntaxKind.BarBarEqualsToken) {
    return true;
  }
  return isOr(node) && !isCondition(node) && !isBoolean(node.left, booleans);
}

/** Whether nothing but the truth of the value is asked for. */
function isCondition(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || isOr(parent) || isAnd(parent)) {
    return isCondition(parent);
  }
  if (ts.isPrefixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.ExclamationToken;
  }
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) {
    return parent.expression === node;
  }
  if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) {
    return parent.condition === node;
  }
  return (
    ts.isArrowFunction(parent) &&
    ts.isCallExpression(parent.parent) &&
    PREDICATE_CALL.test(parent.parent.expression.getText())
  );
}

/** Whether the form of an expression shows that its value is true or false. */
function isBoolean(node: ts.Expression, booleans: Set<string>): boolean {
  if (ts.isParenthesizedExpression(node)) {
    return isBoolean(node.expression, booleans);
  }
  if (ts.isPrefixUnaryExpression(node)) {
    return node.operator === ts.SyntaxKind.ExclamationToken;
  }
  if (ts.isIdentifier(node)) {
    return booleans.has(node.text);
  }
  if (ts.isCallExpression(node)) {
    return !mayBeSkipped(node) && BOOLEAN_CALL.test(node.expression.getText());
  }
  if (isOr(node) || isAnd(node)) {
    return isBoolean(node.left, booleans) && isBoolean(node.right, booleans);
  }
  return ts.isBinaryExpression(node) && BOOLEAN_OPERATORS.has(node.operatorToken.kind);
}

/** Names that are declared at least once in a file, and as a boolean each time. */
function booleanNames(file: ts.SourceFile): Set<string> {
  const declared = [...nodesOf(file)].filter(
    (node) => ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node),
  );
  const others = new Set<string>();
  const booleans = new Set<string>();
  for (const declaration of declared) {
    (isBooleanDeclaration(declaration, booleans) ? booleans : others).add(declaration.name.getText());
  }
  return new Set([...booleans].filter((name) => !others.has(name)));
}

type Declaration = ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement;

function isBooleanDeclaration(node: Declaration, booleans: Set<string>): boolean {
  if (ts.isBindingElement(node)) {
    return false;
  }
  if (node.type) {
    return node.type.kind === ts.SyntaxKind.BooleanKeyword && !(ts.isParameter(node) && node.questionToken);
  }
  return ts.isVariableDeclaration(node) && node.initializer !== undefined && isBoolean(node.initializer, booleans);
}

function isOr(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.BarBarToken;
}

function isAnd(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
}

/** Whether a call may never happen and so be undefined, as in `props.tags?.includes('x')`. */
function mayBeSkipped(node: ts.CallExpression): boolean {
  return ts.isOptionalChain(node);
}
