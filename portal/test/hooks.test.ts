import { expect, test, vi } from 'vitest';
import { letGo, takeOver } from '../src/hooks';
import { wordsOf } from '../src/words/words';

test('each declaration is answered once, and undone when it leaves', () => {
  document.body.innerHTML = '<section data-a><p data-a data-b></p></section>';
  const undo = vi.fn();
  const take = vi.fn(() => undo);
  const hooks = [{ selector: '[data-a]', take }, { selector: '[data-b]', take }];
  takeOver(document, hooks, wordsOf('en'));
  takeOver(document, hooks, wordsOf('en'));
  expect(take).toHaveBeenCalledTimes(3);
  letGo(document.querySelector('p')!, hooks);
  expect(undo).toHaveBeenCalledTimes(2);
});

test('one that fails leaves the others', () => {
  document.body.innerHTML = '<p data-a></p><p data-b></p>';
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const take = vi.fn(() => () => undefined);
  const fails = () => {
    throw new Error('no field');
  };
  takeOver(document, [{ selector: '[data-a]', take: fails }, { selector: '[data-b]', take }], wordsOf('en'));
  expect(take).toHaveBeenCalledOnce();
  expect(told).toHaveBeenCalledOnce();
});
