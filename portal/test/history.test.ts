import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isRemembering, noteSearches, remember, searches } from '../src/history/history';
import HistoryPage from '../src/history/HistoryPage.svelte';
import { offerSaving, saved } from '../src/history/saved';
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

test('a history says what was asked, by the conditions of the page', () => {
  remember(true);
  document.body.innerHTML = '<ul class="asked"><li class="chip"><span>Centre</span> Theia<a aria-label="Sans Theia"></a></li><li class="chip">\n neige </li></ul>';
  end = noteSearches();
  expect(searches.entries()[0]?.title).toBe('Centre Theia · neige');
  document.body.innerHTML = '';
});

test('a search is saved by a click, whatever the history, and taken back by another', async () => {
  standAt('https://catalogue.example/fr/search?q=neige&page=3#top');
  document.body.innerHTML = '<h2 class="res">12 jeux de données</h2><span id="save"></span><div id="place"></div>';
  end = offerSaving(document.getElementById('save')!, wordsOf('fr'));
  const button = document.querySelector<HTMLButtonElement>('#save button')!;
  expect([button.textContent, button.getAttribute('aria-pressed')]).toEqual(['Garder cette recherche', 'false']);
  button.click();
  expect([button.textContent, button.getAttribute('aria-pressed')]).toEqual(['Recherche gardée', 'true']);
  // The page of the answer is no part of the question.
  expect(saved.entries().map(({ address, title, found }) => [address, title, found])).toEqual([
    ['https://catalogue.example/fr/search?q=neige', 'neige', '12 jeux de données'],
  ]);
  remember(true);
  remember(false);
  const target = document.getElementById('place')!;
  const page = mount(HistoryPage, { target, props: { words: wordsOf('fr') } });
  flushSync();
  const link = target.querySelector<HTMLAnchorElement>('.saved a');
  expect([link?.textContent, link?.href]).toEqual(['neige', 'https://catalogue.example/fr/search?q=neige']);
  expect(target.querySelector('.saved .small')?.textContent).toMatch(/^12 jeux de données, le /);
  button.click();
  flushSync();
  expect(target.querySelector('.saved')).toBeNull();
  expect(localStorage.length).toBe(0);
  await unmount(page);
});
