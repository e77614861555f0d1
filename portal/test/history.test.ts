import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRemembering, noteSearches, remember, searches } from '../src/history/history';
import HistoryPage from '../src/history/HistoryPage.svelte';
import { arrived } from '../src/live/live';
import { wordsOf } from '../src/words/words';
import { standAt } from './support/place';

let end: () => void = () => undefined;

beforeEach(() => {
  localStorage.clear();
  standAt('https://catalogue.example/fr/search?q=neige');
  document.title = 'neige';
});

afterEach(() => end());

test('nothing is kept unless the person asks for it', () => {
  end = noteSearches();
  expect(searches.entries()).toEqual([]);
  expect(localStorage.length).toBe(0);
});

test('what is looked at is kept, once, the newest first', () => {
  remember(true);
  end = noteSearches();
  standAt('https://catalogue.example/fr/search?q=pluie');
  document.title = 'pluie';
  document.dispatchEvent(new Event(arrived));
  standAt('https://catalogue.example/fr/search?q=neige');
  document.title = 'neige';
  document.dispatchEvent(new Event(arrived));
  expect(searches.entries().map(({ address, title }) => [address, title])).toEqual([
    ['https://catalogue.example/fr/search?q=neige', 'neige'],
    ['https://catalogue.example/fr/search?q=pluie', 'pluie'],
  ]);
});

test('a page without a question is no search', () => {
  remember(true);
  standAt('https://catalogue.example/fr/search');
  end = noteSearches();
  expect(searches.entries()).toEqual([]);
});

test('to stop remembering erases', async () => {
  remember(true);
  searches.put({ address: 'https://catalogue.example/fr/search?q=neige', title: 'neige', at: 0 });
  document.body.innerHTML = '<div id="place"></div>';
  const target = document.getElementById('place')!;
  const page = mount(HistoryPage, { target, props: { words: wordsOf('en') } });
  flushSync();
  expect(target.querySelector('li a')?.textContent).toBe('neige');
  target.querySelector<HTMLInputElement>('input')?.click();
  flushSync();
  expect(isRemembering()).toBe(false);
  expect(localStorage.length).toBe(0);
  expect(target.textContent).toContain('Searches are not kept.');
  await unmount(page);
});
