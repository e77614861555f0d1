import { describe, expect, test } from 'vitest';
import { areaOfFile } from '../src/area/file';
import { readArea, ringAround } from '../src/area/read';
import { addressOfArea, simplifiedRing } from '../src/area/simplify';
import { areaText, readAreaText } from '../src/area/text';
import type { Ring } from '../src/map/shapes';

const triangle: Ring = [[5, 43], [8, 43], [8, 46], [5, 43]];

describe('an area in an address', () => {
  test('is its corners, each once', () => {
    expect(areaText([triangle])).toBe('5_43_8_43_8_46');
    expect(areaText([triangle, [[-1, 2], [0, 2], [0, 3.25], [-1, 2]]])).toBe('5_43_8_43_8_46__-1_2_0_2_0_3.25');
  });

  test.each(['5_43_8_43_8_46', '5 43, 8 43, 8 46', '5,43 8,43 8,46'])('"%s" is read', (text) => {
    expect(readAreaText(text)).toEqual([triangle]);
  });

  test.each(['', '5_43_8_43', '5_43_8_43_8', 'a_b_c_d_e_f', '5_43_8_43_8_46__'])('"%s" is none', (text) => {
    expect(readAreaText(text)).toBeUndefined();
  });

  test('is as exact as its map', () => {
    const near: Ring = [[5.123456, 43], [5.5, 43], [5.5, 43.5], [5.123456, 43]];
    const wide: Ring = [[-100.123456, 0], [50, 0], [50, 40], [-100.123456, 0]];
    expect(areaText([near])).toMatch(/^5\.1235_43_/);
    expect(areaText([wide])).toMatch(/^-100\.12_0_/);
  });
});

describe('a ring is simplified', () => {
  test('to what is off its lines', () => {
    const ring: Ring = [[0, 0], [1, 0.001], [2, 0], [2, 2], [1, 2.2], [0, 2], [0, 0]];
    expect(simplifiedRing(ring, 0.01)).toEqual([[0, 0], [2, 0], [2, 2], [1, 2.2], [0, 2], [0, 0]]);
    expect(simplifiedRing(ring, 10)).toEqual([]);
  });

  test('until it fits into an address, and stays where it was', () => {
    const circle: Ring = Array.from({ length: 100_001 }, (_, at) => {
      const angle = ((at % 100_000) / 100_000) * 2 * Math.PI;
      return [2 + Math.cos(angle), 45 + Math.sin(angle)] as const;
    });
    const text = addressOfArea([circle]);
    expect(text.length).toBeLessThanOrEqual(6000);
    const [ring = []] = readAreaText(text) ?? [];
    expect(ring.length).toBeGreaterThan(100);
    expect(ring.length).toBeLessThanOrEqual(1001);
    for (const [lon, lat] of ring) expect(Math.hypot(lon - 2, lat - 45)).toBeCloseTo(1, 2);
  });

  test('to its largest rings', () => {
    const rings = Array.from({ length: 30 }, (_, at): Ring => [[at, 0], [at + 0.1 + at / 100, 0], [at, 1], [at, 0]]);
    const read = readAreaText(addressOfArea(rings)) ?? [];
    expect(read.length).toBe(20);
    expect(read[0]?.[0]).toEqual([29, 0]);
  });
});

describe('a file is read', () => {
  const collection = (geometry: object) => JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] });

  test('if it is GeoJSON', () => {
    const hole = [[6, 43.2], [7, 43.2], [7, 43.5], [6, 43.2]];
    expect(readArea(collection({ type: 'Polygon', coordinates: [triangle, hole] }))).toEqual([triangle]);
    expect(readArea(JSON.stringify({ type: 'MultiPolygon', coordinates: [[triangle], [triangle]] }))).toEqual([triangle, triangle]);
    expect(readArea(JSON.stringify({ type: 'GeometryCollection', geometries: [{ type: 'Polygon', coordinates: [triangle] }] }))).toEqual([triangle]);
  });

  test('if it is KML, whatever its prefixes', () => {
    for (const prefix of ['', 'kml:']) {
      const kml = `<?xml version="1.0"?><${prefix}kml xmlns="http://www.opengis.net/kml/2.2"><${prefix}Placemark><${prefix}name><![CDATA[a <b>]]></${prefix}name><${prefix}Polygon><${prefix}outerBoundaryIs><${prefix}LinearRing><${prefix}coordinates>
        5,43,0 8,43,0
        8,46,0 5,43,0</${prefix}coordinates></${prefix}LinearRing></${prefix}outerBoundaryIs><${prefix}innerBoundaryIs><${prefix}LinearRing><${prefix}coordinates>6,44 7,44 7,45 6,44</${prefix}coordinates></${prefix}LinearRing></${prefix}innerBoundaryIs></${prefix}Polygon></${prefix}Placemark></${prefix}kml>`;
      expect(readArea(kml)).toEqual([triangle]);
    }
  });

  test('if it is GPX: what is around the track', () => {
    const points = [[5, 43], [6, 43.2], [8, 43], [8, 46]].map(([lon, lat]) => `<trkpt lat="${lat}" lon="${lon}"><ele>3</ele></trkpt>`);
    const [ring = []] = readArea(`<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`);
    expect(ring).toEqual(triangle);
  });

  test('to a small box, if there is but one place', () => {
    expect(readArea(collection({ type: 'Point', coordinates: [5, 43] }))[0]?.length).toBe(5);
    expect(ringAround([[5, 43], [6, 44]])[0]).toEqual([4.99, 42.99]);
  });

  test.each([
    ['no place', collection({ type: 'Polygon', coordinates: [] })],
    ['places in metres', collection({ type: 'Point', coordinates: [652000, 6862000] })],
    ['texts for numbers', collection({ type: 'Point', coordinates: ['5', '43'] })],
    ['no JSON', '{"type":'],
    ['no place in XML', '<kml></kml>'],
    ['a track without longitudes', '<gpx><trkpt lat="3"></trkpt></gpx>'],
    ['anything else', 'hello'],
  ])('but not %s', (_, text) => {
    expect(() => readArea(text)).toThrow();
  });

  test('no larger than can be read at once', async () => {
    await expect(areaOfFile({ size: 10_000_001 } as Blob)).rejects.toThrow('at most');
    await expect(areaOfFile(new Blob([JSON.stringify({ type: 'Polygon', coordinates: [triangle] })]))).resolves.toBe('5_43_8_43_8_46');
  });
});
