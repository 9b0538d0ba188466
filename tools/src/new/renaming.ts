import { pascalCase } from './app-name';
import { Template, TemplateFile } from './templates';

const SOURCE = /\.(ts|js|mjs|py|java|go|cs)$/;

/** The files of an app under another name, and the stacks that it has then. */
export interface RenamedApp {
  readonly stacks: readonly string[];
  readonly files: readonly TemplateFile[];
}

/**
 * Gives an app its name: in its stacks, so that two apps from one template never mean the same stack, and in the manifest
 * of its package. Classes, namespaces and files keep theirs.
 */
export function renamed(template: Template, name: string): RenamedApp {
  const { layout } = template;
  const before = stacksOf(template);
  const stacks = before.map((stack) => pascalCase(name) + stack.slice(pascalCase(layout).length));
  const newNames = new Map(before.map((stack, index) => [stack, stacks[index]]));
  const files = template.files.map((file) => ({ ...file, text: textOf(file, layout, name, newNames) }));
  return { stacks, files };
}

/** Ids of stacks are the texts in code that begin with the name of the layout; nothing else begins so. */
function stacksOf({ layout, files }: Template): string[] {
  const found = files
    .filter(({ path }) => SOURCE.test(path))
    .flatMap(({ text }) => [...text.matchAll(quoted(layout, `"'`))].map(([, , stack]) => stack));
  return [...new Set(found)];
}

function quoted(layout: string, quotes: string): RegExp {
  return new RegExp(`([${quotes}])(${pascalCase(layout)}\\w*)\\1`, 'g');
}

function textOf({ path, text }: TemplateFile, layout: string, name: string, stacks: Map<string, string>): string {
  if (SOURCE.test(path)) {
    // Comments quote with backticks, classes as well as stacks.
    return text.replace(quoted(layout, '"\'`'), (_, quote, word) => `${quote}${stacks.get(word) ?? word}${quote}`);
  }
  if (path.endsWith('.md')) {
    return text.replace(/```[\s\S]*?```|`[^`\n]+`/g, (code) => withStacks(code, stacks));
  }
  return withPackageName(path, text, layout, name);
}

/** Names of stacks in the code of a text; prose may use the same words. */
function withStacks(code: string, stacks: Map<string, string>): string {
  return code.replace(/(?<![\w./-])[A-Z]\w*(?![\w./(-])/g, (word) => stacks.get(word) ?? word);
}

function withPackageName(path: string, text: string, layout: string, name: string): string {
  const replace = (pattern: RegExp) => text.replace(pattern, (_, before, after) => `${before}${name}${after}`);
  switch (path) {
    case 'package.json':
      return replace(new RegExp(`^(\\s*"name": ")${layout}(")`, 'm'));
    case 'pyproject.toml':
      return replace(new RegExp(`^(name = ")${layout}(")`, 'm'));
    case 'pom.xml':
      return replace(new RegExp(`(<artifactId>)${layout}(</artifactId>)`));
    case 'go.mod':
      return replace(new RegExp(`^(module (?:.*/)?)${layout}($)`, 'm'));
    case '.gitignore': // `go build` calls its result like the module
      return replace(new RegExp(`^(/?)${layout}($)`, 'm'));
    default:
      return text;
  }
}
