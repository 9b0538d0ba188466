import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from './synthesis';

/** A text file of an example, without what tools put beside it. */
export interface ExampleFile {
  readonly layout: string;
  readonly language: string;
  /** Path in the folder of the example. */
  readonly path: string;
  readonly text: string;
}

const LANGUAGES = ['typescript', 'python', 'java', 'go', 'csharp'];
const MADE_BY_TOOLS = /(^|\/)(node_modules|cdk\.out|\.venv|__pycache__|\.\w+_cache|target|bin\/Debug|obj)\//;

/** The layouts that there are, by the names of their folders. */
export function layouts(): string[] {
  return readdirSync(EXAMPLES).filter((layout) => existsSync(join(EXAMPLES, layout, 'typescript')));
}

/** Every file of every example, in every language. */
export function exampleFiles(): ExampleFile[] {
  return layouts().flatMap((layout) =>
    LANGUAGES.filter((language) => existsSync(join(EXAMPLES, layout, language))).flatMap((language) => {
      const folder = join(EXAMPLES, layout, language);
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .filter((path) => !MADE_BY_TOOLS.test(path))
        .map((path) => ({ layout, language, path, text: readFileSync(join(folder, path), 'utf8') }));
    }),
  );
}

/** What `ml-infra new` takes for the id of a stack, and replaces: a text that begins with the name of the layout. */
export function stackIdsIn({ layout, text }: ExampleFile): string[] {
  const name = layout[0].toUpperCase() + layout.slice(1);
  return [...text.matchAll(new RegExp(`(["'\`])(${name}\\w*)\\1`, 'g'))].map(([, , id]) => id);
}
