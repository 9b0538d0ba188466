import { files, type SourceTree } from '../source-tree';

/** A shell script under `assets` starts with `#!/bin/bash` at its first byte and ends its lines as Linux does. */
export function scripts(tree: SourceTree): string[] {
  return files(tree, /^assets\/.*\.sh$/).flatMap(([path, text]) => [
    ...(text.startsWith('\uFEFF') ? [`${path} must not start with a byte order mark`] : []),
    ...(/^\uFEFF?#!\/bin\/bash[ \r\n]/.test(text) ? [] : [`${path} must start with #!/bin/bash`]),
    ...(text.includes('\r') ? [`${path} must end its lines with LF alone`] : []),
  ]);
}
