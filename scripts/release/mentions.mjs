import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from './commits.mjs';
import { ceilingOf } from './versions.mjs';

const VERSION = String.raw`\d+\.\d+\.\d+`;

/** How the languages ask for the library, and texts name it. */
const FORMS = [
  { form: `("cdk-ml-infra": "\\^?)${VERSION}` },
  { form: `(\\bcdk-ml-infra(?:@|==))${VERSION}` },
  { form: `(\\bcdk-ml-infra ?>= ?)${VERSION}( ?, ?< ?)\\d+(?:\\.\\d+)*`, range: true },
  { form: `(<(?:cdk-?ml-?infra)\\.version>)${VERSION}` },
  { form: `(<artifactId>cdk-ml-infra</artifactId>\\s*<version>)${VERSION}` },
  { form: `(\\bcdk-ml-infra-go/cdkmlinfra(?:@| )v)${VERSION}` },
  { form: `(Include="CdkMlInfra" Version=")${VERSION}` },
];
const PLACES = ['examples', 'tools', 'docs', 'README.md', 'COMPATIBILITY.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/** A text with the library asked for in a version, and how often it does so. */
export function withVersion(text, version) {
  let count = 0;
  const changed = FORMS.reduce(
    (current, { form, range }) =>
      current.replace(new RegExp(form, 'g'), (_, before, between) => {
        count += 1;
        return range ? `${before}${version}${between}${ceilingOf(version)}` : `${before}${version}`;
      }),
    text,
  );
  return { text: changed, count };
}

/** The examples, and the texts that name the library's version, with another version: those that change, by `file`. */
export function renewedMentions(root, version) {
  const files = git(root, 'ls-files', '-z', '--', ...PLACES).split('\0');
  const found = files
    .filter((file) => /\.(json|txt|toml|xml|mod|csproj|md)$/.test(file))
    .map((file) => {
      const before = readFileSync(join(root, file), 'utf8');
      return { file, before, ...withVersion(before, version) };
    });
  const apps = new Set(files.map((file) => /^examples\/[^/]+\/[^/]+(?=\/)/.exec(file)?.[0]).filter(Boolean));
  for (const app of apps) {
    if (!found.some(({ file, count }) => count > 0 && !file.endsWith('.md') && file.startsWith(`${app}/`))) {
      throw new Error(`${app} asks for the library in no form that scripts/release/mentions.mjs knows: add the form`);
    }
  }
  return found.filter(({ text, before }) => text !== before);
}
