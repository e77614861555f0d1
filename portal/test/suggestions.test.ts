import { expect, test } from 'vitest';
import { grouped } from '../src/completion/groups';
import { readSuggestions } from '../src/api/suggestions';

const base = { base: 'https://catalogue.example/fr/' };

test('an answer is read, with what is not known left out', () => {
  const answer = {
    items: [
      { type: 'concept', id: 'c/1', label: 'Neige', matched: 'Manteau neigeux', via: 'altLabel', context: 'Surfaces continentales', count: 41, href: '/fr/search?concept=1' },
      { type: 'dataset', label: 'Surfaces enneigées', matched: 'Surfaces enneigées', href: 'datasets/theia-neige', count: 'many' },
      { type: 'spell', label: 'no such type' },
      { type: 'place', label: '' },
      'nothing',
    ],
  };
  expect(readSuggestions(answer, base)).toEqual([
    { type: 'concept', label: 'Neige', matched: 'Manteau neigeux', context: 'Surfaces continentales', count: 41, href: 'https://catalogue.example/fr/search?concept=1' },
    { type: 'dataset', label: 'Surfaces enneigées', href: 'https://catalogue.example/fr/datasets/theia-neige' },
  ]);
});

test.each(['https://elsewhere.example/x', 'javascript:alert(1)', '//elsewhere.example/', 7])('%s is no address to follow', (href) => {
  expect(readSuggestions({ items: [{ type: 'place', label: 'Alpes', href }] }, base)).toEqual([{ type: 'place', label: 'Alpes' }]);
});

test.each([null, [], {}, { items: {} }])('%j is refused', (answer) => {
  expect(() => readSuggestions(answer, base)).toThrow(/expected/);
});

test('producers and platforms lead to the search for them', () => {
  const href = 'https://catalogue.example/fr/search?platform=Argo';
  expect(readSuggestions({ items: [{ type: 'platform', id: 'Argo', label: 'Argo', count: 3, href }, { type: 'producer', label: 'Ifremer' }] }, base)).toEqual([
    { type: 'platform', label: 'Argo', count: 3, href },
    { type: 'producer', label: 'Ifremer' },
  ]);
});

test('a data set leads to its page', () => {
  const item = { type: 'dataset', id: 'urn:a/b', label: 'A', href: 'https://catalogue.example/records/collections/all/items/urn%3Aa%2Fb' };
  expect(readSuggestions({ items: [item] }, { ...base, datasets: '/fr/datasets/' })).toEqual([
    { type: 'dataset', label: 'A', href: 'https://catalogue.example/fr/datasets/urn%3Aa%2Fb' },
  ]);
});

test('groups keep the order of the server and number what is shown', () => {
  const groups = grouped([
    { type: 'dataset', label: 'a' },
    { type: 'concept', label: 'b' },
    { type: 'dataset', label: 'c' },
  ]);
  expect(groups.map(({ type, entries }) => [type, ...entries.map(({ index, suggestion }) => `${index}${suggestion.label}`)]))
    .toEqual([['dataset', '0a', '1c'], ['concept', '2b']]);
});
