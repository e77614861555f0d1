import { beforeEach, expect, test } from 'vitest';
import { offerThemes } from '../src/theme/theme';
import { wordsOf } from '../src/words/words';

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.theme;
  document.body.innerHTML = '<button data-theme-switch hidden></button>';
});

test('each press goes to the next choice, which the device remembers', () => {
  const button = document.querySelector('button')!;
  offerThemes(button, wordsOf('en'));
  expect(button.hidden).toBe(false);
  const seen = ['system', 'light', 'dark', 'system'].map(() => {
    const now = [document.documentElement.dataset.theme, button.getAttribute('aria-label'), localStorage.getItem('terracat.theme')];
    button.click();
    return now;
  });
  expect(seen).toEqual([
    [undefined, 'Colours: as the system', null],
    ['light', 'Colours: light', '"light"'],
    ['dark', 'Colours: dark', '"dark"'],
    [undefined, 'Colours: as the system', null],
  ]);
});

test.each(['"dark"', '"blue"', 'broken'])('what the device remembers is %s', (text) => {
  localStorage.setItem('terracat.theme', text);
  offerThemes(document.querySelector('button')!, wordsOf('en'));
  expect(document.documentElement.dataset.theme).toBe(text === '"dark"' ? 'dark' : undefined);
});
