// Lays the pages of the documentation site out in a folder, from the files of the repository.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { split } from './reference.mjs';
import { REFERENCES, root, sources, textOf, titleOf } from './sources.mjs';

const PICTURES = 'docs/pictures';
const OWN = path.join(root, 'docs', '.vitepress');

/** Writes all pages below `folder`, and says what the sidebar shows and which source is which page. */
export function stage(folder) {
  rmSync(folder, { recursive: true, force: true });
  const pages = sources().map((each) => ({ ...each, content: textOf(each.source) }));
  for (const { source, page, content } of pages) {
    write(folder, page, { source }, asTabs(content));
  }
  const decisions = pages.filter(({ page }) => page.startsWith('decisions/'));
  const list = decisions.map(({ page, content }) => `- [${titleOf(content)}](${path.basename(page)})\n`);
  write(folder, 'decisions/index.md', { editLink: false }, `# Decisions\n\n${list.join('')}`);
  const references = REFERENCES.map((reference) => stageReference(folder, reference));
  cpSync(path.join(OWN, 'home.md'), path.join(folder, 'index.md'));
  cpSync(path.join(OWN, 'public'), path.join(folder, 'public'), { recursive: true });
  if (existsSync(path.join(root, PICTURES))) {
    cpSync(path.join(root, PICTURES), path.join(folder, 'public', PICTURES), { recursive: true });
  }
  return {
    sidebar: sidebar(pages, references),
    pages: new Map([
      ...pages.map(({ source, page }) => [source, page]),
      ...REFERENCES.map(({ source, folder: at }) => [source, `${at}/index.md`]),
      ['docs/decisions', 'decisions/index.md'],
    ]),
  };
}

/** Only TypeScript is searched: five languages would give each hit five times. */
function stageReference(folder, { title, source, folder: at }) {
  const hidden = { editLink: false, ...(source === 'API.md' ? {} : { search: false }) };
  const parts = split(textOf(source), at);
  for (const { name, text } of parts) {
    write(folder, `${at}/${name}.md`, hidden, text);
  }
  const groups = Object.entries(Object.groupBy?.(parts, ({ kind }) => kind) ?? grouped(parts));
  const lists = groups.map(
    ([kind, of]) => `## ${kind}\n\n${of.map(({ name }) => `- [${name}](${name}.md)\n`).join('')}`,
  );
  write(folder, `${at}/index.md`, hidden, `# API in ${title}\n\n${lists.join('\n')}`);
  return {
    at,
    items: groups.map(([kind, of]) => ({
      text: kind,
      collapsed: kind !== 'Constructs',
      items: of.map(({ name }) => ({ text: name, link: `/${at}/${name}` })),
    })),
  };
}

/** `Object.groupBy` takes Node 21. */
function grouped(parts) {
  const groups = {};
  for (const part of parts) {
    groups[part.kind] = [...(groups[part.kind] ?? []), part];
  }
  return groups;
}

/** Folded alternatives of GitHub, one per language, become tabs. */
function asTabs(text) {
  const one = '<details(?: open)?><summary>([^<]+)</summary>\\n\\n(```\\w+)\\n([\\s\\S]*?```)\\n\\n</details>\\n?';
  return text.replace(new RegExp(`(?:${one}){2,}`, 'g'), (several) => {
    const tabs = several.replace(new RegExp(one, 'g'), (_, name, fence, code) => `${fence} [${name}]\n${code}\n`);
    return `::: code-group\n\n${tabs}\n:::\n`;
  });
}

function sidebar(pages, references) {
  const topics = new Map();
  for (const { topic, page, text, content } of pages.filter((each) => each.topic)) {
    const link = `/${page.replace(/(index)?\.md$/, '')}`;
    topics.set(topic, [...(topics.get(topic) ?? []), { text: text ?? titleOf(content), link }]);
  }
  topics.get('The project').push({ text: 'Decisions', link: '/decisions/' });
  const reference = references.map(({ at }, i) => ({ text: REFERENCES[i].title, link: `/${at}/` }));
  const items = [...topics].map(([text, of]) => ({ text, items: of, collapsed: /^Example|project$/.test(text) }));
  items.splice(4, 0, { text: 'API reference', items: reference });
  return Object.fromEntries([['/', items], ...references.map(({ at, items: of }) => [`/${at}/`, of])]);
}

function write(folder, page, frontmatter, text) {
  const file = path.join(folder, page);
  mkdirSync(path.dirname(file), { recursive: true });
  const lines = Object.entries(frontmatter).map(([key, value]) => `${key}: ${value}\n`);
  writeFileSync(file, `---\n${lines.join('')}---\n\n${text}`);
}
