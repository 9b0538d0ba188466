// The documentation site: `node scripts/site.mjs` builds it. Pages come from a staging folder, which `stage` fills.
import path from 'node:path';
import { anchor, asOnGitHub } from '../../scripts/site/markdown.mjs';
import { root } from '../../scripts/site/sources.mjs';
import { stage } from '../../scripts/site/stage.mjs';

const REPOSITORY = 'https://github.com/cdk-ml-infra/cdk-ml-infra';
const site = path.join(root, '.cache', 'site');
const base = process.env.SITE_BASE ?? '/cdk-ml-infra/';
const { pages, sidebar } = stage(path.join(site, 'pages'));

export default {
  title: 'cdk-ml-infra',
  description: 'AWS infrastructure for machine learning teams, in a few typed lines of AWS CDK',
  lang: 'en',
  base,
  srcDir: path.join(site, 'pages'),
  outDir: path.join(site, 'dist'),
  cacheDir: path.join(site, 'vite'),
  metaChunk: true,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}favicon.svg` }]],
  markdown: {
    anchor: { slugify: anchor },
    attrs: { disable: true },
    config: (md) => asOnGitHub(md, { pages, base }),
  },
  themeConfig: {
    logo: '/favicon.svg',
    nav: [
      { text: 'Guide', link: '/overview' },
      { text: 'Cost', link: '/cost' },
      { text: 'API', link: '/api/' },
      { text: 'Changelog', link: '/project/changelog' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    editLink: {
      pattern: ({ frontmatter }) => `https://github.com/cdk-ml-infra/cdk-ml-infra/edit/main/${frontmatter.source}`,
      text: 'Edit this page',
    },
    footer: { message: 'Apache-2.0. Not verified on a live AWS account yet.' },
  },
};
