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

/** How wide `box` is, in degrees. */
export function widthOf([west, , east]: Box): number {
  return east < west ? east - west + 360 : east - west;
}

/** A longitude from -180 up to 180. */
export function around(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}

export function middleOf(box: Box): Place {
  const [west, south, , north] = box;
  return [around(west + widthOf(box) / 2), (south + north) / 2];
}

/** The box around `shape`, across the antimeridian if it was cut there and there is a gap elsewhere. */
export function narrowBoxOf(shape: Shape): Box | undefined {
  const box = boxOf(shape);
  if (box?.[0] !== -180 || box[2] !== 180) return box;
  const parts = shape.polygons.map((rings) => boxOf({ polygons: [rings], points: [] })).filter((part) => part !== undefined);
  const spans = [...parts.map(([west, , east]) => [west, east] as const), ...shape.points.map(([lon]) => [lon, lon] as const)]
    .sort(([one], [other]) => one - other);
  let reached = -180;
  let gap: readonly [from: number, to: number] = [-180, -180];
  for (const [west, east] of spans) {
    if (west - reached > gap[1] - gap[0]) gap = [reached, west];
    reached = Math.max(reached, east);
  }
  return gap[1] > gap[0] ? [gap[1], box[1], gap[0], box[3]] : box;
}

/**
 * The box around a closed path over the earth, with places so near to each other that less than half a turn is between
 * them. Around a pole it reaches that pole.
 */
export function boxOfPath(path: readonly Place[]): Box | undefined {
  const first = path[0];
  if (first === undefined) return undefined;
  let [lon] = first;
  let [west, south, east, north] = [lon, first[1], lon, first[1]];
  for (const [next, lat] of [...path.slice(1), first]) {
    const step = around(next - lon);
    lon += step;
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  if (Math.abs(lon - first[0]) > 180) return south + north > 0 ? [-180, south, 180, 90] : [-180, -90, 180, north];
  if (east - west >= 360) return [-180, south, 180, north];
  const eastern = around(east);
  return [around(west), south, eastern === -180 ? 180 : eastern, north];
}

/** "5.12,43,8,46.5": what a search takes as `bbox`, rounded outwards to what can be seen. */
export function boxText(box: Box): string {
  const [west, south, east, north] = box;
  const digits = Math.max(widthOf(box), north - south) > 20 ? 1 : 2;
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
