import { expect, test } from 'vitest';
import { offerCells } from '../src/cells/cells';

// Three in a row with a gap, and one below the last.
//   a b . c
//   . . . d
const at = (name: string, x: number, y: number, tabindex: number) =>
  `<a href="#${name}" id="${name}" tabindex="${tabindex}"><rect x="${x}" y="${y}" width="10" height="10"></rect></a>`;

function press(key: string): string {
  const pressed = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(pressed);
  return document.activeElement?.id ?? '';
}

test('arrows go from cell to cell, over gaps, and one is in the order of the tabulator', () => {
  document.body.innerHTML = `<section data-cells><svg>${at('a', 0, 0, -1)}${at('b', 10, 0, 0)}${at('c', 30, 0, -1)}${at('d', 30, 10, -1)}</svg><a href="#e" id="e">e</a></section>`;
  const map = document.querySelector<HTMLElement>('section')!;
  const end = offerCells(map);
  document.querySelector<SVGAElement>('#b')!.focus();
  expect(press('ArrowLeft')).toBe('a');
  expect(press('ArrowLeft')).toBe('a'); // nothing lies there
  expect(press('ArrowRight')).toBe('b');
  expect(press('ArrowRight')).toBe('c');
  expect(press('ArrowDown')).toBe('d');
  expect(press('ArrowUp')).toBe('c');
  expect([...document.querySelectorAll('svg a')].map((link) => link.getAttribute('tabindex'))).toEqual(['-1', '-1', '0', '-1']);
  document.querySelector<HTMLElement>('#e')!.focus();
  expect(press('ArrowLeft')).toBe('e'); // no cell
  expect(document.querySelector('#c')?.getAttribute('tabindex')).toBe('0');
  end();
  document.querySelector<SVGAElement>('#a')!.focus();
  expect(press('ArrowRight')).toBe('a');
});
