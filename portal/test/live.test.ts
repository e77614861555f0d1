import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addressOf, arrived, LivePage } from '../src/live/live';
import { changed } from '../src/live/regions';
import { wordsOf } from '../src/words/words';
import { standAt } from './support/place';
import { serve } from './support/server';

function page(count: number, extra = ''): string {
  return `<!doctype html><html lang="fr"><head><title>${count} jeux</title></head><body>
    <span data-region="lang"><a href="/en/search?n=${count}" hreflang="en">EN</a></span>
    <main data-live><input id="said" value="${count}">
      <form id="f" action="/fr/search" data-auto data-region="facets">
        <details id="d"><summary>Accès</summary><label><input type="checkbox" name="access" value="open">Libre</label></details>
        <input name="q" value=""><button data-submit>Filtrer</button>
      </form>
      <section data-region="results"><h2 data-said>${count} résultats</h2>${extra}<a id="next" href="/fr/search?page=2">Suivants</a><a id="away" href="/fr/about">Ailleurs</a></section>
      <div data-region="map" data-keep data-footprints="/api/v1/footprints?n=${count}"><canvas></canvas></div>
    </main></body></html>`;
}

let live: LivePage;
const leaving = vi.fn<(region: Element) => void>();
const came = vi.fn<(region: HTMLElement) => void>();

function show(html: string) {
  const written = new DOMParser().parseFromString(html, 'text/html');
  document.title = written.title;
  document.body.innerHTML = written.body.innerHTML;
}

beforeEach(() => {
  standAt('https://catalogue.example/fr/search?q=neige');
  show(page(27));
  live = new LivePage(document.querySelector('main')!, { leaving, arrived: came }, wordsOf('fr'));
});

afterEach(() => {
  live.end();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

const isThere = () => new Promise((resolve) => document.addEventListener(arrived, resolve, { once: true }));

test('a link to the same page changes its regions, title and address', async () => {
  const asked = serve(() => ({ type: 'text/html; charset=utf-8', body: page(9) }));
  const map = document.querySelector<HTMLElement>('[data-region=map]')!;
  const told = vi.fn();
  map.addEventListener(changed, told);
  const there = isThere();
  document.getElementById('next')?.click();
  await there;
  await vi.waitFor(() => expect(location.href).toBe('https://catalogue.example/fr/search?page=2'));
  expect(asked).toEqual(['/fr/search?page=2']);
  expect(document.title).toBe('9 jeux');
  expect(document.querySelector('[data-region=results] h2')?.textContent).toBe('9 résultats');
  expect(document.querySelector('[data-region=lang] a')?.getAttribute('href')).toBe('/en/search?n=9');
  expect(document.querySelector('[role=status]')?.textContent).toBe('9 résultats');
  expect(document.querySelector<HTMLInputElement>('#said')?.value).toBe('9');
  // Kept, with what is in it.
  expect(document.querySelector('[data-region=map]')).toBe(map);
  expect(map.querySelector('canvas')).not.toBeNull();
  expect(map.dataset.footprints).toBe('/api/v1/footprints?n=9');
  expect(told).toHaveBeenCalledOnce();
  expect(leaving.mock.calls.map(([region]) => region.getAttribute('data-region'))).toEqual(['lang', 'facets', 'results']);
  expect(came).toHaveBeenCalledTimes(3);
});

test('a box that is ticked submits its form, keeps the focus and what is open', async () => {
  const asked = serve(() => ({ type: 'text/html', body: page(3) }));
  document.querySelector('details')!.open = true;
  const box = document.querySelector<HTMLInputElement>('input[type=checkbox]')!;
  box.focus();
  const there = isThere();
  box.checked = true;
  box.dispatchEvent(new Event('change', { bubbles: true }));
  await there;
  expect(asked).toEqual(['/fr/search?access=open']);
  expect(document.querySelector('details')?.open).toBe(true);
  expect(document.activeElement).toBe(document.querySelector('input[type=checkbox]'));
  expect(document.activeElement).not.toBe(box);
});

test('what leads elsewhere, or into a new window, is left to the browser', () => {
  const asked = serve(() => ({ type: 'text/html', body: page(3) }));
  const away = document.getElementById('away')!;
  const next = document.getElementById('next')!;
  const left = vi.fn((event: Event) => {
    const { defaultPrevented } = event;
    event.preventDefault();
    return defaultPrevented;
  });
  document.body.addEventListener('click', left);
  away.click();
  next.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
  document.body.removeEventListener('click', left);
  expect(left.mock.results.map(({ value }) => value)).toEqual([false, false]);
  expect(asked).toEqual([]);
});

test.each([
  ['is no page', { type: 'application/json', body: '{}' }],
  ['is a page of another kind', { type: 'text/html', body: '<main>Bienvenue</main>' }],
])('an answer that %s is left to the browser', async (_, answer) => {
  serve(() => answer);
  const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined);
  document.getElementById('next')?.click();
  await vi.waitFor(() => expect(assign).toHaveBeenCalledExactlyOnceWith('https://catalogue.example/fr/search?page=2'));
  expect(document.querySelector('[data-region=results] h2')?.textContent).toBe('27 résultats');
});

test('of two answers, the one asked for last is shown', async () => {
  let late: () => void = () => undefined;
  serve((url) => (url.searchParams.get('page') === '2'
    ? new Promise((resolve) => (late = () => resolve({ type: 'text/html', body: page(2) })))
    : { type: 'text/html', body: page(5) }));
  const first = live.go('https://catalogue.example/fr/search?page=2');
  const second = live.go('https://catalogue.example/fr/search?page=5');
  await second;
  late();
  await first;
  expect(document.title).toBe('5 jeux');
  expect(location.search).toBe('?page=5');
});

test('markup that comes with a page is not run', async () => {
  serve(() => ({ type: 'text/html', body: page(1, '<script>globalThis.ran = true</script>') }));
  await live.go('https://catalogue.example/fr/search?page=2');
  expect('ran' in globalThis).toBe(false);
});

test('the address of a form leaves out what is empty', () => {
  const form = document.querySelector('form')!;
  form.querySelector<HTMLInputElement>('input[type=checkbox]')!.checked = true;
  expect(addressOf(form).href).toBe('https://catalogue.example/fr/search?access=open');
});
