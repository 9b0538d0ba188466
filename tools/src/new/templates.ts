import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../refusal';

/** A file of an app. */
export interface TemplateFile {
  /** Path below the folder of the app, with `/` between its parts. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** An app in one language, as the examples of the library have it. */
export interface Template {
  readonly layout: string;
  readonly language: string;

  /** What the app is, in a sentence. */
  readonly description: string;
  readonly files: readonly TemplateFile[];
}

// What is named here comes first, and in this order.
const LAYOUTS = ['team', 'environment', 'project'];
const LANGUAGES = ['typescript', 'python', 'java', 'go', 'csharp'];

const PACKAGE = join(__dirname, '..', '..');
const SHIPPED = join(PACKAGE, 'templates.json');
const EXAMPLES = join(PACKAGE, '..', 'examples');

/**
 * Reads the templates: from the file that the package ships, or in the repository from the examples themselves.
 *
 * One file, because `npm pack` drops every `.gitignore` of a folder, obeys it, and forgets which files are executable.
 */
export function readTemplates(from: string = existsSync(SHIPPED) ? SHIPPED : EXAMPLES): Template[] {
  return from.endsWith('.json') ? templatesOf(from) : templatesIn(from);
}

function templatesOf(file: string): Template[] {
  try {
    const templates = JSON.parse(readFileSync(file, 'utf8'));
    if (Array.isArray(templates) && templates.every(({ layout, language, files }) => layout && language && files)) {
      return templates;
    }
  } catch (error) {
    return fail('new', 'templates', `what the package ships, so install it again (${(error as Error).message})`, file);
  }
  return fail('new', 'templates', 'what the package ships, so install it again', file);
}

/** The layouts that there are. */
export function layoutsOf(templates: readonly Template[]): string[] {
  return [...new Set(templates.map(({ layout }) => layout))];
}

/** The languages in which there is a layout. */
export function languagesOf(templates: readonly Template[], layout: string): string[] {
  return templates.filter((template) => template.layout === layout).map(({ language }) => language);
}

/** What a layout is, in a sentence. */
export function descriptionOf(templates: readonly Template[], layout: string): string {
  return templates.find((template) => template.layout === layout)?.description ?? '';
}

function templatesIn(examples: string): Template[] {
  const files = new Map<string, TemplateFile[]>();
  for (const path of tracked(examples)) {
    const [layout, language, ...rest] = path.split('/');
    if (rest.length > 0 && lstatSync(join(examples, path), { throwIfNoEntry: false })?.isFile()) {
      const key = `${layout}/${language}`;
      files.set(key, [...(files.get(key) ?? []), fileOf(examples, path, rest.join('/'))]);
    }
  }
  return [...files].map(([key, found]) => templateOf(key, found)).sort(byOrder);
}

/** What git tracks or would track, so that neither dependencies nor results of a build become part of a template. */
function tracked(folder: string): string[] {
  // Checkouts in containers often belong to another user, which git refuses without this setting.
  const words = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const paths = git(folder, words).split('\0');
  return [...new Set(paths.filter((path) => path !== ''))].sort();
}

function git(folder: string, words: string[]): string {
  try {
    return execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const [reason] = (error as Error).message.trim().split('\n').slice(-1);
    return fail('new', 'templates', `a folder of a clone, where git is installed (${reason})`, folder);
  }
}

function fileOf(examples: string, path: string, inApp: string): TemplateFile {
  const file = join(examples, path);
  const bytes = readFileSync(file);
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) {
    throw new Error(`${path} must be text in UTF-8: templates are shipped as text`);
  }
  return { path: inApp, text, executable: (lstatSync(file).mode & 0o100) !== 0 };
}

function templateOf(key: string, files: TemplateFile[]): Template {
  const [layout, language] = key.split('/');
  const readme = files.find(({ path }) => path === 'README.md')?.text ?? '';
  return { layout, language, description: firstSentence(readme), files };
}

/** The first sentence of the first paragraph, on one line. */
function firstSentence(markdown: string): string {
  const [paragraph = ''] = markdown.split(/\n\s*\n/).filter((block) => /^\w/.test(block.trim()));
  return paragraph
    .replace(/\s+/g, ' ')
    .replace(/([.!?]) .*$/, '$1')
    .trim();
}

function byOrder(one: Template, other: Template): number {
  return (
    rank(LAYOUTS, one.layout) - rank(LAYOUTS, other.layout) ||
    rank(LANGUAGES, one.language) - rank(LANGUAGES, other.language)
  );
}

function rank(order: readonly string[], name: string): number {
  return order.includes(name) ? order.indexOf(name) : order.length;
}
