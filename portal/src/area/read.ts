import { isObject, type Json, listAt, Unreadable } from '../api/read';
import { parsePage } from '../live/parse';
import type { Place, Ring } from '../map/shapes';

// The area of a file that somebody has: GeoJSON, KML or GPX. It is read here and goes nowhere.

export const largestFile = 10_000_000; // bytes
const mostPlaces = 200_000;

interface Found {
  readonly rings: Ring[];
  readonly places: Place[];
  count: number;
}

function add(found: Found, place: Place): Place {
  const [lon, lat] = place;
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw new Unreadable('position', 'longitude and latitude');
  if (++found.count > mostPlaces) throw new Unreadable('file', `at most ${mostPlaces} positions`);
  return place;
}

function addRing(found: Found, places: readonly Place[]): void {
  const [first] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined || places.length < 3) return;
  const isClosed = first[0] === last[0] && first[1] === last[1];
  const ring = isClosed ? places : [...places, first];
  if (ring.length >= 4) found.rings.push(ring);
}

// ---- GeoJSON

function position(found: Found, value: Json): Place {
  const [lon, lat] = listAt(value, 'position');
  if (typeof lon !== 'number' || typeof lat !== 'number') throw new Unreadable('position', 'two numbers');
  return add(found, [lon, lat]);
}

/** \param depth  of lists around positions */
function positions(found: Found, value: Json, depth: number): Place[] {
  if (depth === 0) return [position(found, value)];
  return listAt(value, 'coordinates').flatMap((one) => positions(found, one, depth - 1));
}

const depths: Record<string, number> = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2 };

function addGeoJson(found: Found, value: Json, depth = 0): void {
  if (!isObject(value) || depth > 8) return;
  const within = value.features ?? value.geometries;
  if (Array.isArray(within)) within.forEach((one: Json) => addGeoJson(found, one, depth + 1));
  if (isObject(value.geometry)) addGeoJson(found, value.geometry, depth + 1);
  if (value.type === 'Polygon') addRing(found, positions(found, listAt(value.coordinates, 'coordinates')[0], 1));
  else if (value.type === 'MultiPolygon') {
    for (const polygon of listAt(value.coordinates, 'coordinates')) addRing(found, positions(found, listAt(polygon, 'polygon')[0], 1));
  } else if (typeof value.type === 'string' && value.type in depths) {
    for (const place of positions(found, value.coordinates, depths[value.type] ?? 0)) found.places.push(place);
  }
}

// ---- KML and GPX, whose elements are looked for as those of a page, which is not run

function tuples(found: Found, text: string): Place[] {
  return text.trim().split(/\s+/).filter((one) => one !== '').map((one) => {
    const [lon, lat] = one.split(',').map(Number);
    return add(found, [lon ?? NaN, lat ?? NaN]);
  });
}

function addXml(found: Found, text: string): void {
  const page = parsePage(text.replace(/<(\/?)[\w-]+:/g, '<$1'));
  for (const ring of page.querySelectorAll('polygon > outerboundaryis coordinates')) addRing(found, tuples(found, ring.textContent ?? ''));
  for (const line of page.querySelectorAll('coordinates')) {
    if (line.closest('polygon') === null) found.places.push(...tuples(found, line.textContent ?? ''));
  }
  for (const point of page.querySelectorAll('trkpt, rtept, wpt')) {
    found.places.push(add(found, [Number(point.getAttribute('lon') ?? NaN), Number(point.getAttribute('lat') ?? NaN)]));
  }
}

// ---- What is no area has one around it

function turn([ax, ay]: Place, [bx, by]: Place, [cx, cy]: Place): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

/** The convex ring around the places (Andrew); a small box if they have none. */
export function ringAround(places: readonly Place[]): Ring {
  const sorted = [...places].sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const half = (along: readonly Place[]) => {
    const out: Place[] = [];
    for (const place of along) {
      while (out.length >= 2 && turn(out.at(-2) as Place, out.at(-1) as Place, place) <= 0) out.pop();
      out.push(place);
    }
    return out.slice(0, -1);
  };
  const hull = [...half(sorted), ...half([...sorted].reverse())];
  const first = hull[0];
  if (first !== undefined && hull.length >= 3) return [...hull, first];
  const margin = 0.01; // degrees
  const [least, most] = [sorted[0] as Place, sorted.at(-1) as Place];
  const [west, east] = [Math.max(-180, least[0] - margin), Math.min(180, most[0] + margin)];
  const lats = sorted.map(([, lat]) => lat);
  const south = Math.max(-90, lats.reduce((a, b) => Math.min(a, b)) - margin);
  const north = Math.min(90, lats.reduce((a, b) => Math.max(a, b)) + margin);
  return [[west, south], [east, south], [east, north], [west, north], [west, south]];
}

/** The outer rings of its polygons; of lines and points, what is around all of them. */
export function readArea(text: string): Ring[] {
  const found: Found = { rings: [], places: [], count: 0 };
  if (/^\s*[[{]/.test(text)) addGeoJson(found, JSON.parse(text));
  else addXml(found, text);
  if (found.rings.length > 0) return found.rings;
  if (found.places.length === 0) throw new Unreadable('file', 'GeoJSON, KML or GPX with a place');
  return [ringAround(found.places)];
}
