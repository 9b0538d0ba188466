import { importsIn } from '../imports';
import type { SourceTree } from '../source-tree';

/** No file imports itself, directly or through others. */
export function cycles(tree: SourceTree): string[] {
  const graph = graphOf(tree);
  const finished = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      found.push(`${[...trail.slice(start), file].join(' imports ')}: an import must not lead back to its file`);
    }
    if (start >= 0 || finished.has(file)) {
      return;
    }
    graph.get(file)?.forEach((next) => {
      visit(next, [...trail, file]);
    });
    finished.add(file);
  };
  [...graph.keys()].forEach((file) => {
    visit(file, []);
  });
  return found;
}

function graphOf(tree: SourceTree): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const { file, target } of importsIn(tree)) {
    const imported = [`${target}.ts`, `${target}/index.ts`].filter((path) => tree.has(path));
    graph.set(file, [...(graph.get(file) ?? []), ...imported]);
  }
  return graph;
}
