import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { offerCopy } from '../src/copy/copy';
import { wordsOf } from '../src/words/words';

let undo: () => void;

beforeEach(() => {
  document.body.innerHTML = '<div data-copy><pre><code>import eodag\n<span>dag = 1</span>\n\n</code></pre></div>';
  undo = offerCopy(document.querySelector('[data-copy]')!, wordsOf('fr'));
});

afterEach(() => vi.unstubAllGlobals());

async function copyWith(writeText: ((text: string) => Promise<void>) | undefined): Promise<string | null | undefined> {
  vi.stubGlobal('navigator', { clipboard: writeText && { writeText } });
  document.querySelector<HTMLButtonElement>('.copied > button')?.click();
  await new Promise((resolve) => setTimeout(resolve));
  return document.querySelector('.copied > [role=status]')?.textContent;
}

test('the text is copied as it reads, and the page says so', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  expect(await copyWith(writeText)).toBe('Copié');
  expect(writeText).toHaveBeenCalledExactlyOnceWith('import eodag\ndag = 1');
});

test('what is refused, or not there, is said', async () => {
  expect(await copyWith(() => Promise.reject(new Error('denied')))).toMatch(/sélectionnez/);
  expect(await copyWith(undefined)).toMatch(/sélectionnez/);
});

test('it goes as it came', () => {
  undo();
  expect(document.querySelector('[data-copy]')?.children).toHaveLength(1);
});
