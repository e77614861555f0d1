// Walks through a site with Debian's chromium: node walk.js SITE [--shots FOLDER]
// What people do, page by page, in both languages, light and dark, wide and narrow, by keyboard, without the script;
// axe looks at each page, and no request may leave the site, no error may be told.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [site, option, folder] = process.argv.slice(2);
if (site === undefined) throw new Error('usage: node walk.js SITE [--shots FOLDER]');
const shots = option === '--shots' ? folder : undefined;
if (shots !== undefined) mkdirSync(shots, { recursive: true });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Those that look at colours, which are all that a scheme changes (portal/styles/tokens.css). */
const colourRules = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const patience = 10_000; // ms
const only = new RegExp(process.env.WALK_ONLY ?? ''); // names of journeys; all

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const failures = [];
let done = 0;

/** A journey of its own, in a browser that remembers nothing. \param origins  that may be asked: the site's alone, if nothing is said; expected: what errors of the console may say */
async function journey(name, options, walk, origins = [site], expected = []) {
  if (!only.test(name)) return;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const told = [];
  page.on('console', (message) => {
    // That a page is an error is looked at where it is meant to be one.
    if (expected.some((words) => words.test(message.text()))) return;
    if (message.type() === 'error' && message.location().url !== page.url()) told.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => told.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!origins.some((origin) => new URL(request.url()).origin === new URL(origin).origin)) told.push(`left the site: ${request.url()}`);
  });
  try {
    await walk(page, context);
    assert.deepEqual(told, []);
    ++done;
  } catch (error) {
    failures.push(`${name}: ${error.message}\n  at ${page.url()}`);
    if (shots !== undefined) await page.screenshot({ path: join(shots, `failed-${failures.length}.png`) }).catch(() => undefined);
  } finally {
    await context.close();
  }
}

/** axe finds nothing, and nothing is wider than the window. */
async function isAccessible(page, where, asked = rules) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const violations = await page.evaluate(async (tags) => {
    const found = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  }, asked);
  assert.deepEqual(violations, [], `axe, ${where}`);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(beyond <= 0, `${where} scrolls sideways by ${beyond} px`);
}

const schemes = ['light', 'dark'];

/** The same of one page as it stands: all rules in the light, those of colours in the dark as well; pictures of both. \param picture  none if there is no name */
async function isAccessibleInBoth(page, where, picture) {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }); // no colour on its way to another
    await isAccessible(page, `${where} ${colorScheme}`, colorScheme === 'light' ? rules : colourRules);
    if (picture !== undefined) await shoot(page, `${picture}-${colorScheme}`);
  }
}

async function shoot(page, name) {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** The map has drawn the coasts. */
async function mapIsThere(page) {
  await page.waitForSelector('.mapbox canvas');
  await page.waitForFunction(() => document.querySelector('.map-bar') !== null);
}

async function datasetOf(page) {
  await page.goto(`${site}/fr/search`);
  return page.locator('.card h3 a').first().getAttribute('href');
}

const tracks = 'sentinel-2-ground-tracks'; // items with pictures and files
const pages = ['', '/themes', '/themes/land-surfaces', '/themes/agro-environment', '/search', '/search?compartment=atmosphere', '/search?q=zzzz', '/search?bbox=x', `/datasets/${tracks}/items`, '/datasets/sentinel-2-l1c', '/datasets/long-of-the-walk', '/datasets/sentinel-2-l1c/items?sort=oldest', '/vocabularies/earth/snow', '/centres', '/centres/theia', '/tools', '/tools/python', '/tutorials', '/tutorials/find-data', '/compare', '/basket', '/history', '/status', '/about', '/api', '/accessibility', '/legal'];

// ---- Every page, in every form

const languages = ['fr', 'en'];
const widths = [1280, 320];
const forms = languages.flatMap((language) => widths.map((width) => ({ language, width })));
/** Colours change at once where the scheme does, so that none is looked at on its way. */
const form = (width) => ({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });

// Two at a time: nothing is measured, and nothing has the focus.
const walkPages = ({ language, width }) => journey(`pages, ${language}, ${width}`, form(width), async (page) => {
  const dataset = (await datasetOf(page)).replace('/fr/', `/${language}/`);
  for (const path of [...pages.map((one) => `/${language}${one === '' ? '/' : one}`), dataset]) {
    const where = `${path} ${width}`;
    const answer = await page.goto(new URL(path, site).href);
    assert.equal(answer.status(), path.endsWith('bbox=x') ? 400 : 200, where);
    assert.equal(await page.getAttribute('html', 'lang'), language, where);
    assert.equal(await page.locator('h1').count(), 1, where);
    if (path.endsWith('/search') && width > 1000) await mapIsThere(page);
    await isAccessibleInBoth(page, where, `${path.replaceAll(/[/?=]/g, '_')}-${width}`);
  }
});
for (const width of widths) await Promise.all(languages.map((language) => walkPages({ language, width })));

// What opens: the list of the completion, all that is folded, the map and what it tells.
for (const { language, width } of forms) {
  await journey(`overlays, ${language}, ${width}`, form(width), async (page) => {
    const unfold = () => page.evaluate(() => document.querySelectorAll('details:not([name])').forEach((details) => (details.open = true)));
    for (const path of [`/${language}/`, `/${language}/search`]) {
      await page.goto(site + path);
      await page.fill('input[name=q]', language === 'fr' ? 'salin' : 'snow');
      await page.locator('[role=option]').first().waitFor();
      await page.press('input[name=q]', 'ArrowDown');
      await isAccessibleInBoth(page, `completion ${path} ${width}`, path.endsWith('/search') ? undefined : `completion_${language}-${width}`);
      await page.press('input[name=q]', 'Escape');
      await page.locator('[role=option]').first().waitFor({ state: 'hidden' });
    }
    await unfold();
    await mapIsThere(page);
    await page.focus('.mapbox');
    await page.keyboard.press('Enter');
    await page.locator('.mapcol [role=status] p').first().waitFor();
    await isAccessibleInBoth(page, `search, unfolded ${language} ${width}`, `search-unfolded_${language}-${width}`);
    for (const path of [`/${language}/datasets/sentinel-2-l1c`, `/${language}/datasets/${tracks}/items`, `/${language}/status`]) {
      await page.goto(site + path);
      await unfold();
      await isAccessibleInBoth(page, `${path}, unfolded ${width}`);
      // Of what bears one name, one is open at a time. What they say is the same in each form.
      const others = language === 'fr' && width === 320 ? (await page.locator('details[name] summary').all()).slice(1) : [];
      for (const summary of others) {
        await summary.click();
        await isAccessible(page, `${path}, ${await summary.textContent()} ${width}`);
      }
    }
    // The choice of the reader wins over that of the system.
    await page.emulateMedia({ colorScheme: 'light' });
    for (let press = 0; press < 2; ++press) await page.click('[data-theme-switch]');
    assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
    await isAccessible(page, `dark by choice ${width}`);
  });
}

// ---- Pages of operators

const httpCredentials = { username: 'anyone', password: process.env.OPERATORS_KEY ?? '' };
for (const { language, width } of forms) {
  await journey(`operators, ${language}, ${width}`, { ...form(width), httpCredentials }, async (page) => {
    await page.goto(`${site}/${language}/status`);
    await page.click(`a[href$="/${language}/operator"]`);
    await page.waitForURL(`**/${language}/operator`);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    await isAccessibleInBoth(page, `operator ${width}`, `operator_${language}-${width}`);
    const run = page.locator('#passes ~ table tbody tr').last();
    const number = await run.locator('th').textContent();
    assert.equal(await run.locator('td[data-label="Mode"]').textContent(), language === 'fr' ? 'incrémental' : 'incremental');
    await run.locator('th a').click();
    await page.waitForURL(`**/${language}/operator/runs/${number}`);
    assert.match(await page.textContent('h1'), new RegExp(` ${number} `));
    await isAccessibleInBoth(page, `run ${width}`, `run_${language}-${width}`);
    // What was told of some documents leads to these.
    const row = page.locator('#findings ~ table tbody tr').first();
    const outcome = await row.locator('th').textContent();
    await row.locator('a').click();
    await page.waitForURL(/outcome=/);
    const shown = await page.locator('#documents ~ table tbody tr td:nth-child(2)').allTextContents();
    assert.ok(shown.length > 0 && shown.every((one) => one === outcome), `${shown} ${outcome}`);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('a[href*="f=csv"]')]);
    assert.equal(file.suggestedFilename(), 'documents.csv');
    assert.match(readFileSync(await file.path(), 'utf8'), /^number,id,outcome,code,/);
    // Keywords that no concept is sure to be, with the forms that decide.
    await page.goto(`${site}/${language}/operator`);
    await page.click('a[href$="/operator/suggestions"]');
    await page.waitForURL(`**/${language}/operator/suggestions`);
    await isAccessibleInBoth(page, `suggestions ${width}`);
    await page.click('a[href$="status=unknown"]');
    await page.waitForURL(/status=unknown/);
    assert.equal(await page.locator('nav a[aria-current="page"][href$="status=unknown"]').count(), 1);
    const keyword = page.locator('#keywords ~ table tbody tr').first();
    const named = (await keyword.locator('button[name=refuse]').getAttribute('aria-label')).match(language === 'fr' ? /^Refuser « (.+) »$/ : /^Refuse “(.+)”$/);
    assert.ok((await keyword.locator('th').textContent()).startsWith(named[1]));
    await page.evaluate(() => document.querySelector('.decide details').toggleAttribute('open', true));
    assert.ok(Number(await keyword.locator('td.n').textContent()) > 0);
    await isAccessibleInBoth(page, `unknown keywords ${width}`, `suggestions_${language}-${width}`);
  });
}

// Orders are forms: the keyboard alone gives them, with the script and without.
for (const [language, javaScriptEnabled] of [['fr', true], ['en', false]]) {
  await journey(`a source paused and resumed, ${language}, script ${javaScriptEnabled}`, { httpCredentials, javaScriptEnabled }, async (page) => {
    const [reason, isPaused, taken, again] = language === 'fr'
      ? ['leur disque est remplacé', /en pause depuis le /, 'La source est en pause', 'La source est de nouveau moissonnée.']
      : ['their disc is being replaced', /paused since /, 'The source is paused', 'The source is harvested again.'];
    await page.goto(`${site}/${language}/operator`);
    const source = page.locator('ul.orders > li').first();
    const name = await source.locator('b').textContent();
    await source.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type(reason);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/operator\?done=pause$/);
    assert.ok((await page.textContent('.note.ok')).includes(taken));
    assert.match(await source.textContent(), isPaused);
    assert.ok((await source.textContent()).includes(reason));
    assert.ok((await page.locator('#to-do ~ .note').allTextContents()).some((note) => note.includes(name) && isPaused.test(note)));
    if (javaScriptEnabled) await isAccessibleInBoth(page, 'a source is paused', 'operator-paused');
    // To load the page again orders nothing.
    await page.reload();
    await source.locator('form button').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/operator\?done=resume$/);
    assert.equal((await page.textContent('.note.ok')).trim(), again);
    assert.ok(!isPaused.test(await source.textContent()));
  });
}

// Keywords are decided by forms, too: refused, accepted as a concept that is typed, taken back.
for (const [language, javaScriptEnabled] of [['fr', true], ['en', false]]) {
  await journey(`a keyword decided, ${language}, script ${javaScriptEnabled}`, { httpCredentials, javaScriptEnabled }, async (page) => {
    const [refused, accepted, takenBack] = language === 'fr'
      ? ['Refusé : le mot-clé n’est plus proposé.', 'Accepté : le mot-clé vaut désormais pour ce concept', 'La décision est reprise']
      : ['Refused: the keyword is offered no more.', 'Accepted: from now on the keyword stands for this concept', 'The decision is taken back'];
    const list = (status) => `${site}/${language}/operator/suggestions?status=${status}`;
    const press = async (button, verdict, told) => {
      await button.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(new RegExp(`&done=${verdict}#keywords$`));
      assert.ok((await page.textContent('#keywords + .note.ok')).includes(told));
    };
    const words = () => page.locator('#keywords ~ table tbody tr input[name=keyword]').evaluateAll((fields) => [...new Set(fields.map(({ value }) => value))]);
    const rowOf = (word) => page.locator('#keywords ~ table tbody tr').filter({ has: page.locator(`input[name=keyword][value=${JSON.stringify(word)}]`) });
    await page.goto(list('unknown'));
    const [first, second] = await words();
    await press(rowOf(first).locator('button[name=refuse]'), 'refuse', refused);
    assert.ok(!(await words()).includes(first));
    // From where it was sent, the reader goes on to the next keyword.
    if (javaScriptEnabled) await isAccessibleInBoth(page, 'a keyword was decided', 'suggestions-decided');
    await page.goto(list('refused'));
    assert.ok((await words()).includes(first));
    await press(rowOf(first).locator('button[name=withdraw]'), 'withdraw', takenBack);
    await page.goto(list('unknown'));
    assert.ok((await words()).includes(first));
    const other = rowOf(second);
    await other.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('https://w3id.org/terracat/earth/snow');
    await page.keyboard.press('Enter');
    await page.waitForURL(/&done=accept#keywords$/);
    assert.ok((await page.textContent('#keywords + .note.ok')).includes(accepted));
    await page.goto(list('accepted'));
    assert.equal(await rowOf(second).locator('td a').getAttribute('href'), `/${language}/vocabularies/earth/snow`);
    await press(rowOf(second).locator('button[name=withdraw]'), 'withdraw', takenBack);
    assert.ok(!(await words()).includes(second));
  });
}

// Another site makes a browser send the password, and what its page cannot know is missing.
await journey('an order that is forged', { httpCredentials }, async (page) => {
  await page.goto(`${site}/en/operator`);
  const source = await page.locator('ul.orders > li b').first().textContent();
  const told = (await page.request.post(`${site}/en/operator/sources/${source}/pause`, { form: { token: 'x', reason: 'forged' } })).status();
  assert.equal(told, 403);
  await page.reload();
  assert.doesNotMatch(await page.textContent('ul.orders'), /paused since/);
});

await journey('operators, without the key', {}, async (page) => {
  const answer = await page.goto(`${site}/en/operator`).catch(() => undefined);
  assert.notEqual(answer?.status(), 200);
});

// ---- Journeys

await journey('a question, narrowed, in place', {}, async (page) => {
  await page.goto(`${site}/fr/`);
  await page.fill('input[name=q]', 'sentinel');
  await page.press('input[name=q]', 'Enter');
  await page.waitForURL(/\/fr\/search\?q=sentinel/);
  await mapIsThere(page);
  const before = await page.locator('.card').count();
  assert.ok(before > 0, 'sentinel is found');
  for (const card of await page.locator('.card').all()) assert.match((await card.textContent()) ?? '', /sentinel/i);
  // The page stays: what is in it changes.
  await page.evaluate(() => (globalThis.isTheSame = true));
  const pole = await page.locator('input[name=pole]:not([value=""]):not(:checked)').first().getAttribute('value');
  await page.check(`input[name=pole][value="${pole}"]`);
  await page.waitForURL((url) => url.searchParams.get('pole') === pole && url.searchParams.get('q') === 'sentinel');
  assert.equal(await page.evaluate(() => globalThis.isTheSame), true);
  assert.equal(await page.locator('input[name=pole]:checked').getAttribute('value'), pole);
  await isAccessible(page, 'narrowed');
  // The other language keeps the question.
  const other = await page.getAttribute('.lang a[hreflang=en]', 'href');
  assert.match(other, /q=sentinel/);
  assert.match(other, new RegExp(`pole=${pole}`));
  // A condition is removed.
  await page.locator('.asked .chip a').first().click();
  await page.waitForURL((url) => !url.searchParams.has('q') && url.searchParams.get('pole') === pole);
  assert.equal(await page.inputValue('input[name=q]'), '');
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('input[name=q]').value === 'sentinel');
  assert.equal(await page.evaluate(() => globalThis.isTheSame), true);
});

await journey('from a compartment to a variable to its data, then narrowed by boxes', {}, async (page) => {
  await page.goto(`${site}/fr/`);
  await page.click('.themes >> text=atmosphère');
  await page.waitForURL(/\/fr\/themes\/atmosphere$/);
  const variable = page.locator('.part li').first();
  const count = async (text) => Number((await text).replaceAll(/\D/g, ''));
  const promised = await count(variable.locator('.count').textContent());
  const label = await variable.locator('a').textContent();
  assert.ok(promised > 0, label);
  await variable.locator('a').click();
  await page.waitForURL(/\/fr\/search\?variable=/);
  const found = () => count(page.locator('h2.res').textContent());
  assert.equal(await found(), promised);
  assert.ok((await page.locator('.asked .chip').first().textContent()).endsWith(label));
  assert.equal(await page.locator('input[name=variable]:checked').count(), 1);
  // A second box of the facet adds what has it; all in place, with the focus where it was.
  await page.evaluate(() => (globalThis.isTheSame = true));
  const other = page.locator('#facet-variable input:not(:checked):not(:disabled)').first();
  const value = await other.getAttribute('value');
  await other.focus();
  await page.keyboard.press('Space');
  await page.waitForURL((url) => url.searchParams.getAll('variable').includes(value));
  await page.waitForFunction(() => document.querySelectorAll('input[name=variable]:checked').length === 2);
  assert.equal(await page.evaluate(() => globalThis.isTheSame), true);
  assert.ok((await found()) >= promised);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('value')), value);
  await isAccessible(page, 'narrowed by boxes');
  // A box of another facet says how many it leaves, and leaves them.
  const box = page.locator('#facet-compartment .choice:has(input:not(:disabled))').first();
  const left = await count(box.locator('.count').textContent());
  await box.locator('input').check();
  await page.waitForURL((url) => url.searchParams.has('compartment'));
  await page.waitForFunction((number) => document.querySelector('h2.res')?.textContent.replaceAll(/\D/g, '') === String(number), left);
  assert.equal(await page.locator('.card').count(), left);
  assert.equal(await page.locator('.card > .core').count(), left);
  await shoot(page, 'narrowed-by-boxes');
});

await journey('from a cell of the map to what is there', {}, async (page) => {
  const boxes = async () => new URL(page.url()).searchParams.get('bbox').split(',').map(Number);
  const count = async (text) => Number((await text).replaceAll(/\D/g, ''));
  await page.goto(`${site}/fr/`);
  const cells = page.locator('.where svg a');
  assert.ok((await cells.count()) > 10);
  assert.equal(await page.locator('.where svg a[tabindex="0"]').count(), 1);
  // By keyboard: to the darkest cell, one to the side and back, and in.
  const first = page.locator('.where svg a[tabindex="0"]');
  await page.locator('.where h2').evaluate((heading) => { heading.tabIndex = -1; heading.focus(); });
  await page.keyboard.press('Tab');
  const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.equal(name, await first.getAttribute('aria-label'));
  assert.match(name, /°\s[NS].* : \d+$/);
  await isAccessibleInBoth(page, 'a cell has the focus', 'cell');
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), name);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.has('bbox'));
  const [west, south, east, north] = await boxes();
  assert.deepEqual([east - west, north - south], [10, 10]);
  assert.ok((await count(page.textContent('h2.res'))) >= Number(name.split(' : ').at(-1)), name);
  // By a click.
  await page.goto(`${site}/fr/`);
  const last = cells.last();
  const wanted = new URL(await last.getAttribute('href'), site).search;
  await last.click();
  await page.waitForURL((url) => decodeURIComponent(url.search) === decodeURIComponent(wanted));
  assert.ok((await page.locator('.card').count()) > 0);
});

await journey('completed while it is typed', {}, async (page) => {
  for (const [type, address] of [
    ['concept', /\/fr\/vocabularies\/[^/]+\/[^/]+$/],
    ['dataset', /\/fr\/datasets\/[^/]+$/],
  ]) {
    await page.goto(`${site}/fr/`);
    await page.fill('input[name=q]', 'salin');
    const option = page.locator(`[role=group][aria-labelledby$="-${type}"] [role=option]`).first();
    await option.waitFor();
    const label = await option.locator('span').first().evaluate((span) => {
      const own = [...span.childNodes].filter(({ nodeName }) => nodeName !== 'SMALL');
      return own.map(({ textContent }) => textContent).join('').trim();
    });
    assert.match(label, /salin/i);
    if (type === 'concept') await isAccessible(page, 'completing');
    const count = await page.getByRole('option').count();
    for (let step = 0; step < count && (await option.getAttribute('aria-selected')) !== 'true'; ++step) {
      await page.press('input[name=q]', 'ArrowDown');
    }
    assert.equal(await option.getAttribute('aria-selected'), 'true', `${type} can be reached`);
    await page.press('input[name=q]', 'Enter');
    await page.waitForURL(address);
    assert.equal((await page.locator('h1').textContent())?.trim(), label);
  }
});

await journey('an area, by the map', {}, async (page) => {
  await page.goto(`${site}/fr/search`);
  await mapIsThere(page);
  // Tied both ways.
  const card = page.locator('.card:has(.n)').first();
  assert.equal((await card.locator('.n').textContent())?.trim(), 'Sur la carte\u00a0: 1');
  await page.click('.maptools >> text=Dessiner une zone');
  const box = await page.locator('.mapbox').boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.click(...at(0.45, 0.3));
  await page.mouse.move(...at(0.6, 0.45));
  await page.mouse.click(...at(0.6, 0.45));
  await page.waitForURL((url) => url.searchParams.has('bbox'));
  const drawn = new URL(page.url()).searchParams.get('bbox').split(',').map(Number);
  assert.equal(drawn.length, 4);
  assert.ok(drawn[0] < drawn[2] && drawn[1] < drawn[3], `${drawn}`);
  assert.equal(await page.inputValue('#bbox'), drawn.join(','));
  await isAccessible(page, 'with an area');
  for (const projection of ['lambert93', 'arctic', 'arctic-wide', 'antarctic', 'plate']) {
    await page.selectOption('.maptools select', projection);
    await page.waitForTimeout(150); // a frame is drawn; errors of drawing are told
  }
  await page.click('.maptools >> text=Retirer la zone');
  await page.waitForURL((url) => !url.searchParams.has('bbox'));
});

await journey('from a question to code that runs, in three actions', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
  await page.goto(`${site}/fr/`);
  await page.fill('input[name=q]', 'sentinel-2 L1C');
  await page.press('input[name=q]', 'Enter'); // one
  await page.waitForURL(/\/fr\/search/);
  await page.locator('.card h3 a[href*=sentinel-2-l1c]').click(); // two
  await page.waitForURL(/\/fr\/datasets\/sentinel-2-l1c$/);
  const first = page.locator('#start details').first();
  assert.equal(await first.evaluate((details) => details.open), true);
  await first.locator('.copied .btn').click(); // three
  await page.waitForFunction(() => document.querySelector('#start .copied [role=status]')?.textContent === 'Copié');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, (await first.locator('pre').textContent()).trim());
  assert.match(copied, new RegExp(`add_provider\\("catalogue", "${site}/stac/search"\\)`));
  // One tool at a time; each can be opened by keyboard.
  const names = await page.locator('#start summary').allTextContents();
  assert.deepEqual(names, ['EODAG', 'pystac-client', 'R (rstac)', 'QGIS', 'curl']);
  await page.locator('#start summary').nth(4).focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#start details[open]').count(), 1);
  assert.match(await page.locator('#start details[open] pre').textContent(), /^curl --get /);
  await isAccessible(page, 'with the code of curl');
  await shoot(page, 'snippets');
});

await journey('rain in the Alps, in three actions', {}, async (page) => {
  await page.goto(`${site}/fr/`);
  await page.fill('input[name=q]', 'pluie dans les Alpes');
  await page.press('input[name=q]', 'Enter'); // one
  await page.waitForURL(/\/fr\/search\?q=pluie/);
  // What was understood stands there, and what is found first is about both.
  const understood = (await page.locator('.asked .chip').allTextContents()).join(' ');
  assert.match(understood, /Alpes/);
  const first = page.locator('.card').first();
  assert.match(await first.locator('h3 a').textContent(), /^Pluie .* Alpes/);
  await shoot(page, 'rain-found');
  await first.locator('h3 a').click(); // two
  await page.waitForURL(/\/datasets\//);
  // When, as a line of years too: from 1998 on.
  const time = page.locator('svg.timeline');
  assert.equal(await time.getAttribute('aria-label'), 'Période couverte\u202f: 1998 → en cours'.replace('\u202f', ' '));
  assert.ok((await time.locator('text').allTextContents()).includes('2000'));
  assert.equal(await time.locator('path').count(), 1); // it goes on
  // What, where, when, by whom and how, without scrolling.
  const facts = await page.locator('.kf').textContent();
  for (const fact of ['1998 → en cours', 'Réseau d\'essai', 'CC BY 4.0', 'Téléchargement']) assert.ok(facts.includes(fact), `${fact} in ${facts}`);
  await page.click('.acts .go'); // three
  const file = page.locator('#access a[href="https://rain.example/rain.csv"]');
  assert.ok(await file.evaluate((link) => link.getBoundingClientRect().top < innerHeight && link.getBoundingClientRect().top >= 0), 'the way to the file is seen');
  await shoot(page, 'rain');
});

await journey('the images of a data set, narrowed, to a file', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
  await page.goto(`${site}/fr/datasets/${tracks}`);
  await page.click('text=Voir les images et fichiers');
  await page.waitForURL(/\/items$/);
  const count = async () => Number((await page.locator('h2.res').textContent()).replaceAll(/\D/g, ''));
  const all = await count();
  assert.equal(await page.locator('.pictures > li').count(), 24);
  const sizes = await page.locator('.pictures img').evaluateAll((pictures) => Promise.all(pictures.slice(0, 3).map(async (picture) => (await picture.decode(), picture.naturalWidth))));
  assert.deepEqual(sizes, [160, 160, 160]);
  await mapIsThere(page);
  assert.equal((await page.locator('.pictures > li .n').first().textContent())?.trim(), 'Sur la carte\u00a0: 1');
  // A period narrows them down in place; the address keeps it, and the search for programs says the same.
  await page.evaluate(() => (globalThis.isTheSame = true));
  await page.fill('#from', '2024-04-10');
  await page.press('#from', 'Tab');
  await page.waitForURL((url) => url.searchParams.get('from') === '2024-04-10');
  await page.waitForFunction((before) => document.querySelector('h2.res')?.textContent.replaceAll(/\D/g, '') !== String(before), all);
  assert.equal(await page.evaluate(() => globalThis.isTheSame), true);
  assert.ok((await count()) < all);
  await page.locator('#by-api ~ div .copied .btn').first().click();
  await page.waitForFunction(() => document.querySelector('#by-api ~ div .copied [role=status]')?.textContent !== '');
  const address = await page.evaluate(() => navigator.clipboard.readText());
  const answer = await page.evaluate(async (asked) => (await (await fetch(asked)).json()).numberMatched, address);
  assert.equal(answer, await count());
  // As a table, a page further, and to a file.
  await page.click('.views >> text=Tableau');
  await page.waitForSelector('table.items');
  await isAccessible(page, 'items as a table');
  const firsts = await page.locator('tr[data-record]').first().getAttribute('data-record');
  await page.click('.pager >> text=Suivants');
  await page.waitForFunction((before) => document.querySelector('tr[data-record]')?.getAttribute('data-record') !== before, firsts);
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('.files a').first().click()]);
  assert.match(file.suggestedFilename(), /^S2[AB]_R\d{3}_\d{8}\.csv$/);
});

await journey('from a centre to its data, from a tutorial to a concept and back', {}, async (page) => {
  await page.goto(`${site}/fr/`);
  await page.click('.centres >> text=Theia');
  await page.waitForURL(/\/fr\/centres\/theia$/);
  assert.equal(await page.locator('a.btn >> text=Site de Theia').getAttribute('href'), 'https://www.theia-land.fr');
  const producer = page.locator('.counted li').first();
  const promised = Number((await producer.locator('span').textContent()).replaceAll(/\D/g, ''));
  await producer.locator('a').click();
  await page.waitForURL(/\/fr\/search\?producer=/);
  assert.equal(await page.locator('.card').count(), promised);
  await page.goto(`${site}/fr/tutorials`);
  await page.click('text=Trouver des données');
  await page.waitForURL(/\/fr\/tutorials\/find-data$/);
  await page.locator('#about ~ ul a >> text=neige').click();
  await page.waitForURL(/\/fr\/vocabularies\/earth\/snow$/);
  await isAccessible(page, 'a concept with a tutorial');
  await page.locator('#guides ~ ul a').first().click();
  await page.waitForURL(/\/fr\/tutorials\/find-data$/);
});

await journey('an outline, drawn, from a file, and typed', {}, async (page) => {
  await page.goto(`${site}/fr/search`);
  await mapIsThere(page);
  await page.click('.maptools >> text=Dessiner des contours');
  const box = await page.locator('.mapbox').boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
  for (const corner of [[0.45, 0.3], [0.6, 0.3], [0.6, 0.45]]) await page.mouse.click(...at(...corner));
  await page.mouse.dblclick(...at(0.5, 0.44));
  await page.waitForURL((url) => url.searchParams.has('area'));
  const drawn = new URL(page.url()).searchParams.get('area').split('_').map(Number);
  assert.equal(drawn.length % 2, 0);
  assert.ok(drawn.length >= 8 && drawn.every(Number.isFinite), `${drawn}`);
  await page.waitForFunction((corners) => document.querySelector('.asked .chip')?.textContent.includes(`contours, ${corners} coins`), drawn.length / 2);
  await isAccessible(page, 'with an outline');
  await shoot(page, 'with-an-outline');
  await page.click('.asked .chip a');
  await page.waitForURL((url) => !url.searchParams.has('area'));
  // A file of the reader's is read on the device, with all its detail thinned out; nothing but the outline is sent.
  const ring = Array.from({ length: 20_001 }, (_, step) => {
    const angle = ((step % 20_000) / 20_000) * 2 * Math.PI;
    return [2.5 + 4 * Math.cos(angle), 46.5 + 4 * Math.sin(angle)];
  });
  const geojson = JSON.stringify({ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } });
  await page.setInputFiles('.maptools input[type=file]', { name: 'france.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(geojson) });
  await page.waitForURL((url) => url.searchParams.has('area'));
  const outline = new URL(page.url()).searchParams.get('area');
  assert.ok(outline.length <= 6000, `${outline.length}`);
  const values = outline.split('_').map(Number);
  assert.ok(values.length >= 100 && values.length <= 2000, `${values.length}`);
  for (let place = 0; place < values.length; place += 2) assert.ok(Math.abs(Math.hypot(values[place] - 2.5, values[place + 1] - 46.5) - 4) < 0.05);
  await page.waitForSelector('.card');
  await page.setInputFiles('.maptools input[type=file]', { name: 'empty.kml', mimeType: 'text/xml', buffer: Buffer.from('<kml></kml>') });
  await page.waitForSelector('.mapcol [role=status] >> text=Aucun contour n’a pu être lu');
  await isAccessible(page, 'with a file that has no outline');
  // By keyboard: the field of the filters.
  await page.goto(`${site}/en/search`);
  await page.focus('#contours summary');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('-5 42, 8 42, 2 51');
  await page.keyboard.press('Tab');
  await page.waitForURL((url) => url.searchParams.get('area') === '-5 42, 8 42, 2 51');
  await page.waitForSelector('.asked .chip >> text=outline, 3 corners');
});

// Tiles of elsewhere, where the operator has named them: the one origin besides the site's that a browser may ask.
const { TILED_SITE: tiled, TILES: tiles } = process.env;
if (tiled !== undefined && tiles !== undefined) {
  /** How much of the map has the colour of the tiles. */
  const shareOfTiles = async (page) => {
    const picture = (await page.locator('.mapbox').screenshot()).toString('base64');
    return page.evaluate(async (text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      canvas.drawImage(bitmap, 0, 0);
      const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
      let green = 0;
      for (let at = 0; at < data.length; at += 4) if (data[at + 1] > data[at] + 80 && data[at + 1] > data[at + 2] + 80) ++green;
      return (green * 4) / data.length;
    }, picture);
  };
  const sourcesOfPictures = (answer) => /img-src ([^;]*);/.exec(answer.headers()['content-security-policy'])[1];
  await journey('tiles of elsewhere', { reducedMotion: 'reduce' }, async (page) => {
    const asked = [];
    page.on('request', (request) => { if (request.url().startsWith(tiles)) asked.push(request.url().slice(tiles.length)); });
    const answer = await page.goto(`${tiled}/fr/search`);
    assert.equal(sourcesOfPictures(answer), `'self' ${tiles}`);
    assert.ok(!answer.headers()['content-security-policy'].replace(/img-src [^;]*;/, '').includes(tiles), 'nothing but pictures comes from there');
    await mapIsThere(page);
    await page.waitForLoadState('networkidle');
    for (let look = 0; look < 50 && (await shareOfTiles(page)) < 0.5; ++look) await page.waitForTimeout(100); // nothing tells that they are drawn
    assert.ok((await shareOfTiles(page)) >= 0.5, 'the tiles are drawn');
    assert.ok(asked.length > 0 && asked.every((one) => /^\/\d+\/\d+\/\d+\.png$/.test(one)), `${asked}`);
    assert.ok((await page.textContent('.mapcol')).includes('© Tiles of the walk'));
    await isAccessibleInBoth(page, 'a map with tiles', 'tiles');
    // The outline of the record lies over them.
    assert.equal((await page.locator('.card .n').first().textContent())?.trim(), 'Sur la carte\u00a0: 1');
    // In another projection, too.
    const before = asked.length;
    await page.selectOption('.maptools select', 'lambert93');
    await page.waitForLoadState('networkidle');
    for (let look = 0; look < 50 && asked.length === before; ++look) await page.waitForTimeout(100);
    assert.ok(asked.length > before, 'tiles of what is shown now');
    // No other origin is asked, and nothing but pictures of this one.
    const refused = await page.evaluate(async (origin) => {
      const violations = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
      const picture = new Image();
      const failed = new Promise((resolve) => { picture.onerror = resolve; });
      picture.src = 'http://127.0.0.2:9/1/0/0.png';
      await failed;
      await fetch(`${origin}/0/0/0.png`).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve)); // events come behind what caused them
      return violations;
    }, tiles);
    assert.deepEqual(refused, ['img-src', 'connect-src']);
    // Pages without a map know nothing of it.
    const about = await page.goto(`${tiled}/fr/about`);
    assert.equal(sourcesOfPictures(about), "'self'");
  }, [tiled, tiles, 'http://127.0.0.2:9'], [/Content Security Policy/]);
  await journey('no tiles, where none are named', {}, async (page) => {
    const answer = await page.goto(`${site}/fr/search`);
    assert.equal(sourcesOfPictures(answer), "'self'");
    await mapIsThere(page);
    await page.waitForLoadState('networkidle');
    assert.equal(await shareOfTiles(page), 0);
  });
}

await journey('keyboard alone', {}, async (page) => {
  await page.goto(`${site}/en/`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#main');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'q');
  await page.keyboard.type('ocean');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search\?q=ocean/);
  await mapIsThere(page);
  // To the map, which answers keys, and lists what is in its middle.
  await page.focus('.mapbox');
  await page.keyboard.press('+');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /data set/.test(document.querySelector('.mapcol [role=status]')?.textContent ?? ''));
  const link = page.locator('.card h3 a').first();
  const title = await link.textContent();
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/en\/datasets\//);
  assert.equal(await page.locator('h1').textContent(), title);
});

await journey('kept, compared, cited', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
  await page.goto(`${site}/en/search`);
  const titles = [];
  for (const number of [0, 1, 2]) {
    const card = page.locator('.card:has(.keep)').nth(number);
    titles.push(await card.locator('h3 a').textContent());
    await card.locator('.keep').click();
    assert.equal(await card.locator('.keep').getAttribute('aria-pressed'), 'true');
  }
  assert.match(await page.locator('a[data-basket]').textContent(), /3 data sets in the basket/);
  await page.click('a[data-basket]');
  await page.waitForSelector('.kept li');
  assert.deepEqual((await page.locator('.kept li a').allTextContents()).sort(), [...titles].sort());
  await isAccessible(page, 'basket');
  await shoot(page, 'basket-full');
  for (const number of [0, 1, 2]) await page.locator('.kept input').nth(number).check();
  await page.click('text=Compare the 3 chosen data sets');
  await page.waitForURL(/compare\?ids=/);
  assert.equal(await page.locator('.cmp thead th a').count(), 3);
  assert.ok((await page.locator('.cmp tbody tr').count()) >= 8);
  await isAccessible(page, 'compare');
  await shoot(page, 'compare');
  await page.locator('.cmp thead th a').first().click();
  await page.locator('#cite .copied .btn').first().click();
  await page.waitForFunction(() => document.querySelector('#cite .copied [role=status]')?.textContent === 'Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, await page.locator('#cite blockquote').textContent());
});

await journey('a history, once it is wanted', {}, async (page) => {
  await page.goto(`${site}/fr/search?q=ocean`);
  await page.goto(`${site}/fr/history`);
  await page.waitForSelector('text=Les recherches ne sont pas gardées.');
  await page.check('text=Se souvenir de mes recherches');
  await page.goto(`${site}/fr/search?q=neige`);
  await page.waitForFunction(() => localStorage.getItem('terracat.history') !== null);
  await page.goto(`${site}/fr/history`);
  assert.deepEqual(await page.locator('.seen li a').evaluateAll((links) => links.map(({ search }) => search)), ['?q=neige']);
  await isAccessible(page, 'history');
  // A search that is saved stays without a history, and says what it found.
  await page.goto(`${site}/fr/search?q=sentinel`);
  const found = await page.textContent('h2.res');
  await page.click('text=Garder cette recherche');
  await page.waitForSelector('button[aria-pressed=true] >> text=Recherche gardée');
  await page.goto(`${site}/fr/history`);
  await page.uncheck('text=Se souvenir de mes recherches');
  assert.equal(await page.locator('.seen').count(), 0);
  assert.ok((await page.textContent('.saved li')).includes(`${found}, le `));
  await isAccessible(page, 'a saved search');
  await shoot(page, 'history-with-a-saved-search');
  await page.click('.saved li a');
  await page.waitForURL((url) => url.search === '?q=sentinel');
});

// Where the window is narrow, the navigation opens over the page, without the script too.
for (const javaScriptEnabled of [true, false]) {
  await journey(`the menu of a narrow window, script ${javaScriptEnabled}`, { ...form(320), javaScriptEnabled }, async (page) => {
    await page.goto(`${site}/fr/search`);
    const links = page.locator('.nav a');
    assert.equal(await page.locator('.nav a:visible').count(), 0);
    assert.ok((await page.locator('.top').boundingBox()).height <= 100, 'the bar leaves the window to the page');
    const opener = page.locator('.top .wrap > .menu');
    await opener.focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await page.locator('.nav a:visible').allTextContents(), ['Données', 'Compartiments', 'Outils', 'Tutoriels', 'Le catalogue']);
    if (javaScriptEnabled) await isAccessibleInBoth(page, 'the menu is open', 'menu-320');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.nav a:visible').count(), 0);
    assert.equal(await opener.evaluate((button) => button === document.activeElement), true);
    await page.keyboard.press('Enter');
    await page.click('.nav > .menu');
    assert.equal(await page.locator('.nav a:visible').count(), 0);
    await opener.focus();
    await page.keyboard.press('Enter');
    for (let step = 0; step < 3; ++step) await page.keyboard.press('Tab'); // past the button that closes it
    assert.equal(await links.nth(1).evaluate((link) => link === document.activeElement), true);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/fr\/themes$/);
  });
}

// Sixty keywords, forty files, twelve contacts, words without an end: no box, no time.
await journey('a record with too much of everything', {}, async (page) => {
  await page.goto(`${site}/en/datasets/long-of-the-walk`);
  assert.equal(await page.locator('#access .lines a:visible').count(), 10);
  assert.deepEqual(await page.locator('.rest > summary').allTextContents(), ['30 more', '40 more', '6 more']);
  const title = await page.locator('.crumbs [aria-current]').boundingBox();
  assert.ok(title.height < 40, 'the title is one line above the heading');
  await page.locator('#access .rest > summary').focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#access .lines a:visible').count(), 40);
  // On paper nothing is folded but tools and forms of citations, and what only a screen can do is not there.
  await page.goto(`${site}/en/datasets/long-of-the-walk`);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await shoot(page, 'long-on-paper');
  assert.equal(await page.locator('#access .lines a:visible').count(), 40);
  assert.equal(await page.locator('.contacts li:visible').count(), 12);
});

await journey('a data set on paper', { colorScheme: 'dark' }, async (page) => {
  await page.goto(`${site}/fr/datasets/sentinel-2-l1c`);
  for (let press = 0; press < 2; ++press) await page.click('[data-theme-switch]'); // dark by choice, too
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
  await page.locator('#start .copied .btn').first().waitFor();
  await page.emulateMedia({ media: 'print' });
  const colours = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color, getComputedStyle(document.querySelector('.kf')).backgroundColor]);
  assert.deepEqual(colours, ['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  for (const gone of ['.nav', '.menu', '.me', '.lang', '.acts', '.toc', '.copied', '.keeper', '.crumbs']) {
    assert.equal(await page.locator(`${gone}:visible`).count(), 0, gone);
  }
  for (const kept of ['h1', '.kf', '#start details[open] pre', '#where svg.map', '#cite blockquote', '.foot p']) {
    assert.ok(await page.locator(kept).first().isVisible(), kept);
  }
  assert.equal(await page.locator('#start details:visible').count(), 1);
  // Where a link leads can be read; an address is not said twice.
  const told = (link) => link.evaluate((element) => getComputedStyle(element, '::after').content);
  assert.match(await told(page.locator('#rights a[href^="https://"]').first()), /https:\/\/sentinel/);
  assert.equal(await told(page.locator('#contacts a.as-is').first()), 'none');
  await shoot(page, 'on-paper');
  const paper = await page.pdf({ format: 'A4', ...(shots === undefined ? {} : { path: join(shots, 'on-paper.pdf') }) });
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
  const sheets = paper.toString('latin1').match(/\/Type \/Page\b/g).length;
  assert.ok(sheets >= 2 && sheets <= 6, `${sheets} sheets of paper`);
});

await journey('nothing found, and what is', {}, async (page) => {
  // Boxes and centres that can leave nothing are not offered; where a field is wrong, nothing was counted.
  await page.goto(`${site}/fr/search?q=zzzz`);
  assert.equal(await page.locator('.filters .count:not(:empty)').count(), 0);
  assert.equal(await page.locator('input[name=pole], input[name=compartment]').count(), 0);
  assert.ok(await page.locator('#from').isVisible());
  await page.goto(`${site}/fr/search?bbox=x`);
  assert.ok((await page.locator('input[name=pole]').count()) > 1);
  assert.equal(await page.locator('.filters .count:not(:empty)').count(), 0);
  await page.goto(`${site}/fr/search?q=ocean&from=1800&to=1801`);
  const first = page.locator('.relax a').first();
  const promised = Number((await first.locator('b').textContent()).replaceAll(/\D/g, ''));
  assert.ok(promised > 0);
  await first.click();
  await page.waitForFunction((count) => document.querySelector('h2.res')?.textContent.replaceAll(/\D/g, '') === String(count), promised);
});

// A window of 1280 by 900 pixels at 400 %: a fourth of the width and of the height, each pixel sixteen.
await journey('at 400 % zoom', { viewport: { width: 320, height: 225 }, deviceScaleFactor: 4 }, async (page) => {
  const isWithin = (what) => page.locator(what).first().evaluate((element) => {
    element.focus();
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const onTop = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    return left >= 0 && right <= innerWidth && top < innerHeight && bottom > 0 && (onTop === element || element.contains(onTop));
  });
  await page.goto(`${site}/fr/`);
  assert.ok(await isWithin('input[name=q]'), 'the question can be seen where it has the focus');
  await page.fill('input[name=q]', 'sentinel');
  await page.press('input[name=q]', 'Enter');
  await page.waitForURL(/search\?q=sentinel/);
  await isAccessible(page, 'search at 400 %');
  assert.ok(await isWithin('.card h3 a'), 'a result can be seen where it has the focus');
  assert.ok(await isWithin('#from'), 'a filter can be seen where it has the focus');
  await page.locator('.card h3 a').first().click();
  await page.waitForURL(/\/datasets\//);
  await isAccessible(page, 'a data set at 400 %');
  assert.ok(await isWithin('#cite summary'), 'what can be folded can be seen where it has the focus');
  for (const path of ['/fr/themes', `/fr/datasets/${tracks}/items`, '/fr/status', '/fr/centres']) {
    await page.goto(site + path);
    await isAccessible(page, `${path} at 400 %`);
  }
});

// What is measured is printed; the bounds are far above it, for a machine that has other work.
await journey('how soon it is seen, and answers', {}, async (page) => {
  await page.addInitScript(() => {
    globalThis.figures = { paint: 0, interactions: {} };
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) globalThis.figures.paint = startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      const { interactions } = globalThis.figures;
      for (const { name, duration, interactionId, startTime, processingStart, processingEnd, target } of list.getEntries()) {
        if (interactionId === 0 || duration <= (interactions[name]?.duration ?? 0)) continue;
        // Where the time went: until our code began, in it, and until what it changed was seen.
        const parts = [processingStart - startTime, processingEnd - processingStart, startTime + duration - processingEnd].map(Math.round);
        interactions[name] = { duration, parts, on: `${target?.localName ?? '?'}.${target?.getAttribute?.('class') ?? ''}` };
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  });
  const figures = () => page.evaluate(() => globalThis.figures);
  for (const path of ['/fr/', '/fr/search', '/fr/datasets/sentinel-2-l1c']) {
    await page.goto(site + path);
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(() => globalThis.figures.paint > 0); // it is told of a frame later
    const { paint } = await figures();
    console.log(`largest contentful paint of ${path}: ${Math.round(paint)} ms`);
    assert.ok(paint > 0 && paint < 5_000, `${paint}`);
  }
  // As many footprints as the map may be given.
  const square = (west, south, size) => [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]];
  const features = Array.from({ length: 5_000 }, (_, number) => ({
    type: 'Feature', id: `f${number}`, properties: { t: `Footprint ${number}`, c: 'regional' },
    geometry: { type: 'Polygon', coordinates: [square((number % 100) * 3.5 - 178, Math.floor(number / 100) * 3 - 80, 1 + (number % 7))] },
  }));
  await page.route('**/footprints-of-the-walk', (route) => route.fulfill({ contentType: 'application/geo+json', body: JSON.stringify({ type: 'FeatureCollection', features }) }));
  await page.goto(`${site}/fr/search`);
  await mapIsThere(page);
  await page.evaluate(() => {
    document.querySelector('[data-map]').dataset.footprints = `${location.origin}/footprints-of-the-walk`;
    document.dispatchEvent(new Event('terracat:arrived'));
  });
  await page.waitForResponse('**/footprints-of-the-walk');
  await page.waitForTimeout(1_000); // drawn once
  const box = await page.locator('.mapbox').boundingBox();
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.4);
  await page.waitForFunction(() => /jeux? de données ici/.test(document.querySelector('.mapcol [role=status]')?.textContent ?? ''));
  for (let step = 0; step < 3; ++step) await page.click('.ol-zoom-in');
  await page.focus('.mapbox');
  for (const key of ['ArrowLeft', 'ArrowUp', '+', '-', 'Enter']) await page.keyboard.press(key);
  await page.locator('#facet-platform summary').first().click();
  await page.locator('.card .keep').first().click();
  await page.fill('input[name=q]', 'o');
  await page.waitForTimeout(500); // the last frame is told of
  const { interactions } = await figures();
  const slowest = Math.max(...Object.values(interactions).map(({ duration }) => duration));
  console.log(`slowest interaction with 5000 footprints: ${slowest} ms`);
  for (const [name, { duration, parts, on }] of Object.entries(interactions)) console.log(`  ${name} on ${on}: ${duration} ms (waited, ran, drew: ${parts.join(', ')})`);
  assert.ok(slowest > 0 && slowest < 1_000, `${slowest}`);
});

await journey('without the script', { javaScriptEnabled: false }, async (page) => {
  await page.goto(`${site}/fr/search?q=ocean`);
  assert.ok((await page.locator('.card').count()) > 0);
  assert.equal(await page.locator('.me a:visible, .me button:visible').count(), 0);
  await page.fill('#bbox', '-10,40,10,55');
  await page.click('text=Appliquer');
  await page.waitForURL((url) => url.searchParams.get('bbox') === '-10,40,10,55');
  await page.fill('#bbox', '');
  await page.click('#contours summary');
  await page.fill('#area', '-5 42, 8 42, 2 51');
  await page.click('text=Appliquer');
  await page.waitForURL((url) => url.searchParams.get('area') === '-5 42, 8 42, 2 51');
  await page.locator('.card h3 a').first().click();
  assert.ok(await page.locator('.kf').isVisible());
  await page.goto(`${site}/fr/search`);
  for (const place of [0, 1]) await page.locator('#facet-compartment input:not(:disabled)').nth(place).check();
  await page.click('text=Appliquer');
  await page.waitForURL((url) => url.searchParams.getAll('compartment').length === 2);
  assert.equal(await page.locator('input[name=compartment]:checked').count(), 2);
  await page.goto(`${site}/fr/datasets/${tracks}/items`);
  await page.fill('#to', '2024-04-05');
  await page.click('#filters >> text=Filtrer');
  await page.waitForURL((url) => url.searchParams.get('to') === '2024-04-05');
  assert.ok((await page.locator('.pictures > li').count()) > 0);
  await page.goto(`${site}/fr/basket`);
  assert.ok(await page.locator('noscript .note').isVisible());
});

await browser.close();
console.log(`${done} journeys done${failures.length > 0 ? `, ${failures.length} failed:` : ''}`);
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;
