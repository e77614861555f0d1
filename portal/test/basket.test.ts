import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { basket } from '../src/basket/basket';
import BasketPage from '../src/basket/BasketPage.svelte';
import { countKept, offerKeeping } from '../src/basket/buttons';
import { wordsOf } from '../src/words/words';
import { standAt } from './support/place';

const words = wordsOf('fr');
const item = (id: string) => ({ id, title: `Jeu ${id}`, href: `https://catalogue.example/fr/datasets/${id}` });
let page: Record<string, unknown> | undefined;

beforeEach(() => {
  standAt('https://catalogue.example/fr/search');
  localStorage.clear();
  document.body.innerHTML = '';
});

afterEach(async () => {
  if (page !== undefined) await unmount(page);
  page = undefined;
  vi.unstubAllGlobals();
});

function declare(id: string): HTMLButtonElement {
  const place = document.createElement('span');
  Object.assign(place.dataset, { basketItem: id, title: `Jeu ${id}`, href: `/fr/datasets/${id}` });
  document.body.append(place);
  offerKeeping(place, words);
  return place.querySelector('button')!;
}

test('a button keeps its data set and gives it back, and the count follows', () => {
  const link = document.createElement('a');
  link.hidden = true;
  countKept(link, words);
  expect(link.hidden).toBe(false);
  const button = declare('neige');
  expect([button.textContent, button.getAttribute('aria-pressed')]).toEqual(['Panier\u00a0: Jeu neige', 'false']);
  button.click();
  expect([button.textContent, button.getAttribute('aria-pressed')]).toEqual(['Dans le panier\u00a0: Jeu neige', 'true']);
  expect(basket.entries()).toEqual([item('neige')]);
  expect(link.textContent).toContain('1 jeu de données dans le panier');
  button.click();
  expect(basket.entries()).toEqual([]);
  expect(link.querySelector<HTMLElement>('.num')?.hidden).toBe(true);
});

test('another window’s change shows', () => {
  const button = declare('neige');
  localStorage.setItem('terracat.basket', JSON.stringify([item('neige')]));
  window.dispatchEvent(new StorageEvent('storage', { key: 'terracat.basket' }));
  expect(button.getAttribute('aria-pressed')).toBe('true');
});

test.each([
  'broken',
  '{"a":1}',
  JSON.stringify([{ id: 'x' }, 7, { id: 'y', title: 'Y', href: 'https://elsewhere.example/' }, { id: 'z', title: 'Z', href: 'javascript:alert(1)' }]),
])('what is kept but cannot be read is left out: %s', (text) => {
  localStorage.setItem('terracat.basket', text);
  expect(basket.entries()).toEqual([]);
});

test('a full basket says so and stays as it is', () => {
  localStorage.setItem('terracat.basket', JSON.stringify(Array.from({ length: basket.most }, (_, index) => item(`s${index}`))));
  const button = declare('neige');
  button.click();
  expect(button.nextElementSibling?.textContent).toBe('Le panier est plein\u00a0: 200 jeux de données.');
  expect(basket.has('neige')).toBe(false);
});

test('a browser that keeps nothing is told of', () => {
  const setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  vi.stubGlobal('localStorage', { getItem: () => null, setItem, removeItem: () => undefined });
  const button = declare('neige');
  button.click();
  expect(button.nextElementSibling?.textContent).toMatch(/ne garde rien/);
  expect(button.getAttribute('aria-pressed')).toBe('false');
});

test('the page lists, compares up to four, removes and puts back', () => {
  for (const id of ['a', 'b', 'c', 'd', 'e']) basket.put(item(id));
  const target = document.createElement('div');
  document.body.append(target);
  page = mount(BasketPage, { target, props: { words, compareAddress: '/fr/compare' } });
  flushSync();
  expect([...target.querySelectorAll('li a')].map((link) => link.textContent)).toEqual(['Jeu e', 'Jeu d', 'Jeu c', 'Jeu b', 'Jeu a']);
  expect(target.querySelector('.btn.go')).toBeNull();
  const boxes = [...target.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  for (const box of boxes.slice(0, 4)) box.click();
  flushSync();
  expect(target.querySelector<HTMLAnchorElement>('a.btn.go')?.href).toBe('https://catalogue.example/fr/compare?ids=e%2Cd%2Cc%2Cb');
  expect(boxes[4]?.disabled).toBe(true);
  expect(target.querySelector('[role=status]')?.textContent).toContain('Quatre jeux');
  target.querySelector<HTMLButtonElement>('li button')?.click();
  flushSync();
  expect(basket.entries().map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
  expect(target.querySelector('a.btn.go')?.textContent).toBe('Comparer les 3 jeux choisis');
  target.querySelector<HTMLButtonElement>('[role=status] button')?.click();
  flushSync();
  expect(basket.has('e')).toBe(true);
});
