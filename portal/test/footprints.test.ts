import { expect, test } from 'vitest';
import { footprintOf, readBoxes, readCells, readFootprints, readShape } from '../src/map/footprints';
import { scaleOf } from '../src/map/scale';

const classOf = (boxes: string) => footprintOf('a', 'A', readBoxes(boxes))?.class;

test.each([
  ['-180,-90,180,90', 'global'],
  ['-180,-60,180,75', 'global'],
  ['-180,60,180,90', 'regional'],
  ['5,43,8,46', 'regional'],
  ['177,-20,-178,-15', 'regional'],
  ['120,-60,-70,65', 'regional'],
  ['20,-80,10,80', 'global'],
  ['5.5,43.5,5.5,43.5', 'point'],
  ['5.5,43.5,5.51,43.52', 'point'],
  ['', undefined],
  ['5,43,8', undefined],
  ['500,43,500,43', undefined],
])('%s is %s', (boxes, expected) => {
  expect(classOf(boxes)).toBe(expected);
});

test('several boxes are one footprint, and one across the antimeridian has two halves', () => {
  expect(readBoxes('5,43,8,46;177,-20,-178,-15').polygons).toHaveLength(3);
  expect(footprintOf('a', 'A', readBoxes('177,-20,-178,-15'))?.box).toEqual([177, -20, -178, -15]);
});

test('GeoJSON is read, and what cannot be drawn is left out', () => {
  const ring = [[0, 0], [1, 0], [1, 1], [0, 0]];
  const found = readFootprints({
    type: 'FeatureCollection',
    features: [
      { type: 'Feature', id: 'a', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { t: 'Aires' } },
      { type: 'Feature', id: 'b', geometry: { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [5, 43, 100] }, { type: 'LineString', coordinates: ring }] }, properties: null },
      { type: 'Feature', id: 'c', geometry: null, properties: {} },
      { type: 'Feature', geometry: { type: 'Point', coordinates: [0, 0] } },
      { type: 'Feature', id: 'd', geometry: { type: 'Point', coordinates: [1000, 'x'] } },
      null,
    ],
  });
  expect(found.map(({ id, title, class: kind, shape }) => [id, title, kind, shape.polygons.length, shape.points.length]))
    .toEqual([['a', 'Aires', 'regional', 1, 0], ['b', 'b', 'point', 0, 1]]);
  expect(() => readFootprints({ features: 'none' })).toThrow(/list/);
  expect(readShape({ type: 'Polygon', coordinates: [[[0, 0], [1, 1]]] }).polygons).toEqual([]);
});

test('cells are counted at their middle', () => {
  const answer = {
    features: [
      { type: 'Feature', geometry: { type: 'Polygon', coordinates: [[[0, 40], [10, 40], [10, 50], [0, 50], [0, 40]]] }, properties: { n: 6000 } },
      { type: 'Feature', id: 'a', geometry: { type: 'Point', coordinates: [0, 0] }, properties: { n: 3 } },
    ],
  };
  expect(readCells(answer)).toEqual([{ place: [5, 45], count: 6000 }]);
});

test.each([
  [1000, 110, { width: 100, text: '100 km' }],
  [2500, 110, { width: 80, text: '200 km' }],
  [5, 110, { width: 100, text: '500 m' }],
  [111_000, 110, { width: 10_000_000 / 111_000, text: '10,000 km' }],
])('%i m a pixel', (metres, most, expected) => {
  expect(scaleOf(metres, most, 'en')).toEqual(expected);
});
