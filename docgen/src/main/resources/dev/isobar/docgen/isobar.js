// The search, the colours and the copy buttons of a page. Works from a folder: it loads scripts only.
'use strict';
(() => {
  const root = document.documentElement;
  const base = root.dataset.base;
  const provider = root.dataset.provider;
  const KINDS = {p: 'provider', s: 'service', r: 'resource', m: 'method', f: 'field'};
  const MOST_RESULTS = 40;
  const MOST_PARTS = 24;

  // Colours: what the system prefers, until the reader chooses. The choice is kept where it may be.
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const kept = {
    get() { try { return localStorage.getItem('isobar-theme'); } catch { return null; } },
    set(value) { try { localStorage.setItem('isobar-theme', value); } catch { /* not here */ } },
  };
  const theme = () => root.dataset.theme || (dark.matches ? 'dark' : 'light');
  const chosen = kept.get();
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;

  // The index: a table of its parts, and each part when a word needs it.
  let table = null;
  const parts = new Map();
  const waiting = new Map();
  window.isobarParts = list => { table = list; };
  window.isobarPart = (name, entries) => { parts.set(name, entries); };
  const load = file => {
    if (!waiting.has(file)) {
      waiting.set(file, new Promise(done => {
        const script = document.createElement('script');
        script.src = base + file;
        script.onload = () => done(true);
        script.onerror = () => { waiting.delete(file); done(false); };
        document.head.append(script);
      }));
    }
    return waiting.get(file);
  };

  const wordsOf = query => query.toLowerCase().split(/[\s.,/]+/).filter(word => word.length > 1);

  // Whether a part of the index may hold what has a word that begins so. `x$` holds the word x alone.
  const needs = (part, word) => part.endsWith('$')
    ? part.slice(0, -1).startsWith(word)
    : part.startsWith(word) || word.startsWith(part);

  // What has all words in its name or its place, and one of them in its name; null when the index
  // cannot be read.
  const find = async query => {
    const words = wordsOf(query);
    if (!words.length) return [];
    if (!await load('assets/search.js') || !table) return null;
    // The longest word says most; it may say only the place, and then another says the name.
    for (const word of [...words].sort((a, b) => b.length - a.length)) {
      const results = await findBy(word, words);
      if (results === null || results.length) return results;
    }
    return [];
  };

  const findBy = async (word, words) => {
    const wanted = table.filter(([part]) => needs(part, word)).slice(0, MOST_PARTS);
    const loaded = await Promise.all(wanted.map(([, file]) => load(`assets/search/${file}.js`)));
    if (loaded.includes(false)) return null;
    const seen = new Set();
    const results = [];
    for (const [name, kind, , places] of wanted.flatMap(([part]) => parts.get(part) || [])) {
      const lower = name.toLowerCase();
      if (seen.has(kind + name) || !lower.includes(word)) continue;
      seen.add(kind + name);
      const at = lower.indexOf(word);
      const score = (lower === word ? 0 : at === 0 ? 2 : 4) + 'srmfp'.indexOf(kind) / 8
        + name.length / 1000;
      for (const [file, anchor] of places) {
        const inside = file.replace(/(~\d+)?\.html$/, '').replace(/(^|\/)index$/, '');
        const page = (inside ? `${provider}/${inside}` : provider).replaceAll('/', '.');
        if (words.every(each => `${page} ${lower}`.toLowerCase().includes(each))) {
          results.push({name, kind, page, score, url: base + file + (anchor && '#' + anchor)});
        }
      }
    }
    return results.sort((a, b) => a.score - b.score || (a.page < b.page ? -1 : 1));
  };

  const ready = () => {
    const tools = document.getElementById('tools');
    const input = document.getElementById('search');
    const list = document.getElementById('results');
    const status = document.getElementById('status');
    const button = document.getElementById('theme');
    tools.hidden = false;

    const label = () => {
      const other = theme() === 'dark' ? 'light' : 'dark';
      button.textContent = other === 'dark' ? '☾' : '☀';
      button.setAttribute('aria-label', `Use ${other} colours`);
      button.title = `Use ${other} colours`;
    };
    button.addEventListener('click', () => {
      root.dataset.theme = theme() === 'dark' ? 'light' : 'dark';
      kept.set(root.dataset.theme);
      label();
    });
    dark.addEventListener('change', label);
    label();

    for (const block of document.querySelectorAll('pre')) {
      const copy = document.createElement('button');
      copy.type = 'button';
      copy.className = 'copy';
      copy.textContent = 'Copy';
      copy.setAttribute('aria-label', 'Copy the code');
      copy.addEventListener('click', async () => {
        const done = await copyText(block.querySelector('code').textContent);
        copy.textContent = done ? 'Copied' : 'Failed';
        status.textContent = done ? 'Copied.' : 'It cannot be copied here: select the text.';
        setTimeout(() => { copy.textContent = 'Copy'; }, 1500);
      });
      const frame = document.createElement('div');
      frame.className = 'code';
      block.replaceWith(frame);
      frame.append(block, copy);
    }

    let active = -1;
    let asked = 0;
    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const choose = next => {
      const options = list.querySelectorAll('[role=option]');
      if (!options.length) return;
      active = (next + options.length) % options.length;
      options.forEach((option, i) => option.setAttribute('aria-selected', String(i === active)));
      options[active].scrollIntoView({block: 'nearest'});
      input.setAttribute('aria-activedescendant', options[active].id);
    };
    const show = results => {
      list.replaceChildren();
      active = -1;
      input.removeAttribute('aria-activedescendant');
      results.slice(0, MOST_RESULTS).forEach((result, i) => {
        const option = document.createElement('li');
        option.id = `result-${i}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        const link = document.createElement('a');
        link.href = result.url;
        link.tabIndex = -1;
        const name = document.createElement('b');
        name.textContent = result.name;
        const kind = document.createElement('i');
        kind.textContent = KINDS[result.kind];
        const where = document.createElement('span');
        where.textContent = result.kind === 'r' || result.kind === 's' ? result.page
          : `in ${result.page}`;
        link.append(name, ' ', kind, ' ', where);
        option.append(link);
        list.append(option);
      });
      list.hidden = !results.length;
      input.setAttribute('aria-expanded', String(results.length > 0));
      status.textContent = results.length > MOST_RESULTS
        ? `${MOST_RESULTS} of ${results.length} found: add a word to see others.`
        : `${results.length} found.`;
    };
    const search = async () => {
      const turn = ++asked;
      if (!wordsOf(input.value).length) {
        status.textContent = '';
        close();
        return;
      }
      const results = await find(input.value);
      if (turn !== asked) return;
      if (results === null) {
        close();
        status.textContent = 'The index of the search cannot be read.';
      } else {
        show(results);
      }
    };
    input.addEventListener('input', search);
    input.addEventListener('focus', search);
    input.form.addEventListener('submit', event => event.preventDefault());
    input.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        close();
      } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        choose(event.key === 'ArrowDown' ? active + 1 : Math.max(active, 0) - 1);
      } else if (event.key === 'Enter') {
        event.preventDefault();
        const option = list.children[Math.max(active, 0)];
        if (!list.hidden && option) {
          location.href = option.querySelector('a').href;
          close();
        }
      }
    });
    list.addEventListener('click', close);
    document.addEventListener('focusin', event => {
      if (!input.form.contains(event.target)) close();
    });
    document.addEventListener('click', event => {
      if (!input.form.contains(event.target)) close();
    });
    document.addEventListener('keydown', event => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
      }
    });
  };

  const copyText = async text => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Where the clipboard is not given to pages of a folder, a selection is copied.
      const area = document.createElement('textarea');
      area.value = text;
      area.style.position = 'fixed';
      area.style.opacity = '0';
      const before = document.activeElement;
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      if (before) before.focus();
      return done;
    }
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
  else ready();
})();
