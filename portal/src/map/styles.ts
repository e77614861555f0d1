import type { FeatureLike } from 'ol/Feature';
import MultiPolygon from 'ol/geom/MultiPolygon';
import Point from 'ol/geom/Point';
import { textHeights } from 'ol/render/canvas';
import CircleStyle from 'ol/style/Circle';
import Fill from 'ol/style/Fill';
import RegularShape from 'ol/style/RegularShape';
import Stroke from 'ol/style/Stroke';
import Style from 'ol/style/Style';
import Text from 'ol/style/Text';
import type { Colours } from './colours';

const font = '650 12px system-ui, sans-serif';
const lineHeight = 15; // of `font`, in pixels

/** OpenLayers would measure the height of a font with `innerHTML`, which the pages' policy forbids: it is told instead. */
export function prepareFonts(): void {
  (textHeights as Record<string, number>)[font] = lineHeight;
}

export function landStyle({ land, coast }: Colours): Style {
  return new Style({ fill: new Fill({ color: land }), stroke: new Stroke({ color: coast, width: 0.7 }) });
}

/** A square with the number that the list gives, at the middle of the largest part. */
function tagStyle(colours: Colours, geometry: MultiPolygon, number: number, isOn: boolean): Style {
  const largest = geometry.getPolygons().reduce((one, other) => (other.getArea() > one.getArea() ? other : one));
  return new Style({
    geometry: new Point(largest.getInteriorPoint().getCoordinates()),
    text: new Text({
      text: String(number),
      font,
      fill: new Fill({ color: isOn ? colours['on-hand'] : colours.ink }),
      backgroundFill: new Fill({ color: isOn ? colours.hand : colours.surface }),
      backgroundStroke: new Stroke({ color: isOn ? colours.hand : colours.ink, width: 1 }),
      padding: [2, 4, 1, 5],
    }),
    zIndex: 2,
  });
}

/** \param isWide  it covers most of what is shown: dashes, without anything that would lie over all else */
export function footprintStyle(colours: Colours, feature: FeatureLike, isWide: boolean, isOn: boolean): Style[] {
  const number = feature.get('number') as number | undefined;
  const geometry = feature.getGeometry();
  const styles = [new Style({
    ...(!isWide && { fill: new Fill({ color: isOn ? colours['hand-fill'] : colours['ink-fill'] }) }),
    stroke: new Stroke({ color: isOn ? colours.hand : colours.ink, width: isOn ? 2.6 : 1.6, lineJoin: 'round', ...(isWide && { lineDash: [5, 3] }) }),
    ...(isOn && { zIndex: 1 }),
  })];
  if (number !== undefined && geometry instanceof MultiPolygon && geometry.getPolygons().length > 0) {
    styles.push(tagStyle(colours, geometry, number, isOn));
  }
  return styles;
}

/** What a cluster stands for. Its members do not change: it is made anew with them. */
interface Members {
  readonly ids: ReadonlySet<string>;
  readonly count: number;
}

const known = new WeakMap<FeatureLike, Members>();

function membersOf(cluster: FeatureLike): Members {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const members = cluster.get('features') as FeatureLike[];
  const counted = members.reduce((sum, member) => sum + ((member.get('count') as number | undefined) ?? 0), 0);
  const ids = new Set(members.map((member) => member.get('id') as string | undefined).filter((id) => id !== undefined));
  const made = { ids, count: counted + ids.size };
  known.set(cluster, made);
  return made;
}

/** Styles of clusters in these colours: each is drawn once, however many clusters look alike and however often they are shown. */
export function clusterStyles(colours: Colours): (cluster: FeatureLike, on: string | undefined) => Style {
  const made = new Map<string, Style>();
  return (cluster, on) => {
    const { ids, count } = membersOf(cluster);
    const isOn = on !== undefined && ids.has(on);
    const name = `${count}${isOn ? '+' : ''}`;
    const style = made.get(name) ?? clusterStyle(colours, count, isOn);
    made.set(name, style);
    return style;
  };
}

/** One place as a dot, several as a disc with their number. */
function clusterStyle(colours: Colours, count: number, isOn: boolean): Style {
  const fill = new Fill({ color: isOn ? colours.hand : colours.ink });
  const stroke = new Stroke({ color: colours.surface, width: 1.5 });
  if (count === 1) return new Style({ image: new CircleStyle({ radius: 5, fill, stroke }) });
  const radius = Math.min(10 + Math.log2(count), 22);
  return new Style({
    image: new CircleStyle({ radius, fill, stroke }),
    text: new Text({ text: String(count), font, fill: new Fill({ color: isOn ? colours['on-hand'] : colours.paper }) }),
  });
}

/** The area that is asked for: dashes, with its corners. */
export function zoneStyle({ hand, surface }: Colours): Style {
  return new Style({
    stroke: new Stroke({ color: hand, width: 2, lineDash: [7, 4] }),
    image: new RegularShape({ points: 4, radius: 6, angle: Math.PI / 4, fill: new Fill({ color: surface }), stroke: new Stroke({ color: hand, width: 2 }) }),
  });
}
