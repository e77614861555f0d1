import { type Json, isObject, listAt, objectAt, optionalNumber, optionalText } from '../api/read';
import { type Box, middleOf, narrowBoxOf, type Place, type Polygon, readBox, ringOf, type Ring, type Shape, widthOf } from './shapes';

/** How a data set is shown: counted, as outlines, or as a place among others. */
export type FootprintClass = 'global' | 'regional' | 'point';

export interface Footprint {
  readonly id: string;
  readonly title: string;
  readonly class: FootprintClass;
  readonly shape: Shape;
  readonly box: Box;
}

const smallest = 0.05; // degrees; what is not wider is a place

function classOf(box: Box): FootprintClass {
  const width = widthOf(box);
  const height = box[3] - box[1];
  if (width >= 300 && height >= 120) return 'global';
  return width <= smallest && height <= smallest ? 'point' : 'regional';
}

/** `undefined` if there is nothing in `shape`. */
export function footprintOf(id: string, title: string, shape: Shape): Footprint | undefined {
  const box = narrowBoxOf(shape);
  return box && { id, title, class: classOf(box), shape, box };
}

/** "5,43,8,46;178,-20,-178,-15": boxes of a page, each across the antimeridian if its west is greater than its east. */
export function readBoxes(text: string): Shape {
  const points: Place[] = [];
  const polygons: Polygon[] = [];
  for (const part of text.split(';')) {
    const values = part.split(',').map(Number);
    const [lon, lat, east, north] = values;
    if (values.length === 4 && lon !== undefined && lat !== undefined && lon === east && lat === north) {
      if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) points.push([lon, lat]);
      continue;
    }
    const box = readBox(part);
    if (box === undefined) continue;
    const [west, south, eastern, northern] = box;
    const halves: Box[] = west <= eastern ? [box] : [[west, south, 180, northern], [-180, south, eastern, northern]];
    polygons.push(...halves.map((half) => [ringOf(half)]));
  }
  return { polygons, points };
}

function readPlace(value: Json): Place | undefined {
  if (!Array.isArray(value)) return undefined;
  const [lon, lat] = value as Json[];
  const fits = typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return fits ? [lon, lat] : undefined;
}

function readPlaces(value: Json): Place[] {
  return listAt(value, 'coordinates').map(readPlace).filter((place) => place !== undefined);
}

function readPolygon(value: Json): Polygon {
  return listAt(value, 'coordinates').map((ring): Ring => readPlaces(ring)).filter((ring) => ring.length >= 4);
}

/** GeoJSON as a shape; lines and what is no geometry have none. */
export function readShape(value: Json): Shape {
  const none: Shape = { polygons: [], points: [] };
  if (!isObject(value)) return none;
  switch (value.type) {
    case 'Point':
      return { polygons: [], points: readPlaces([value.coordinates]) };
    case 'MultiPoint':
      return { polygons: [], points: readPlaces(value.coordinates) };
    case 'Polygon':
      return { polygons: [readPolygon(value.coordinates)].filter((rings) => rings.length > 0), points: [] };
    case 'MultiPolygon':
      return { polygons: listAt(value.coordinates, 'coordinates').map(readPolygon).filter((rings) => rings.length > 0), points: [] };
    case 'GeometryCollection': {
      const parts = listAt(value.geometries, 'geometries').map(readShape);
      return { polygons: parts.flatMap(({ polygons }) => polygons), points: parts.flatMap(({ points }) => points) };
    }
    default:
      return none;
  }
}

/** So many data sets that they are only counted: how many have their middle near a place. */
export interface Cell {
  readonly place: Place;
  readonly count: number;
}

/** The cells of a GeoJSON FeatureCollection, which has no footprints then. */
export function readCells(answer: Json): Cell[] {
  return listAt(objectAt(answer, 'footprints').features, 'features').flatMap((feature) => {
    if (!isObject(feature) || feature.id !== undefined || !isObject(feature.properties)) return [];
    const count = optionalNumber(feature.properties.n);
    const box = narrowBoxOf(readShape(feature.geometry));
    return count === undefined || box === undefined ? [] : [{ place: middleOf(box), count }];
  });
}

/** A GeoJSON FeatureCollection; what has no place is left out. */
export function readFootprints(answer: Json): Footprint[] {
  return listAt(objectAt(answer, 'footprints').features, 'features').flatMap((feature) => {
    if (!isObject(feature)) return [];
    const id = optionalText(feature.id);
    if (id === undefined) return [];
    const properties = isObject(feature.properties) ? feature.properties : {};
    const footprint = footprintOf(id, optionalText(properties.t) ?? id, readShape(feature.geometry));
    return footprint === undefined ? [] : [footprint];
  });
}
