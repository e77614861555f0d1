import { type Box, type Place, type Polygon, type Ring, world } from './shapes';

const longest = 2; // degrees of a side that may stay straight on a map whose meridians are not

type Inside = (place: Place) => boolean;
type Crossing = (from: Place, to: Place) => Place;

function at(from: Place, to: Place, share: number): Place {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

function cut(ring: Place[], isInside: Inside, crossing: Crossing): Place[] {
  const kept: Place[] = [];
  ring.forEach((to, index) => {
    const from = ring.at(index - 1);
    if (from === undefined) return;
    if (isInside(from) !== isInside(to)) kept.push(crossing(from, to));
    if (isInside(to)) kept.push(to);
  });
  return kept;
}

/** What of `ring` lies within `box` (Sutherland and Hodgman), closed; empty if nothing does. */
export function clipRing(ring: Ring, [west, south, east, north]: Box): Ring {
  // The side of the window is met exactly.
  const across = (axis: 0 | 1, value: number): Crossing => (from, to) => {
    const [lon, lat] = at(from, to, (value - from[axis]) / (to[axis] - from[axis]));
    return axis === 0 ? [value, lat] : [lon, value];
  };
  let left: Place[] = ring.slice(0, -1);
  left = cut(left, ([lon]) => lon >= west, across(0, west));
  left = cut(left, ([lon]) => lon <= east, across(0, east));
  left = cut(left, ([, lat]) => lat >= south, across(1, south));
  left = cut(left, ([, lat]) => lat <= north, across(1, north));
  const first = left[0];
  return first === undefined || left.length < 3 ? [] : [...left, first];
}

/** With places between those that are far apart, so that sides follow the map. */
export function densified(ring: Ring): Ring {
  return ring.flatMap((to, index) => {
    const from = index === 0 ? undefined : ring[index - 1];
    if (from === undefined) return [to];
    const steps = Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])) / longest);
    return Array.from({ length: Math.max(steps, 1) }, (_, step) => (step + 1 >= steps ? to : at(from, to, (step + 1) / steps)));
  });
}

/** The polygons as they can be drawn on a map that shows `window` alone and bends straight lines. */
export function fitted(polygons: readonly Polygon[], window: Box): Polygon[] {
  return polygons
    .map((rings) => rings.map((ring) => densified(clipRing(ring, window))).filter((ring) => ring.length > 0))
    .filter(([outer]) => outer !== undefined);
}

/** From -180° to 180°: a side of it goes all around, and not across. */
function isAround(ring: Ring): boolean {
  return ring.every(([lon]) => Math.abs(lon) === 180);
}

/** `ring` going on beyond ±180° where it crosses the antimeridian, and over the pole that it goes around. */
function unwrapped(ring: Ring): Ring {
  if (isAround(ring)) return ring;
  let turn = 0;
  const places = ring.map(([lon, lat], index): Place => {
    const before = ring[index - 1];
    if (before !== undefined && Math.abs(lon - before[0]) > 180) turn += lon < before[0] ? 360 : -360;
    return [lon + turn, lat];
  });
  const first = places[0];
  const last = places.at(-1);
  if (turn === 0 || first === undefined || last === undefined) return places;
  const pole = last[1] < 0 ? -90 : 90;
  return [...places, [last[0], pole], [first[0], pole], first];
}

/** The polygons of a sphere, which cross the antimeridian and go around poles, as those of a sheet from -180° to 180°. */
export function flattened(polygons: readonly Polygon[]): Polygon[] {
  return polygons.flatMap((rings) => {
    const whole = rings.map(unwrapped);
    return [-360, 0, 360]
      .map((shift) => whole
        .map((ring) => clipRing(ring.map(([lon, lat]): Place => [lon + shift, lat]), world))
        .filter((ring) => ring.some(([lon]) => lon !== ring[0]?.[0]))) // more than a line along the edge
      .filter((parts) => parts.length > 0);
  });
}
