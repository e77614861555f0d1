import { addCoordinateTransforms, addProjection, get, Projection } from 'ol/proj';
import { type Box, world } from './shapes';

export const mapNames = ['plate', 'lambert93', 'arctic', 'arctic-wide', 'antarctic'] as const;
export type MapName = (typeof mapNames)[number];

export interface MapKind {
  readonly code: string;
  /** What it can show, in degrees. */
  readonly window: Box;
  /** Whether meridians and parallels are straight and at right angles. */
  readonly isPlate: boolean;
  readonly center: readonly [number, number];
  readonly resolution: number;
  readonly extent: readonly [number, number, number, number];
}

// Degrees of the equator; a degree of latitude is as long as one of longitude at 40°.
const shrink = Math.cos((40 * Math.PI) / 180);
const plate = 'TERRACAT:PLATE';

export const kinds: Record<MapName, MapKind> = {
  plate: { code: plate, window: world, isPlate: true, center: [0, 15], resolution: 0.65, extent: [-180 * shrink, -90, 180 * shrink, 90] },
  lambert93: {
    code: 'EPSG:2154', window: [-30, 25, 40, 70], isPlate: false, center: [700_000, 6_600_000], resolution: 3000,
    extent: [-1_500_000, 4_500_000, 2_800_000, 8_800_000],
  },
  arctic: {
    code: 'EPSG:3413', window: [-180, 45, 180, 90], isPlate: false, center: [0, 0], resolution: 20_000,
    extent: [-5_500_000, -5_500_000, 5_500_000, 5_500_000],
  },
  'arctic-wide': {
    code: 'EPSG:3995', window: [-180, 45, 180, 90], isPlate: false, center: [0, 0], resolution: 20_000,
    extent: [-5_500_000, -5_500_000, 5_500_000, 5_500_000],
  },
  antarctic: {
    code: 'EPSG:3031', window: [-180, -90, 180, -45], isPlate: false, center: [0, 0], resolution: 20_000,
    extent: [-5_500_000, -5_500_000, 5_500_000, 5_500_000],
  },
};

/** What needs no library; may be called again. */
export function registerPlate(): void {
  if (get(plate) !== null) return;
  addProjection(new Projection({ code: plate, units: 'degrees', extent: [...kinds.plate.extent], global: true, worldExtent: [...world] }));
  addCoordinateTransforms(
    'EPSG:4326', plate,
    ([lon = 0, lat = 0]) => [lon * shrink, lat],
    ([x = 0, y = 0]) => [x / shrink, y],
  );
}

/** Makes the code of `kind` known to OpenLayers, if need be with a library that is fetched now. */
export async function makeKnown(kind: MapKind): Promise<void> {
  if (get(kind.code) === null) (await import('./bent')).registerBent();
}
