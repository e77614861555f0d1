/** Longitude and latitude, in degrees. */
export type Place = readonly [lon: number, lat: number];
export type Ring = readonly Place[];
/** Outer ring, then holes. */
export type Polygon = readonly Ring[];

/** What a data set covers: areas, or places that have none. */
export interface Shape {
  readonly polygons: readonly Polygon[];
  readonly points: readonly Place[];
}

/** West, south, east, north, in degrees; west is greater than east across the antimeridian. */
export type Box = readonly [west: number, south: number, east: number, north: number];

export const world: Box = [-180, -90, 180, 90];

/** The box around `shape`; `undefined` if there is nothing in it. One side of the antimeridian or the other is not guessed. */
export function boxOf({ polygons, points }: Shape): Box | undefined {
  let box: [number, number, number, number] | undefined;
  for (const [lon, lat] of [...polygons.flatMap(([outer]) => outer ?? []), ...points]) {
    if (box === undefined) box = [lon, lat, lon, lat];
    else box = [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)];
  }
  return box;
}

/** "5.12,43,8,46.5": what a search takes as `bbox`, rounded outwards to what can be seen. */
export function boxText([west, south, east, north]: Box): string {
  const width = east < west ? east - west + 360 : east - west;
  const digits = Math.max(width, north - south) > 20 ? 1 : 2;
  const unit = 10 ** digits;
  const down = (value: number) => Math.floor(value * unit) / unit;
  const up = (value: number) => Math.ceil(value * unit) / unit;
  return [down(west), down(south), up(east), up(north)].join(',');
}

export function readBox(text: string): Box | undefined {
  const values = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [west, south, east, north] = values;
  if (values.length !== 4 || west === undefined || south === undefined || east === undefined || north === undefined) return undefined;
  const fits = values.every(Number.isFinite) && Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90 && south < north && west !== east;
  return fits ? [west, south, east, north] : undefined;
}

export function ringOf([west, south, east, north]: Box): Ring {
  return [[west, south], [east, south], [east, north], [west, north], [west, south]];
}
