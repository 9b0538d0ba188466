import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { EXIT, Refusal } from '../refusal';

/** A JSON object, of which nothing is known yet. */
export type Json = { readonly [name: string]: unknown };

/** Larger than what the CDK writes of any app that can be deployed. */
const MOST_MIB = 100;

/**
 * Reads a file of an assembly; refuses what is no JSON object, and says how to get it again.
 *
 * @param root folder that neither the path nor a link may lead out of
 */
export function readObject(file: string, root = dirname(file)): Json {
  const content = readIfThere(file, root);
  if (content === undefined) {
    refuseFile(file, 'there, as the manifest names it: run `cdk synth` again', 'nothing');
  }
  return content;
}

/** The same for a file that not every assembly has. */
export function readIfThere(file: string, root = dirname(file)): Json | undefined {
  const text = textOf(file, root);
  if (text === undefined) {
    return undefined;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    refuseFile(file, 'JSON: run `cdk synth` again', (error as Error).message);
  }
  return isObject(content) ? content : refuseFile(file, 'a JSON object: run `cdk synth` again', typeof content);
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, or an empty one in place of anything else. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The objects of a list. */
export function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text that says something. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Refuses a file in the form of all errors of the command. */
export function refuseFile(file: string, rule: string, got: string): never {
  throw new Refusal(EXIT.FAILED, `ml-infra: '${file}' must be ${rule}, got: ${got}`);
}

/** Whether a path is below a folder. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function textOf(file: string, root: string): string | undefined {
  const outside = 'in the folder that `cdk synth` wrote, and not lead out of it';
  if (!isBelow(root, file)) {
    refuseFile(file, outside, 'a path that does');
  }
  try {
    const real = realpathSync(file);
    if (!isBelow(realpathSync(root), real)) {
      refuseFile(file, outside, 'a link that does');
    }
    const found = statSync(real);
    if (!found.isFile()) {
      refuseFile(file, 'a file that can be read', found.isDirectory() ? 'a folder' : 'a device');
    }
    if (found.size > MOST_MIB * 1024 * 1024) {
      refuseFile(file, `at most ${MOST_MIB} MiB`, `${Math.ceil(found.size / 1024 / 1024)} MiB`);
    }
    return readFileSync(real, 'utf8');
  } catch (error) {
    if (error instanceof Refusal) {
      throw error;
    }
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : refuseFile(file, 'a file that can be read', message);
  }
}
