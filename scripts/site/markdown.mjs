// Reads the Markdown of the repository as GitHub does, for VitePress: the same anchors, links that lead from source to
// source, and neither HTML nor braces that Vue would take for its own.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from './sources.mjs';

const REPOSITORY = 'https://github.com/cdk-ml-infra/cdk-ml-infra';
const IN_REPOSITORY =
  /^https:\/\/(?:github\.com\/cdk-ml-infra\/cdk-ml-infra\/(?:blob|tree|raw)|raw\.githubusercontent\.com\/cdk-ml-infra\/cdk-ml-infra)\/main\//;
const BRACES = '&#123;&#123;';
const HTML = /^<!--|^<\/?(?:a|br|code|details|div|em|img|kbd|p|picture|source|strong|sub|summary|sup)\b/;

/** As GitHub makes anchors of headings: https://github.com/gjtorikian/html-pipeline has the rule. */
export function anchor(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** A plugin of markdown-it; `pages` has the page of each source, `base` the path that the site is under. */
export function asOnGitHub(md, { pages, base }) {
  md.core.ruler.disable('emoji');
  md.core.ruler.push('as-on-github', (state) => {
    const { source } = state.env.frontmatter ?? {};
    for (const token of state.tokens.flatMap((each) => [each, ...(each.children ?? [])])) {
      for (const name of ['href', 'src']) {
        const link = token.attrGet(name);
        if (link && source) {
          token.attrSet(name, resolved(link, source, pages));
        }
      }
      if (token.type === 'html_inline' || token.type === 'html_block') {
        token.content = html(token.content, { source, pages, base });
      }
    }
  });
  for (const rule of ['text', 'code_inline']) {
    const render = md.renderer.rules[rule];
    md.renderer.rules[rule] = (...options) => render(...options).replaceAll('{{', BRACES);
  }
}

/** Where a link of a source leads to on the site: to a page, or to the file on GitHub. */
function resolved(link, source, pages) {
  if (!IN_REPOSITORY.test(link) && /^(#|\/|[a-z]+:)/.test(link)) {
    return link;
  }
  const [file, hash = ''] = link.replace(IN_REPOSITORY, '/').split(/(?=#)/);
  const target = path.posix
    .join(file.startsWith('/') ? '' : path.posix.dirname(source), decodeURI(file))
    .replace(/^\/|\/$/g, '');
  const page = pages.get(target) ?? pages.get(`${target}/README.md`);
  if (page) {
    return `/${page}${hash.replace(/^#readme$/, '')}`;
  }
  if (!existsSync(path.join(root, target))) {
    throw new Error(`${source} refers to ${link}, which is not in the repository`);
  }
  if (/\.(svg|png)$/.test(target)) {
    return `/${target}`;
  }
  return `${REPOSITORY}/${statSync(path.join(root, target)).isDirectory() ? 'tree' : 'blob'}/main/${target}${hash}`;
}

function html(content, { source, pages, base }) {
  if (!HTML.test(content.trim())) {
    return content.replaceAll('<', '&lt;').replaceAll('{{', BRACES);
  }
  return content
    .replace(/\b(href|src)="([^"@#]+)"/g, (_, name, link) => {
      const target = resolved(link, source, pages);
      return `${name}="${target.startsWith('/') ? base + target.slice(1).replace(/\.md(?=#|$)/, '.html') : target}"`;
    })
    .replaceAll('"@base/', `"${base}`)
    .replaceAll('{{', BRACES);
}
