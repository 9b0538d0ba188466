// Looks at every link of a built site: pages and anchors inside of it must be there, links out of it must be HTTPS.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What leads nowhere, as `page: link`, and how much was looked at. */
export function brokenLinks(dist, base) {
  const files = readdirSync(dist, { recursive: true }).map((name) => name.split(path.sep).join('/'));
  const pages = new Map(
    files
      .filter((name) => name.endsWith('.html'))
      .map((name) => [name, parsed(readFileSync(path.join(dist, name), 'utf8'))]),
  );
  const broken = [];
  let checked = 0;
  for (const [page, { links }] of pages) {
    for (const link of links) {
      checked += 1;
      if (!leadsSomewhere(link, page)) {
        broken.push(`${page}: ${link}`);
      }
    }
  }
  return { broken, checked, pages: pages.size };

  function leadsSomewhere(link, page) {
    if (/^[a-z]+:/.test(link)) {
      return /^(https:\/\/[\w.-]+\.[a-z]+(\/|$|#)|mailto:\S+@\S+|data:)/.test(link);
    }
    const url = new URL(link, `http://site${base}${page}`);
    if (!url.pathname.startsWith(base)) {
      return false;
    }
    const file = decodeURIComponent(url.pathname.slice(base.length)).replace(/(^|\/)$/, '$1index.html');
    const anchor = decodeURIComponent(url.hash.slice(1));
    const target = pages.get(file);
    return target ? anchor === '' || target.anchors.has(anchor) : existsSync(path.join(dist, file));
  }
}

/** What stands in front of the reader; the page of its own that VitePress makes for what is not found has no content. */
function parsed(html) {
  const values = (pattern) => [...html.matchAll(pattern)].map(([, value]) => decoded(value));
  return {
    links: [
      ...new Set([...values(/<a\s[^>]*?\bhref="([^"]*)"/g), ...values(/<(?:img|source)\s[^>]*?\bsrc="([^"]*)"/g)]),
    ],
    anchors: new Set(values(/\sid="([^"]*)"/g)),
  };
}

const ENTITIES = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
const decoded = (text) => text.replace(/&(\w+|#39);/g, (entity, name) => ENTITIES[name] ?? entity);
