// Builds the documentation site into .cache/site/dist and looks at its links.
import path from 'node:path';
import { build } from 'vitepress';
import { brokenLinks } from './links.mjs';
import { root } from './sources.mjs';

export const docs = path.join(root, 'docs');
export const base = process.env.SITE_BASE ?? '/cdk-ml-infra/';
export const dist = path.join(root, '.cache', 'site', 'dist');

/** Fails with the list of links that lead nowhere. */
export async function buildSite() {
  await build(docs);
  const { broken, checked, pages } = brokenLinks(dist, base);
  if (broken.length > 0) {
    throw new Error(`Links that lead nowhere:\n${broken.map((each) => `  ${each}`).join('\n')}`);
  }
  return `${pages} pages with ${checked} links in ${path.relative(root, dist)}`;
}
