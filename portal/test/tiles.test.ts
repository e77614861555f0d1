import { transform } from 'ol/proj';
import { beforeAll, expect, test } from 'vitest';
import { kinds, registerPlate } from '../src/map/projections';
import { bindTiles, tileLayer } from '../src/map/tiles';

const half = 20_037_508.342789244; // of the equator of EPSG:3857: pi times its radius, in metres
const [, , right] = kinds.plate.extent;

beforeAll(() => {
  registerPlate();
  bindTiles();
});

test.each<[string, [number, number], [number, number]]>([
  ['the middle', [0, 0], [0, 0]],
  ['the end of the equator', [half, 0], [right, 0]],
  ['the corner of the square', [-half, half], [-right, 85.0511287798066]],
])('%s of the tiles is where it is on the sheet', (_, metres, degrees) => {
  const [x, y] = transform(metres, 'EPSG:3857', kinds.plate.code);
  expect(x).toBeCloseTo(degrees[0], 9);
  expect(y).toBeCloseTo(degrees[1], 9);
  const back = transform([x!, y!], kinds.plate.code, 'EPSG:3857');
  expect(back[0]).toBeCloseTo(metres[0], 3);
  expect(back[1]).toBeCloseTo(metres[1], 3);
});

test('a pole, which the tiles do not have, is at a place all the same', () => {
  expect(transform([0, 90], kinds.plate.code, 'EPSG:3857').every(Number.isFinite)).toBe(true);
});

test('a tile is asked for by its level, column and row', () => {
  const source = tileLayer('https://tiles.example/{z}/{x}/{y}.png').getSource();
  expect(source?.getTileUrlFunction()([3, 5, 2], 1, source.getProjection()!)).toBe('https://tiles.example/3/5/2.png');
});
