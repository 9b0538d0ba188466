import { posix } from 'node:path';
import * as ts from 'typescript';
import { files, paths, type SourceTree } from '../source-tree';
import { nodesOf, parse, placeOf } from '../syntax';

const EMPTY_NOUN = /^(utils?|utilit(y|ies)|helpers?|commons?|core|types?|managers?|bases?|misc|miscellaneous)$/;
const EMPTY_ENDING = /[-_.](utils?|helpers?|misc|props)$/;
const EMPTY_CLASS = /(Managers?|Helpers?|Utils?|Utility)$/;

/** A file, a folder and a class are named for the noun they define. */
export function names(tree: SourceTree): string[] {
  const emptyFiles = new Set(paths(tree, /^src\//).flatMap(emptyPaths));
  return [...emptyFiles, ...files(tree, /^src\/.*\.ts$/).flatMap(([path, text]) => emptyClasses(path, text))];
}

function emptyPaths(path: string): string[] {
  const segments = path.split('/');
  return segments
    .map((segment, depth) => ({
      noun: posix.parse(segment).name.toLowerCase(),
      path: segments.slice(0, depth + 1).join('/'),
    }))
    .filter(({ noun }) => EMPTY_NOUN.test(noun) || EMPTY_ENDING.test(noun))
    .map((named) => `${named.path} must be named for the noun that it defines`);
}

function emptyClasses(path: string, text: string): string[] {
  return [...nodesOf(parse(path, text))]
    .filter((node) => ts.isClassLike(node))
    .map((node) => ({ name: node.name?.text ?? '', place: placeOf(node) }))
    .filter(({ name }) => EMPTY_CLASS.test(name))
    .map(({ name, place }) => `${place}: class ${name} must be named for what it is`);
}
