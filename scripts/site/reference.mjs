// Takes a reference of the API, one file of several hundred kilobytes, apart: a page for each class, struct and enum.

/** Pages of a reference, with its links leading from one to another: name, kind, text. */
export function split(text, folder) {
  const pages = [];
  let kind = '';
  let fenced = false;
  for (const line of text.split('\n')) {
    fenced = line.startsWith('```') ? !fenced : fenced;
    const [, level, title] = (!fenced && /^(#{1,3}) ([^<]+?) *(?:<a .*)?$/.exec(line)) || [];
    if (level === '##') {
      kind = title;
    } else if (level === '###') {
      pages.push({ name: title.replaceAll('`', ''), kind, lines: [] });
    }
    if (level !== '#' && level !== '##') {
      pages.at(-1)?.lines.push(fenced ? line : raised(line));
    }
  }
  return linked(pages, folder);
}

/** What was the third level of one page is the first of its own. An anchor stands before its heading, not inside. */
function raised(line) {
  const [, level, title, id] = /^##(#+) (.*?) *<a name="[^"]*" id="([^"]*)"><\/a>$/.exec(line) ?? [];
  return level ? `${level} <a id="${id}"></a>${title.replace('<sup>', ' <sup class="ignore-header">')}` : line;
}

function linked(pages, folder) {
  const texts = pages.map(({ lines }) => lines.join('\n'));
  const home = new Map();
  for (const [at, text] of texts.entries()) {
    for (const [, id] of text.matchAll(/<a id="([^"]+)"><\/a>/g)) {
      home.set(id, home.has(id) ? undefined : pages[at].name);
    }
  }
  return pages.map(({ name, kind }, at) => ({
    name,
    kind,
    text: texts[at].replace(/<a href="#([^"]+)">(.*?)<\/a>/g, (_, id, label) => {
      if (!home.has(id)) {
        throw new Error(`${folder}: ${name} refers to ${id}, which is nowhere`);
      }
      const page = home.get(id);
      return page && page !== name
        ? `<a href="@base/${folder}/${page}.html#${id}">${label}</a>`
        : `<a href="#${id}">${label}</a>`;
    }),
  }));
}
