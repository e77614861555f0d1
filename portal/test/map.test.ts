import { expect, test } from 'vitest';
import { clipRing, densified, fitted, flattened } from '../src/map/clip';
import { type Box, boxOf, boxOfPath, boxText, middleOf, readBox, ringOf } from '../src/map/shapes';

const alps: Box = [5, 43, 16, 48];

test.each<[string, Box, Box | undefined]>([
  ['what is within is kept', [6, 44, 7, 45], [6, 44, 7, 45]],
  ['what reaches out is cut', [0, 40, 10, 45], [5, 43, 10, 45]],
  ['what is around becomes the window', [-180, -90, 180, 90], alps],
  ['what is beside is left out', [-10, 43, 0, 48], undefined],
])('%s', (_, given, kept) => {
  const clipped = clipRing(ringOf(given), alps);
  expect(boxOf({ polygons: [[clipped]], points: [] })).toEqual(kept);
  if (kept !== undefined) expect(clipped.at(-1)).toEqual(clipped[0]);
});

test('a corner that is cut off leaves the side that cuts it', () => {
  const triangle: [number, number][] = [[4, 44], [6, 44], [6, 46], [4, 44]];
  expect(clipRing(triangle, alps)).toEqual([[5, 45], [5, 44], [6, 44], [6, 46], [5, 45]]);
});

test('long sides are given places, and end where they ended', () => {
  expect(densified([[0, 0], [8, 0], [8, 1]])).toEqual([[0, 0], [2, 0], [4, 0], [6, 0], [8, 0], [8, 1]]);
  expect(densified([[3, 3], [3, 3]])).toEqual([[3, 3], [3, 3]]);
});

test('holes stay in what is left', () => {
  const [polygon] = fitted([[ringOf([6, 44, 10, 46]), ringOf([7, 44.5, 8, 45])]], alps);
  expect(polygon?.map((ring) => boxOf({ polygons: [[ring]], points: [] }))).toEqual([[6, 44, 10, 46], [7, 44.5, 8, 45]]);
});

test.each<[Box, string]>([
  [[5.1234, 43.5678, 8.9999, 46.0001], '5.12,43.56,9,46.01'],
  [[-170.123, -60.55, 170.01, 71.2], '-170.2,-60.6,170.1,71.2'],
  [[178.5, -20, -178, -15], '178.5,-20,-178,-15'],
])('%j is written %s', (box, text) => {
  expect(boxText(box)).toBe(text);
});

test.each(['5,43,8', '5,43,8,', 'a,b,c,d', '5,48,8,43', '5,43,8,95', '200,0,210,5', '5,43,5,44'])('"%s" is no box', (text) => {
  expect(readBox(text)).toBeUndefined();
});

test('a box across the antimeridian is one', () => {
  expect(readBox('178.5, -20, -178, -15')).toEqual([178.5, -20, -178, -15]);
});

test('what crosses the antimeridian is cut there', () => {
  const fiji: [number, number][] = [[177, -19], [-178, -19], [-178, -16], [177, -16], [177, -19]];
  const boxes = flattened([[fiji]]).map((polygon) => boxOf({ polygons: [polygon], points: [] }));
  expect(boxes).toEqual([[-180, -19, -178, -16], [177, -19, 180, -16]]);
});

test('what goes around a pole reaches it', () => {
  const antarctica: [number, number][] = [[-170, -70], [-60, -65], [60, -68], [170, -72], [-170, -70]];
  const polygons = flattened([[antarctica]]);
  expect(boxOf({ polygons, points: [] })).toEqual([-180, -90, 180, -65]);
  // All of the sheet south of 80° is land.
  const area = (ring: readonly (readonly [number, number])[]) => ring.slice(1).reduce((sum, [lon, lat], at) => sum + ((ring[at]?.[0] ?? 0) * lat - lon * (ring[at]?.[1] ?? 0)) / 2, 0);
  const south = fitted(polygons, [-180, -90, 180, -80]).map(([outer]) => Math.abs(area(outer ?? [])));
  expect(south.reduce((one, other) => one + other, 0)).toBeCloseTo(360 * 10);
});

test('what goes all around stays whole', () => {
  expect(flattened([[ringOf([-180, 60, 180, 90])]]).map((polygon) => boxOf({ polygons: [polygon], points: [] }))).toEqual([[-180, 60, 180, 90]]);
});

test.each<[string, [number, number][], Box]>([
  ['beside the antimeridian', [[5, 43], [8, 43], [8, 46], [5, 46]], [5, 43, 8, 46]],
  ['up to it', [[170, 0], [180, 0], [180, 5], [170, 5]], [170, 0, 180, 5]],
  ['across it', [[170, 60], [-170, 62], [-175, 75], [175, 70]], [170, 60, -170, 75]],
  ['around the north pole', [[0, 70], [90, 65], [180, 70], [-90, 60]], [-180, 60, 180, 90]],
  ['around the south pole, clockwise', [[-90, -60], [-179, -70], [90, -65], [0, -70]], [-180, -90, 180, -60]],
  ['of a sheet that shows the world twice', [[-300, -80], [-150, -80], [0, -80], [150, -80], [300, -80], [300, 80], [150, 80], [0, 80], [-150, 80], [-300, 80]], [-180, -80, 180, 80]],
])('the box around a path %s', (_, path, box) => {
  expect(boxOfPath(path)).toEqual(box);
});

test('the middle of a box across the antimeridian lies within it', () => {
  expect(middleOf([5, 43, 8, 46])).toEqual([6.5, 44.5]);
  expect(middleOf([177, -20, -171, -16])).toEqual([-177, -18]);
});
