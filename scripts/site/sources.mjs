// Which file of the repository becomes which page of the documentation site. Sources stay where readers of GitHub find
// them; a file of docs that no topic names fails the build.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Pages of docs by topic, in the order of the sidebar. */
const TOPICS = {
  'Get started': ['new-app', 'deployment', 'quick-reference', 'structure', 'notebook-or-studio'],
  Notebooks: [
    'lifecycle',
    'idle-stop',
    'notebook-hours',
    'packages',
    'jupyter',
    'git',
    'data-on-notebooks',
    'ssh',
    'spark-and-glue',
    'migrating-from-samples',
    'fleets',
    'notebook-boundary',
  ],
  'Security and data': ['security-posture', 'roles', 'network-isolation', 'data-safety', 'compliance'],
  Operation: ['cost', 'monitoring', 'limits', 'troubleshooting', 'upgrading'],
  Library: ['languages', 'releasing'],
};
const EXAMPLES = { team: 'A team', environment: 'Environments', project: 'Projects' };
const LANGUAGES = { typescript: 'TypeScript', python: 'Python', java: 'Java', csharp: 'C#', go: 'Go' };
const PROJECT = [
  'CHANGELOG',
  'BREAKING',
  'MIGRATION',
  'COMPATIBILITY',
  'ARCHITECTURE',
  'CONTRIBUTING',
  'SECURITY',
  'benchmark/RESULTS',
];

/** References of the API by language, in place of one page of several hundred kilobytes each. */
export const REFERENCES = Object.keys(LANGUAGES).map((language) => ({
  title: LANGUAGES[language],
  source: language === 'typescript' ? 'API.md' : `docs/api/${language}.md`,
  folder: `api/${language}`,
}));

/** All pages that are a file each: source, page, and the topic under which the sidebar has it. */
export function sources() {
  const decisions = markdown('docs/decisions').map((name) => page(`docs/decisions/${name}`, `decisions/${name}`));
  const examples = Object.entries(EXAMPLES).flatMap(([layout, topic]) =>
    Object.entries(LANGUAGES).map(([language, text]) => ({
      ...page(`examples/${layout}/${language}/README.md`, `examples/${layout}/${language}.md`, `Example: ${topic}`),
      text,
    })),
  );
  const project = PROJECT.map((name) =>
    page(`${name}.md`, `project/${path.basename(name).toLowerCase()}.md`, 'The project'),
  );
  return [
    { ...page('README.md', 'overview.md', 'Get started'), text: 'What it is' },
    ...guides(),
    { ...page('tools/README.md', 'command.md', 'Operation'), text: 'The command ml-infra' },
    ...examples.filter(({ source }) => existsSync(path.join(root, source))),
    page('docs/api/README.md', 'api/index.md'),
    ...decisions,
    ...project,
  ];
}

function guides() {
  const topics = Object.entries(TOPICS).flatMap(([topic, names]) =>
    names.map((name) => page(`docs/${name}.md`, `${name}.md`, topic)),
  );
  const listed = new Set(topics.map(({ source }) => source));
  const strangers = markdown('docs').filter((name) => !listed.has(`docs/${name}`));
  if (strangers.length > 0) {
    throw new Error(`scripts/site/sources.mjs names no topic for docs/${strangers.join(', docs/')}`);
  }
  return topics;
}

const page = (source, to, topic) => ({ source, page: to, topic });
const markdown = (folder) => readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.md'));

/** The first heading of a text, as plain text. */
export function titleOf(text) {
  return (/^# (.+)$/m.exec(text)?.[1] ?? '')
    .replaceAll('`', '')
    .replace(/<[^>]+>/g, '')
    .trim();
}

export const textOf = (source) => readFileSync(path.join(root, source), 'utf8');
