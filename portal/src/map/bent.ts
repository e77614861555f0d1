import { get } from 'ol/proj';
import { register } from 'ol/proj/proj4';
import proj4 from 'proj4';
import { kinds } from './projections';

const definitions: readonly (readonly [string, string])[] = [
  ['EPSG:2154', '+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m +no_defs'],
  ['EPSG:3413', '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs'],
  ['EPSG:3995', '+proj=stere +lat_0=90 +lat_ts=71 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs'],
  ['EPSG:3031', '+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs'],
];

/** Projections whose meridians are not parallel. */
export function registerBent(): void {
  proj4.defs(definitions.map(([code, text]) => [code, text] as [string, string]));
  register(proj4);
  for (const { code, extent, window } of Object.values(kinds)) {
    const projection = get(code);
    projection?.setExtent([...extent]);
    projection?.setWorldExtent([...window]);
  }
}
