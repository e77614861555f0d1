import { expect, test } from 'vitest';
import en from '../src/words/en.json';
import fr from '../src/words/fr.json';
import { wordsOf } from '../src/words/words';

test('both languages say the same things with the same values', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(fr).sort());
  for (const key of Object.keys(fr) as (keyof typeof fr)[]) {
    const values = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    expect(values(en[key]), key).toEqual(values(fr[key]));
    expect(fr[key].trim(), key).not.toBe('');
    expect(en[key].trim(), key).not.toBe('');
  }
});

test('French sets no-break spaces before high punctuation', () => {
  for (const [key, text] of Object.entries(fr)) {
    expect(text, key).not.toMatch(/ [:;!?»]|« /);
    expect(text, key).not.toContain("'");
  }
});

test.each([
  ['fr', 0, '0 ressource'],
  ['fr', 1, '1 ressource'],
  ['fr-FR', 4312, '4\u202f312 ressources'],
  ['en', 0, '0 resources'],
  ['en', 1, '1 resource'],
  ['en', 4312, '4,312 resources'],
])('%s counts %i', (lang, count, expected) => {
  expect(wordsOf(lang).count('resources', count)).toBe(expected);
});

test('a language that is not there is answered in English', () => {
  expect(wordsOf('de').lang).toBe('en');
});

test('the first of a month is said as pages say it', () => {
  const first = new Date(2026, 11, 1, 9, 5);
  const other = new Date(2026, 11, 11, 9, 5);
  expect(wordsOf('fr').date(first)).toMatch(/^1er décembre 2026\D+09:05$/);
  expect(wordsOf('fr').date(other)).toMatch(/^11 décembre 2026\D+09:05$/);
  expect(wordsOf('en').date(first)).toMatch(/^1 December 2026\D+09:05$/);
});
