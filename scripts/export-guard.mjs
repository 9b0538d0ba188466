// Renews what is written from the rules of src/compliance: docs/guard and the table in docs/compliance.md. Tests compare both.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
require('ts-node').register({ transpileOnly: true, cwd: root, compilerOptions: { module: 'commonjs' } });
const { DOCS_FILE, GUARD_FILE, guardFile, withRules } = require(join(root, 'test', 'compliance', 'documents.ts'));

writeFileSync(join(root, GUARD_FILE), guardFile());
writeFileSync(join(root, DOCS_FILE), withRules(readFileSync(join(root, DOCS_FILE), 'utf8')));
