// Sorts, filters and groups the tables of a report. What a row shows was written by `ml-infra report`; this moves rows
// about, and writes text only.
(() => {
  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
  const order = new Intl.Collator('en', { numeric: true }).compare;

  for (const data of document.querySelectorAll('.data')) {
    prepare(data);
  }
  for (const controls of document.querySelectorAll('[data-folds]')) {
    prepareFolds(controls);
  }
  unfoldForPrint();

  function prepare(data) {
    const table = data.querySelector('table');
    const [filter] = data.getElementsByTagName('input');
    const [select] = data.getElementsByTagName('select');
    const state = {
      data,
      table,
      headings: [...table.tHead.rows[0].cells],
      rows: [...table.tBodies[0].rows].map((row, index) => ({
        row,
        index,
        text: row.textContent.toLowerCase(),
        keys: [...row.cells].map((cell) => (cell.dataset.v === undefined ? cell.textContent : Number(cell.dataset.v))),
      })),
      sum: Number(data.dataset.sum),
      grouped: Number(data.dataset.grouped),
      column: -1,
      direction: 1,
      words: [],
      open: new Set(),
    };
    select.value = String(state.grouped);
    filter.addEventListener('input', () => {
      state.words = wordsIn(filter.value);
      show(state);
    });
    select.addEventListener('change', () => {
      state.grouped = Number(select.value);
      state.open.clear();
      show(state);
    });
    for (const [column, heading] of state.headings.entries()) {
      heading.addEventListener('click', () => sort(state, column));
    }
    if (state.grouped >= 0) {
      show(state);
    }
  }

  /** A click sorts, a second one turns the order. Numbers start with the largest. */
  function sort(state, column) {
    const numeric = state.headings[column].classList.contains('n');
    state.direction = state.column === column ? -state.direction : numeric ? -1 : 1;
    state.column = column;
    for (const [index, heading] of state.headings.entries()) {
      heading.removeAttribute('aria-sort');
      if (index === column) {
        heading.setAttribute('aria-sort', state.direction > 0 ? 'ascending' : 'descending');
      }
    }
    show(state);
  }

  function show(state) {
    const { data, table, rows, words, grouped, sum } = state;
    const found = rows.filter(({ text }) => words.every((word) => text.includes(word)));
    found.sort((one, other) => compared(state, one, other));
    const bodies = grouped < 0 ? [bodyOf(found)] : groupsOf(state, found);
    for (const body of [...table.tBodies]) {
      body.remove();
    }
    table.tHead.after(...bodies);
    const noun = data.dataset.noun;
    const all = rows.length === 1 ? `1 ${noun}` : `${rows.length.toLocaleString('en-US')} ${noun}s`;
    data.querySelector('.status').textContent =
      found.length === rows.length ? all : `${found.length.toLocaleString('en-US')} of ${all}`;
    if (sum >= 0) {
      table.tFoot.rows[0].cells[0].textContent = found.length === rows.length ? 'Total' : 'Total of these';
      table.tFoot.rows[0].cells[1].textContent = money.format(total(found, sum));
    }
  }

  function compared({ column, direction }, one, other) {
    if (column < 0) {
      return one.index - other.index;
    }
    const [a, b] = [one.keys[column], other.keys[column]];
    const difference = typeof a === 'number' ? a - b : order(a, b);
    return difference * direction || one.index - other.index;
  }

  /** One body of a table for each group, closed unless it was opened, or something is looked for. */
  function groupsOf(state, found) {
    const { grouped, sum, column, direction, words } = state;
    const groups = new Map();
    for (const row of found) {
      const name = row.keys[grouped];
      const group = groups.get(name) ?? [];
      groups.set(name, group);
      group.push(row);
    }
    const sorted = [...groups].map(([name, rows]) => ({ name, rows, sum: sum < 0 ? rows.length : total(rows, sum) }));
    if (column === grouped) {
      sorted.sort((one, other) => order(one.name, other.name) * direction);
    } else if (column < 0 || column === sum) {
      sorted.sort((one, other) => (one.sum - other.sum) * (column < 0 ? -1 : direction));
    }
    return sorted.map((group) => groupBody(state, group, words.length > 0 && found.length <= 200));
  }

  function groupBody(state, { name, rows, sum }, opened) {
    const body = document.createElement('tbody');
    const line = body.insertRow();
    line.className = 'group';
    const heading = line.appendChild(document.createElement('th'));
    heading.scope = 'rowgroup';
    heading.colSpan = state.sum < 0 ? state.headings.length : state.sum;
    const button = heading.appendChild(document.createElement('button'));
    button.type = 'button';
    button.textContent = `${name} (${rows.length.toLocaleString('en-US')})`;
    if (state.sum >= 0) {
      const cell = line.insertCell();
      cell.className = 'n';
      cell.textContent = money.format(sum);
      if (state.headings.length > state.sum + 1) {
        line.insertCell().colSpan = state.headings.length - state.sum - 1;
      }
    }
    const open = opened || state.open.has(name);
    button.setAttribute('aria-expanded', String(open));
    button.addEventListener('click', () => toggle(state, body, button, name, rows));
    if (open) {
      body.append(...inGroup(rows));
    }
    return body;
  }

  function toggle(state, body, button, name, rows) {
    const open = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(open));
    if (open) {
      state.open.add(name);
      body.append(...inGroup(rows));
    } else {
      state.open.delete(name);
      for (const { row } of rows) {
        row.remove();
      }
    }
  }

  function inGroup(rows) {
    return rows.map(({ row }) => {
      row.className = 'in';
      return row;
    });
  }

  function bodyOf(rows) {
    const body = document.createElement('tbody');
    for (const { row } of rows) {
      row.className = '';
      body.append(row);
    }
    return body;
  }

  function total(rows, column) {
    return rows.reduce((sum, { keys }) => sum + keys[column], 0);
  }

  function wordsIn(text) {
    return text.toLowerCase().split(/\s+/).filter(Boolean);
  }

  /** Shows what holds all words: a fold that is named so with all its rows, of other folds the rows that do. */
  function prepareFolds(controls) {
    const folds = [...controls.parentElement.querySelectorAll('.fold')].map((fold) => ({
      fold,
      name: [...fold.querySelectorAll('summary, .names')]
        .map((each) => each.textContent)
        .join(' ')
        .toLowerCase(),
      rows: [...fold.querySelectorAll('tbody tr')].map((row) => ({ row, text: row.textContent.toLowerCase() })),
    }));
    const [filter] = controls.getElementsByTagName('input');
    const status = controls.querySelector('.status');
    const before = status.textContent;
    filter.addEventListener('input', () => {
      const words = wordsIn(filter.value);
      let found = 0;
      for (const { fold, name, rows } of folds) {
        const left = words.filter((word) => !name.includes(word));
        for (const { row, text } of rows) {
          row.hidden = !left.every((word) => text.includes(word));
        }
        fold.hidden = left.length > 0 && rows.every(({ row }) => row.hidden);
        found += fold.hidden ? 0 : 1;
      }
      status.textContent = words.length > 0 ? `${found} of ${folds.length}` : before;
    });
  }

  /** Paper cannot be clicked. */
  function unfoldForPrint() {
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = [...document.querySelectorAll('details:not([open])')];
      for (const details of opened) {
        details.open = true;
      }
    });
    addEventListener('afterprint', () => {
      for (const details of opened) {
        details.open = false;
      }
    });
  }
})();
