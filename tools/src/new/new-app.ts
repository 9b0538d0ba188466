import { resolve } from 'node:path';
import { anyOf, refuse } from '../refusal';
import { requireAppName } from './app-name';
import { requireFree, writeFiles } from './destination';
import { renamed } from './renaming';
import { languagesOf, layoutsOf, readTemplates, Template } from './templates';

/** What a new app is made from. */
export interface NewAppOptions {
  /** How the app spreads over stacks, for example `team`. */
  readonly layout: string;

  /** For example `python`. */
  readonly language: string;

  /** Name of the app's stacks and package: lower-case words joined with dashes. */
  readonly name: string;

  /** Where to write it: a folder that does not exist or is empty. */
  readonly folder: string;

  /**
   * A folder of examples, or a file of packed templates.
   *
   * @default - the templates that the package ships; in the repository the examples themselves
   */
  readonly templates?: string;
}

/** What was written. */
export interface NewApp {
  /** The folder, from the root. */
  readonly folder: string;

  /** Ids of the app's stacks. */
  readonly stacks: readonly string[];

  /** Paths below the folder, with `/` between their parts. */
  readonly files: readonly string[];
}

/** Writes a new app from a template, or refuses and writes nothing. */
export function newApp(options: NewAppOptions): NewApp {
  const template = requireTemplate(readTemplates(options.templates), options.layout, options.language);
  requireAppName(options.name);
  const folder = resolve(options.folder);
  requireFree(folder);
  const { stacks, files } = renamed(template, options.name);
  writeFiles(folder, files);
  return { folder, stacks, files: files.map(({ path }) => path) };
}

/** Requires a layout that there is. */
export function requireLayout(templates: readonly Template[], layout: string | undefined): string {
  return requireOne('layout', 'ml-infra new <layout>', layoutsOf(templates), '', layout);
}

/** Requires a language in which there is the layout. */
export function requireLanguage(templates: readonly Template[], layout: string, language?: string): string {
  const languages = languagesOf(templates, layout);
  return requireOne('language', '--language', languages, `, for the layout ${layout}`, language);
}

function requireOne(answer: string, flag: string, choices: string[], which: string, given: string | undefined): string {
  if (given === undefined) {
    return refuse('new', answer, `given with '${flag}' where no terminal is: ${anyOf(choices)}${which}`, given);
  }
  return choices.includes(given) ? given : refuse('new', answer, `${anyOf(choices)}${which}`, given);
}

function requireTemplate(templates: readonly Template[], layout: string, language: string): Template {
  requireLayout(templates, layout);
  requireLanguage(templates, layout, language);
  return templates.find((template) => template.layout === layout && template.language === language)!;
}
