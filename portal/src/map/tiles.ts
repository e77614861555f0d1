import TileLayer from 'ol/layer/Tile';
import XYZ from 'ol/source/XYZ';
import { addCoordinateTransforms } from 'ol/proj';
import { kinds } from './projections';

const radius = 6_378_137; // of the sphere of EPSG:3857, in metres
const toRadians = Math.PI / 180;
/** As far from the equator as its square reaches. */
const most = 85.06;

/** What lies between the tiles' own map and the sheet, which OpenLayers does not find out by itself. */
export function bindTiles(): void {
  const [, , right] = kinds.plate.extent;
  const shrink = right / 180;
  addCoordinateTransforms(
    'EPSG:3857', kinds.plate.code,
    ([x = 0, y = 0]) => [(x / radius / toRadians) * shrink, (2 * Math.atan(Math.exp(y / radius)) - Math.PI / 2) / toRadians],
    ([x = 0, y = 0]) => [(x / shrink) * toRadians * radius, Math.log(Math.tan(Math.PI / 4 + (Math.min(Math.max(y, -most), most) * toRadians) / 2)) * radius],
  );
}

/** \param address  of tiles of EPSG:3857, with {z}, {x} and {y} (or {-y}), on a host that the pages' policy allows */
export function tileLayer(address: string): TileLayer<XYZ> {
  return new TileLayer({ source: new XYZ({ url: address, transition: 0 }) });
}
