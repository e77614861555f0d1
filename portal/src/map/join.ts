import type { Place, Polygon, Ring } from './shapes';

// Around a pole the antimeridian is a line like any other, and a pole is a place. What was cut for a sheet from
// -180° to 180° is put together again, side by side: sides along the cut that have land on both of their hands go.

/** Coordinates of the map. */
export type Project = (place: Place) => readonly [x: number, y: number];

type Side = readonly [from: Place, to: Place];

const unit = 1e7; // to a degree: places that are nearer are one
const rounded = (value: number): number => Math.round(value * unit) / unit;
const isSeam = ([[a], [b]]: Side): boolean => Math.abs(a) === 180 && a === b;
const isPole = ([[, a], [, b]]: Side): boolean => Math.abs(a) === 90 && a === b;

/** The same for all names of a place: on either side of the antimeridian, at a pole with any longitude. */
function keyOf([lon, lat]: Place): string {
  if (Math.abs(lat) === 90) return String(lat);
  return `${rounded(lon === -180 ? 180 : lon)} ${rounded(lat)}`;
}

function areaOf(ring: readonly (readonly [number, number])[]): number {
  return ring.slice(1).reduce((sum, [x, y], at) => sum + ((ring[at]?.[0] ?? 0) * y - x * (ring[at]?.[1] ?? 0)) / 2, 0);
}

/** The outer ring to the left, holes to the right. */
function oriented(rings: Polygon): Polygon {
  return rings.map((ring, index) => ((areaOf(ring) > 0) === (index === 0) ? ring : [...ring].reverse()));
}

function sidesOf(ring: Ring): Side[] {
  return ring.slice(1).map((to, index): Side => [ring[index] ?? to, to]);
}

/** What is left of sides along the antimeridian: those with land on one hand alone. */
function shores(seams: readonly Side[]): Side[] {
  const stops = [...new Set(seams.flatMap(([[, a], [, b]]) => [rounded(a), rounded(b)]))].sort((one, other) => one - other);
  return stops.slice(1).flatMap((north, index) => {
    const south = stops[index] ?? north;
    const middle = (south + north) / 2;
    let upwards = 0;
    for (const [[, a], [, b]] of seams) {
      if (Math.min(a, b) < middle && middle < Math.max(a, b)) upwards += b > a ? 1 : -1;
    }
    const side: Side = upwards > 0 ? [[180, south], [180, north]] : [[180, north], [180, south]];
    return Array.from({ length: Math.abs(upwards) }, () => side);
  });
}

/** The rings that sides are when one follows the other; `undefined` if some end nowhere. */
function chained(sides: readonly Side[]): Ring[] | undefined {
  const from = new Map<string, Side[]>();
  for (const side of sides) {
    const key = keyOf(side[0]);
    from.set(key, [...(from.get(key) ?? []), side]);
  }
  const rings: Ring[] = [];
  for (const first of sides) {
    let next = from.get(keyOf(first[0]))?.pop();
    if (next === undefined) continue;
    const start = keyOf(next[0]);
    const ring: Place[] = [next[0]];
    while (next !== undefined) {
      ring.push(next[1]);
      const end = keyOf(next[1]);
      if (end === start) break;
      next = from.get(end)?.pop();
    }
    if (next === undefined) return undefined;
    rings.push(ring);
  }
  return rings;
}

type Flat = readonly (readonly [number, number])[];

function holds(ring: Flat, [x, y]: readonly [number, number]): boolean {
  let isWithin = false;
  ring.slice(1).forEach(([ax, ay], index) => {
    const [bx, by] = ring[index] ?? [ax, ay];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) isWithin = !isWithin;
  });
  return isWithin;
}

/** Rings to the left, each with those to the right within it. */
function assembled(rings: readonly Flat[]): Flat[][] {
  const outer = rings.filter((ring) => areaOf(ring) > 0).map((ring) => [ring]);
  const inner = (polygon: Flat[]) => areaOf(polygon[0] ?? []);
  outer.sort((one, other) => inner(one) - inner(other));
  for (const hole of rings.filter((ring) => areaOf(ring) < 0)) {
    const place = hole[0];
    if (place !== undefined) outer.find(([ring]) => ring !== undefined && holds(ring, place))?.push(hole);
  }
  return outer;
}

/**
 * The polygons on a map around a pole, without the seam at which they were cut.
 * \param polygons  of a sheet from -180° to 180°, none around the other pole
 * \param project   keeps what is to the left there
 */
export function joined(polygons: readonly Polygon[], project: Project): Flat[][] {
  const isCut = (rings: Polygon) => rings.some((ring) => sidesOf(ring).some((side) => isSeam(side) || isPole(side)));
  const flat = (ring: Ring): Flat => ring.map(project);
  const whole = polygons.filter((rings) => !isCut(rings)).map((rings) => rings.map(flat));
  const cut = polygons.filter(isCut);
  const sides = cut.flatMap((rings) => oriented(rings).flatMap(sidesOf)).filter((side) => !isPole(side));
  const rings = chained([...sides.filter((side) => !isSeam(side)), ...shores(sides.filter(isSeam))]);
  return [...whole, ...(rings === undefined ? cut.map((one) => one.map(flat)) : assembled(rings.map(flat)))];
}
