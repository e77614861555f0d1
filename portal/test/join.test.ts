import { expect, test } from 'vitest';
import { fitted, flattened } from '../src/map/clip';
import { joined } from '../src/map/join';
import { type Box, type Place, type Polygon, ringOf } from '../src/map/shapes';

// A map around the north pole: as far from its middle as there are degrees to the pole, 0° downwards, 90° E to the right.
const project = ([lon, lat]: Place): [number, number] => {
  const angle = (lon * Math.PI) / 180;
  return [(90 - lat) * Math.sin(angle), -(90 - lat) * Math.cos(angle)];
};
const shown = (...boxes: Box[]) => joined(fitted(boxes.map((box): Polygon => [ringOf(box)]), [-180, 45, 180, 90]), project);
const distances = (ring: readonly (readonly [number, number])[]) => [...new Set(ring.map(([x, y]) => Math.round(Math.hypot(x, y) * 1e6) / 1e6))].sort((one, other) => one - other);
const area = (ring: readonly (readonly [number, number])[]) => ring.slice(1).reduce((sum, [x, y], at) => sum + ((ring[at]?.[0] ?? 0) * y - x * (ring[at]?.[1] ?? 0)) / 2, 0);
/** Where it meets the antimeridian, which goes up from the middle. */
const onSeam = (ring: readonly (readonly [number, number])[]) => [...new Set(ring.filter(([x, y]) => Math.abs(x) < 1e-6 && y > 0).map(([, y]) => Math.round(y * 1e6) / 1e6))].sort((one, other) => one - other);

test('what goes around the pole is a disc', () => {
  const [polygon, ...others] = shown([-180, 60, 180, 90]);
  expect(others).toEqual([]);
  expect(polygon?.map(distances)).toEqual([[30]]);
  const [ring = []] = polygon ?? [];
  expect(Math.hypot((ring[0]?.[0] ?? 0) - (ring.at(-1)?.[0] ?? 1), (ring[0]?.[1] ?? 0) - (ring.at(-1)?.[1] ?? 1))).toBeCloseTo(0);
});

test('a band around the pole is a disc with a hole', () => {
  const [polygon, ...others] = shown([-180, 60, 180, 80]);
  expect(others).toEqual([]);
  expect(polygon?.map(distances)).toEqual([[30], [10]]);
  expect(polygon?.map((ring) => Math.sign(area(ring)))).toEqual([1, -1]);
});

test('two halves of a box across the antimeridian are one, and meet it at its two parallels alone', () => {
  const [polygon, ...others] = shown([170, 60, 180, 70], [-180, 60, -170, 70]);
  expect(others).toEqual([]);
  expect(polygon).toHaveLength(1);
  expect(onSeam(polygon?.[0] ?? [])).toEqual([20, 30]);
});

test('what ends at the antimeridian keeps its side there, as far as nothing lies beyond', () => {
  const apart: Box[] = [[170, 60, 180, 70], [-180, 65, -170, 75]];
  const [polygon, ...others] = shown(...apart);
  expect(others).toEqual([]);
  // From 60° to 65° there is nothing to the east, from 70° to 75° nothing to the west.
  expect(onSeam(polygon?.[0] ?? []).filter((y) => y % 5 === 0)).toEqual([15, 20, 25, 30]);
  expect(onSeam(polygon?.[0] ?? []).filter((y) => y > 20 && y < 25)).toEqual([]);
  const sum = apart.map((box) => shown(box)[0]?.[0] ?? []).reduce((total, ring) => total + area(ring), 0);
  expect(area(polygon?.[0] ?? [])).toBeCloseTo(sum, 6);
});

test('a wedge reaches the pole, and what is not cut stays as it was', () => {
  const [wedge] = shown([0, 60, 90, 90]);
  const reached = distances(wedge?.[0] ?? []);
  expect([reached.length > 2, reached[0], reached.at(-1)]).toEqual([true, 0, 30]);
  const [island] = shown([10, 60, 20, 70]);
  expect(area(island?.[0] ?? [])).toBeGreaterThan(0);
  expect(island?.[0]?.[0]).toEqual(project([10, 60]));
});

test('a hole across the antimeridian is one hole', () => {
  const half = (west: number, east: number, inner: Box): Polygon => [ringOf([west, 60, east, 80]), [...ringOf(inner)].reverse()];
  const polygons = [half(160, 180, [175, 65, 180, 70]), half(-180, -160, [-180, 65, -175, 70])];
  const [polygon, ...others] = joined(polygons, project);
  expect(others).toEqual([]);
  expect(polygon?.map((ring) => Math.sign(area(ring)))).toEqual([1, -1]);
  expect(polygon?.map(onSeam)).toEqual([[10, 30], [20, 25]]);
});

test('land around the other pole has neither seam nor pole, on the map around that', () => {
  const antarctica: Place[] = [[-170, -70], [-60, -65], [60, -68], [170, -72], [-170, -70]];
  const south = ([lon, lat]: Place): [number, number] => {
    const angle = (lon * Math.PI) / 180;
    return [(90 + lat) * Math.sin(angle), (90 + lat) * Math.cos(angle)];
  };
  const polygons = joined(fitted(flattened([[antarctica]]), [-180, -90, 180, -45]), south);
  expect(polygons.map((rings) => rings.length)).toEqual([1]);
  const [[ring = []] = []] = polygons;
  expect(Math.min(...distances(ring))).toBeGreaterThan(15); // -72° is 18 from the middle
  expect(area(ring)).toBeGreaterThan(0);
});
