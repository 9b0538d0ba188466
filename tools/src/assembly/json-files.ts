import { readFileSync } from 'node:fs';
import { EXIT, Refusal } from '../refusal';

/** A JSON object, of which nothing is known yet. */
export type Json = { readonly [name: string]: unknown };

/** Reads a file of an assembly; refuses what is no JSON object, and says how to get it again. */
export function readObject(file: string): Json {
  const content = readIfThere(file);
  if (content === undefined) {
    refuseFile(file, 'there, as the manifest names it: run `cdk synth` again', 'nothing');
  }
  return content;
}

/** The same for a file that not every assembly has. */
export function readIfThere(file: string): Json | undefined {
  const text = textOf(file);
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

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : refuseFile(file, 'a file that can be read', message);
  }
}
