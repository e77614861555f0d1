import type { Place, Ring } from '../map/shapes';
import { areaText, extentOf, longestText, mostCorners, mostRings } from './text';

function distance([x, y]: Place, [x1, y1]: Place, [x2, y2]: Place): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}

/** The line without what lies nearer than `tolerance` to what is left (Douglas and Peucker); its ends stay. */
function thinned(line: readonly Place[], tolerance: number): Place[] {
  const kept = new Set([0, line.length - 1]);
  const waiting: [number, number][] = [[0, line.length - 1]];
  for (let piece = waiting.pop(); piece !== undefined; piece = waiting.pop()) {
    const [first, last] = piece;
    let [farthest, most] = [-1, tolerance];
    for (let at = first + 1; at < last; ++at) {
      const off = distance(line[at] as Place, line[first] as Place, line[last] as Place);
      if (off > most) [farthest, most] = [at, off];
    }
    if (farthest < 0) continue;
    kept.add(farthest);
    waiting.push([first, farthest], [farthest, last]);
  }
  return line.filter((_, at) => kept.has(at));
}

/** A closed ring with fewer corners, or nothing if no area is left of it. */
export function simplifiedRing(ring: Ring, tolerance: number): Ring {
  // What lies close to what came before would only cost time.
  const places: Place[] = [];
  ring.forEach((place, at) => {
    const before = places.at(-1);
    if (before === undefined || at === ring.length - 1 || distance(place, before, before) > tolerance / 4) places.push(place);
  });
  const [start] = places;
  if (start === undefined) return [];
  let far = 0;
  places.forEach((place, at) => {
    if (distance(place, start, start) > distance(places[far] as Place, start, start)) far = at;
  });
  const there = thinned(places.slice(0, far + 1), tolerance);
  const back = thinned(places.slice(far), tolerance);
  const left = [...there, ...back.slice(1)];
  return left.length >= 4 ? left : [];
}

function areaOf(ring: Ring): number {
  let twice = 0;
  ring.forEach(([x, y], at) => {
    const [px, py] = ring.at(at - 1) ?? [x, y];
    twice += px * y - x * py;
  });
  return Math.abs(twice) / 2;
}

/** The text of the area for an address: the largest rings, as exact as an address holds. */
export function addressOfArea(rings: readonly Ring[]): string {
  const largest = [...rings].sort((one, other) => areaOf(other) - areaOf(one)).slice(0, mostRings);
  let left: Ring[] = largest;
  for (let tolerance = Math.max(extentOf(largest) / 5000, 1e-6); ; tolerance *= 1.5) {
    const text = areaText(left);
    const corners = left.reduce((sum, ring) => sum + ring.length - 1, 0);
    if (corners <= mostCorners && text.length <= longestText) return text;
    left = largest.map((ring) => simplifiedRing(ring, tolerance)).filter((ring) => ring.length > 0);
  }
}
