import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import Completion from '../src/completion/Completion.svelte';
import { wordsOf } from '../src/words/words';
import { serve } from './support/server';

const found = {
  items: [
    { type: 'concept', label: 'Neige, couverture de', context: 'Surfaces continentales', count: 41, href: '/fr/search?concept=neige' },
    { type: 'concept', label: 'Précipitations solides', matched: 'Chutes de neige', count: 23, href: '/fr/search?concept=solides' },
    { type: 'place', label: 'Neiges (col des)' },
  ],
};

let field: HTMLInputElement;
let completion: Record<string, unknown>;
const go = vi.fn<(href: string) => void>();
const submitted = vi.fn<(value: string) => void>();

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<form role="search"><div class="bar"><input type="search" name="q"></div><div id="place"></div></form>';
  const form = document.querySelector('form')!;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submitted(field.value);
  });
  field = form.querySelector('input')!;
  // Not the form itself: happy-dom has proxies for forms, which are not equal to what they stand for.
  const target = document.getElementById('place')!;
  completion = mount(Completion, { target, props: { field, address: '/api/v1/suggest', datasets: undefined, words: wordsOf('fr'), go } });
  flushSync();
});

afterEach(async () => {
  await unmount(completion);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

async function type(text: string) {
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await vi.advanceTimersByTimeAsync(200);
  flushSync();
}

function press(key: string): boolean {
  const goesOn = field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
  return goesOn;
}

const options = () => [...document.querySelectorAll<HTMLElement>('[role=option]')];
const popup = () => document.querySelector<HTMLElement>('.pop')!;
const activeText = () => {
  const id = field.getAttribute('aria-activedescendant');
  return id === null ? undefined : document.getElementById(id)?.querySelector('span')?.textContent;
};

test('two letters ask once, after a pause, and show groups with what fits', async () => {
  const asked = serve(() => ({ body: JSON.stringify(found) }));
  await type('n');
  expect(asked).toEqual([]);
  await type('nei');
  expect(asked).toEqual(['/api/v1/suggest?q=nei']);
  expect(popup().hidden).toBe(false);
  expect(field.getAttribute('aria-expanded')).toBe('true');
  expect([...document.querySelectorAll('.grp')].map((group) => group.textContent)).toEqual(['Concepts', 'Lieux']);
  const [neige, solid] = options();
  expect(neige?.querySelector('mark')?.textContent).toBe('Nei');
  expect(neige?.querySelector('small')?.textContent).toBe('Surfaces continentales · 41 ressources');
  expect(solid?.querySelector('small')?.textContent).toBe('synonyme\u00a0: Chutes de neige · 23 ressources');
  expect(document.querySelector('[role=status]')?.textContent).toBe('3 propositions');
});

test('arrows walk through suggestions and back to the field; Enter follows', async () => {
  serve(() => ({ body: JSON.stringify(found) }));
  await type('neige');
  expect(activeText()).toBeUndefined();
  expect(press('ArrowUp')).toBe(false);
  expect(activeText()).toContain('Neiges (col des)');
  press('ArrowDown');
  expect(activeText()).toBeUndefined();
  press('ArrowDown');
  press('ArrowDown');
  expect(options().map((option) => option.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false']);
  expect(press('Enter')).toBe(false);
  expect(go).toHaveBeenCalledExactlyOnceWith(new URL('/fr/search?concept=solides', document.baseURI).href);
  expect(popup().hidden).toBe(true);
});

test('Enter without a suggestion is left to the form', async () => {
  serve(() => ({ body: JSON.stringify(found) }));
  await type('neige');
  expect(press('Enter')).toBe(true);
  expect(popup().hidden).toBe(true);
  expect(go).not.toHaveBeenCalled();
});

test('a suggestion that leads nowhere is asked for', async () => {
  serve(() => ({ body: JSON.stringify(found) }));
  await type('neige');
  options()[2]?.click();
  await vi.advanceTimersByTimeAsync(0);
  expect(submitted).toHaveBeenCalledExactlyOnceWith('Neiges (col des)');
});

test('Escape closes, an arrow opens again', async () => {
  serve(() => ({ body: JSON.stringify(found) }));
  await type('neige');
  expect(press('Escape')).toBe(false);
  expect(popup().hidden).toBe(true);
  expect(press('Escape')).toBe(true);
  press('ArrowDown');
  expect(popup().hidden).toBe(false);
});

test('an answer that comes late is not shown for what is typed now', async () => {
  let answer: (body: string) => void = () => undefined;
  serve((url) => (url.searchParams.get('q') === 'ne'
    ? new Promise((resolve) => (answer = (body) => resolve({ body })))
    : { body: JSON.stringify({ items: [{ type: 'place', label: 'Nîmes' }] }) }));
  await type('ne');
  await type('nim');
  answer(JSON.stringify(found));
  await vi.advanceTimersByTimeAsync(0);
  flushSync();
  expect(options().map((option) => option.textContent?.trim())).toEqual(['Nîmes']);
});

test.each([
  ['a failure', { status: 500, body: '{}' }],
  ['an answer that cannot be read', { body: '{"items":7}' }],
  ['no suggestion', { body: '{"items":[]}' }],
])('%s leaves the box as it was', async (_, answer) => {
  serve(() => answer);
  await type('neige');
  expect(popup().hidden).toBe(true);
  expect(press('Enter')).toBe(true);
});

test('harvested text is shown as text', async () => {
  serve(() => ({ body: JSON.stringify({ items: [{ type: 'dataset', label: '<img src=x onerror=alert(1)>' }] }) }));
  await type('img');
  expect(options()[0]?.textContent?.trim()).toBe('<img src=x onerror=alert(1)>');
  expect(document.querySelector('.pop img')).toBeNull();
});

test('the field is given back as it was', async () => {
  await unmount(completion);
  expect([...field.attributes].map(({ name }) => name)).toEqual(['type', 'name']);
});
