import type { Place, Ring } from '../map/shapes';

// An area in an address: "5_43_8_43_8_46__…", longitude and latitude of each corner, a ring behind another.

/** As many corners does the program read; more than that in an address is too long for some proxies. */
export const mostCorners = 1000;
export const longestText = 6000;
export const mostRings = 20;

/** As exact as can be seen on a map of that extent. */
function digitsFor(extent: number): number {
  if (extent > 20) return 2;
  return extent > 2 ? 3 : 4;
}

export function extentOf(rings: readonly Ring[]): number {
  const lons = rings.flatMap((ring) => ring.map(([lon]) => lon));
  const lats = rings.flatMap((ring) => ring.map(([, lat]) => lat));
  const range = (values: number[]) => values.reduce((most, value) => Math.max(most, value), -Infinity)
    - values.reduce((least, value) => Math.min(least, value), Infinity);
  return lons.length === 0 ? 0 : Math.max(range(lons), range(lats));
}

/** Closed rings, each without the corner that comes again. */
export function areaText(rings: readonly Ring[]): string {
  const digits = digitsFor(extentOf(rings));
  const number = (value: number) => String(Number(value.toFixed(digits)));
  return rings.map((ring) => ring.slice(0, -1).map(([lon, lat]) => `${number(lon)}_${number(lat)}`).join('_')).join('__');
}

/** Closed rings; `undefined` for what is no area. */
export function readAreaText(text: string): Ring[] | undefined {
  const rings: Ring[] = [];
  for (const part of text.split(/__|;/)) {
    const values = part.split(/[\s,_]+/).filter((one) => one !== '').map(Number);
    if (values.length < 6 || values.length % 2 !== 0 || !values.every(Number.isFinite)) return undefined;
    const places: Place[] = [];
    for (let at = 0; at + 1 < values.length; at += 2) places.push([values[at] ?? 0, values[at + 1] ?? 0]);
    const [first] = places;
    if (first === undefined) return undefined;
    rings.push([...places, first]);
  }
  return rings.length > 0 ? rings : undefined;
}
