import OlMap from 'ol/Map';
import View from 'ol/View';
import Feature, { type FeatureLike } from 'ol/Feature';
import Zoom from 'ol/control/Zoom';
import { getArea, getCenter } from 'ol/extent';
import TopoJSON from 'ol/format/TopoJSON';
import MultiPoint from 'ol/geom/MultiPoint';
import MultiPolygon from 'ol/geom/MultiPolygon';
import Point from 'ol/geom/Point';
import Polygon from 'ol/geom/Polygon';
import { defaults as defaultInteractions } from 'ol/interaction/defaults';
import Draw, { createBox } from 'ol/interaction/Draw';
import Graticule from 'ol/layer/Graticule';
import VectorLayer from 'ol/layer/Vector';
import { getPointResolution, get as getProjection, transform } from 'ol/proj';
import Cluster from 'ol/source/Cluster';
import VectorSource from 'ol/source/Vector';
import Stroke from 'ol/style/Stroke';
import { fitted, flattened } from './clip';
import { type Colours, coloursAt } from './colours';
import type { Cell, Footprint } from './footprints';
import { joined } from './join';
import { kinds, type MapKind, makeKnown, type MapName, registerPlate } from './projections';
import { type Scale, scaleOf } from './scale';
import { type Box, boxOfPath, middleOf, type Place, type Polygon as Rings, type Ring, ringOf, widthOf, world } from './shapes';
import { clusterStyles, footprintStyle, landStyle, prepareFonts, zoneStyle } from './styles';

export interface ChartWords {
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly lang: string;
}

export interface Told {
  /** Under the pointer now; none if it has left all. */
  pointedAt(id: string | undefined): void;
  /** Asked for by a click, or Enter over the middle of the map. */
  chosen(ids: readonly string[]): void;
  drawn(box: Box): void;
  /** Closed. */
  outlined(ring: Ring): void;
  moved(scale: Scale): void;
}

const mostOutlines = 40; // as many can be told apart; the others are shown as places
const longestBar = 110; // pixels
const hit = 6; // pixels around the pointer
const stepsOfSide = 64; // of what is looked at, between which less than half of the world lies

/** The map itself: draws, and tells what is pointed at. Lives until `end`. */
export class Chart {
  readonly #target: HTMLElement;
  readonly #map: OlMap;
  readonly #told: Told;
  readonly #words: ChartWords;
  readonly #land = new VectorLayer({ source: new VectorSource() });
  #graticule = new Graticule();
  // The smallest last, so that it is on top.
  readonly #outlines = new VectorLayer({
    source: new VectorSource(),
    renderOrder: (one, other) => (other.get('area') as number) - (one.get('area') as number),
  });
  readonly #places = new VectorSource();
  readonly #clusters = new VectorLayer({ source: new Cluster({ source: this.#places, distance: 32, minDistance: 16 }) });
  readonly #zone = new VectorLayer({ source: new VectorSource() });
  #colours: Colours;
  #kind: MapKind = kinds.plate;
  #wanted: MapName = 'plate';
  #landShape: Rings[] = [];
  #footprints: readonly Footprint[] = [];
  #cells: readonly Cell[] = [];
  #numbers: ReadonlyMap<string, number> = new Map();
  #asked: Box | undefined;
  #area: readonly Ring[] = [];
  #on: string | undefined;
  #outlined: ReadonlySet<string> = new Set(); // ids of what is drawn so
  #placed: ReadonlySet<string> = new Set();
  #draw: Draw | undefined;
  #hasLooked = false;

  constructor(target: HTMLElement, words: ChartWords, told: Told) {
    registerPlate();
    prepareFonts();
    this.#target = target;
    this.#told = told;
    this.#words = words;
    this.#colours = coloursAt(target);
    this.#map = new OlMap({
      target,
      controls: [new Zoom({ zoomInTipLabel: words.zoomIn, zoomOutTipLabel: words.zoomOut })],
      // A page scrolls over its map; the map zooms by its buttons, by double click, by two fingers and with Ctrl.
      interactions: defaultInteractions({ mouseWheelZoom: true, onFocusOnly: true, altShiftDragRotate: false, pinchRotate: false }),
      layers: [this.#land, this.#graticule, this.#outlines, this.#clusters, this.#zone],
      keyboardEventTarget: target,
    });
    this.#map.on('moveend', () => this.#tellScale());
    this.#map.on('pointermove', (event) => {
      if (!event.dragging) told.pointedAt(this.#at(event.pixel)[0]);
    });
    this.#map.on('click', (event) => {
      if (this.#draw === undefined) told.chosen(this.#at(event.pixel));
    });
    target.addEventListener('pointerleave', () => told.pointedAt(undefined));
    target.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && event.target === target) told.chosen(this.#atMiddle());
      else if (event.key === 'Escape') this.endDrawing();
    });
    this.#restyle();
    this.#view(kinds.plate);
  }

  end(): void {
    this.#map.setTarget(undefined);
    this.#map.dispose();
  }

  // ---- What is shown

  /** The last that is asked for is shown; what its projection needs may have to be fetched. */
  async show(name: MapName): Promise<void> {
    this.#wanted = name;
    await makeKnown(kinds[name]);
    if (this.#wanted === name) this.#view(kinds[name]);
  }

  #view(kind: MapKind): void {
    this.#kind = kind;
    const { code, center, resolution, extent, isPlate } = this.#kind;
    this.#map.setView(new View({
      projection: code, center: [...center], resolution, extent: [...extent],
      minResolution: isPlate ? 0.0005 : 50, maxResolution: isPlate ? 1 : 40_000, showFullExtent: true, multiWorld: isPlate,
    }));
    this.#drawLand();
    this.#drawFootprints();
    this.#drawZone();
  }

  /** \param topology  TopoJSON with an object `land` */
  setLand(topology: object): void {
    const features = new TopoJSON({ layers: ['land'] }).readFeatures(topology);
    this.#landShape = flattened(features.flatMap((feature) => {
      const geometry = feature.getGeometry();
      return geometry instanceof MultiPolygon ? (geometry.getCoordinates() as unknown as Rings[]) : [];
    }));
    this.#drawLand();
  }

  /** A map of elsewhere over the land, which stays where that does not come. \param address  as `tileLayer` takes it */
  async showTiles(address: string): Promise<void> {
    const { bindTiles, tileLayer } = await import('./tiles');
    bindTiles();
    this.#map.getLayers().insertAt(1, tileLayer(address));
  }

  /** \param numbers  of those that the page lists, from 1 */
  setFootprints(footprints: readonly Footprint[], cells: readonly Cell[], numbers: ReadonlyMap<string, number>): void {
    this.#footprints = footprints;
    this.#cells = cells;
    this.#numbers = numbers;
    this.#drawFootprints();
    if (footprints.length > 0) this.#map.once('rendercomplete', () => this.#lookOnce());
  }

  /** While nobody waits: the first look at what is under the pointer takes a tenth of a second, and all later ones use what it made. */
  #lookOnce(): void {
    if (this.#hasLooked) return;
    const later = globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 500));
    later(() => {
      const [outline] = this.#outlines.getSource()?.getFeatures() ?? [];
      const extent = outline?.getGeometry()?.getExtent();
      if (extent === undefined || this.#map.getTarget() === undefined) return;
      const pixel = this.#map.getPixelFromCoordinate(getCenter(extent));
      if (pixel !== null) this.#hasLooked = this.#at(pixel).length > 0;
    });
  }

  /** \param outline  rings that are asked for, in the place of a box */
  setZone(box: Box | undefined, outline: readonly Ring[]): void {
    this.#asked = box;
    this.#area = outline;
    this.#drawZone();
  }

  pointAt(id: string | undefined): void {
    if (this.#on === id) return;
    const among = (drawn: ReadonlySet<string>) => [this.#on, id].some((one) => one !== undefined && drawn.has(one));
    const [changesOutlines, changesPlaces] = [among(this.#outlined), among(this.#placed)];
    this.#on = id;
    // To draw a layer takes its time: of what is not in it, none.
    if (changesOutlines) this.#outlines.changed();
    if (changesPlaces) this.#clusters.changed();
  }

  recolour(): void {
    this.#colours = coloursAt(this.#target);
    this.#restyle();
  }

  /** So that all that is asked for, or else all that is drawn, can be seen. */
  fit(): void {
    const drawn = this.#outlines.getSource()?.getExtent() ?? null;
    const zone = this.#zone.getSource()?.getExtent() ?? null;
    const extent = this.#asked === undefined && this.#area.length === 0 ? drawn : zone;
    if (extent === null || !extent.every(Number.isFinite)) return;
    this.#map.getView().fit(extent, { padding: [24, 24, 24, 24], minResolution: this.#kind.isPlate ? 0.01 : 500 });
  }

  // ---- What is asked

  /** What can be seen of the world now. */
  box(): Box {
    return this.#boxOf(this.#map.getView().calculateExtent(this.#map.getSize()));
  }

  startDrawing(): void {
    this.endDrawing();
    const draw = new Draw({ type: 'Circle', geometryFunction: createBox() });
    draw.on('drawend', ({ feature }) => {
      const extent = feature.getGeometry()?.getExtent();
      if (extent !== undefined) this.#told.drawn(this.#boxOf(extent));
      // Not within the event: the interaction has not ended it yet.
      queueMicrotask(() => this.endDrawing());
    });
    this.#begin(draw);
  }

  /** Corner by corner, until the first one is met again or the last is clicked twice. */
  startOutlining(): void {
    this.endDrawing();
    const draw = new Draw({ type: 'Polygon', stopClick: true });
    draw.on('drawend', ({ feature }) => {
      const geometry = feature.getGeometry()?.clone().transform(this.#kind.code, 'EPSG:4326');
      if (geometry instanceof Polygon) {
        const [ring = []] = geometry.getCoordinates();
        this.#told.outlined(ring.map(([lon = 0, lat = 0]): Place => [lon, Math.min(90, Math.max(-90, lat))]));
      }
      queueMicrotask(() => this.endDrawing());
    });
    this.#begin(draw);
  }

  #begin(draw: Draw): void {
    this.#draw = draw;
    this.#map.addInteraction(draw);
  }

  endDrawing(): void {
    if (this.#draw !== undefined) this.#map.removeInteraction(this.#draw);
    this.#draw = undefined;
  }

  #boxOf([left = 0, bottom = 0, right = 0, top = 0]: number[]): Box {
    const steps = Array.from({ length: stepsOfSide }, (_, step) => step / stepsOfSide);
    const between = (from: number, to: number) => steps.map((share) => from + (to - from) * share);
    const path = [
      ...between(left, right).map((x) => [x, bottom]), ...between(bottom, top).map((y) => [right, y]),
      ...between(right, left).map((x) => [x, top]), ...between(top, bottom).map((y) => [left, y]),
    ].map((at): Place => {
      const [lon = 0, lat = 0] = transform(at, this.#kind.code, 'EPSG:4326');
      return [lon, lat];
    });
    const [west, south, east, north] = boxOfPath(path) ?? world;
    const [, least, , most] = this.#kind.window;
    const clamped = (lat: number) => Math.min(Math.max(lat, least), most);
    return [west, clamped(south), east, clamped(north)];
  }

  #at(pixel: number[]): string[] {
    const ids = new Set<string>();
    this.#map.forEachFeatureAtPixel(pixel, (feature) => {
      const members = feature.get('features') as Feature[] | undefined;
      for (const member of members ?? [feature]) {
        const id = member.getId() ?? (member.get('id') as unknown);
        if (typeof id === 'string') ids.add(id);
      }
    }, { hitTolerance: hit, layerFilter: (layer) => layer === this.#outlines || layer === this.#clusters });
    return [...ids];
  }

  #atMiddle(): string[] {
    const center = this.#map.getView().getCenter();
    return center === undefined ? [] : this.#at(this.#map.getPixelFromCoordinate(center));
  }

  #tellScale(): void {
    const view = this.#map.getView();
    const center = view.getCenter();
    const resolution = view.getResolution();
    if (center === undefined || resolution === undefined) return;
    const projection = getProjection(this.#kind.code);
    if (projection === null) return;
    const metres = getPointResolution(projection, resolution, center, 'm');
    this.#told.moved(scaleOf(metres, longestBar, this.#words.lang));
  }

  // ---- Drawing

  #restyle(): void {
    const colours = this.#colours;
    this.#target.style.backgroundColor = colours.sea;
    this.#land.setStyle(landStyle(colours));
    this.#outlines.setStyle((feature) => footprintStyle(colours, feature, this.#isWide(feature), feature.getId() === this.#on));
    const styleOf = clusterStyles(colours);
    this.#clusters.setStyle((feature) => styleOf(feature, this.#on));
    this.#zone.setStyle(zoneStyle(colours));
    // Its colour cannot be changed.
    const layers = this.#map.getLayers();
    layers.remove(this.#graticule);
    this.#graticule = new Graticule({ strokeStyle: new Stroke({ color: colours.graticule, width: 0.7 }), intervals: [90, 45, 30, 20, 10, 5, 2, 1, 0.5] });
    layers.insertAt(layers.getArray().indexOf(this.#outlines), this.#graticule);
  }

  #isWide(outline: FeatureLike): boolean {
    return (outline.get('area') as number) > getArea(this.#map.getView().calculateExtent(this.#map.getSize())) / 2;
  }

  #areas(polygons: readonly Rings[]): MultiPolygon {
    const { isPlate, window, code } = this.#kind;
    const shown = isPlate ? polygons : fitted(polygons, window);
    if (!isPlate && widthOf(window) === 360) {
      const project = (place: Place): [number, number] => {
        const [x = 0, y = 0] = transform([...place], 'EPSG:4326', code);
        return [x, y];
      };
      return new MultiPolygon(joined(shown, project) as unknown as number[][][][]);
    }
    const geometry = new MultiPolygon(shown as unknown as number[][][][]);
    geometry.transform('EPSG:4326', code);
    return geometry;
  }

  #place([lon, lat]: Place): number[] | undefined {
    const [west, south, east, north] = this.#kind.window;
    const isShown = lon >= west && lon <= east && lat >= south && lat <= north;
    return isShown ? transform([lon, lat], 'EPSG:4326', this.#kind.code) : undefined;
  }

  #drawLand(): void {
    const source = this.#land.getSource();
    source?.clear();
    source?.addFeature(new Feature(this.#areas(this.#landShape)));
  }

  #drawFootprints(): void {
    const outlines: Feature[] = [];
    const places: Feature[] = [];
    const addPlace = (id: string, place: Place) => {
      const at = this.#place(place);
      if (at !== undefined) places.push(new Feature({ geometry: new Point(at), id }));
    };
    for (const { place, count } of this.#cells) {
      const at = this.#place(place);
      if (at !== undefined) places.push(new Feature({ geometry: new Point(at), count }));
    }
    for (const footprint of this.#footprints) {
      if (footprint.class === 'global') continue;
      for (const place of footprint.shape.points) addPlace(footprint.id, place);
      if (footprint.shape.polygons.length === 0) continue;
      if (outlines.length >= mostOutlines || footprint.class === 'point') addPlace(footprint.id, middleOf(footprint.box));
      else outlines.push(this.#outline(footprint));
    }
    this.#outlines.getSource()?.clear();
    this.#outlines.getSource()?.addFeatures(outlines);
    this.#places.clear();
    this.#places.addFeatures(places);
    this.#outlined = new Set(outlines.map((outline) => String(outline.getId())));
    this.#placed = new Set(places.map((place) => place.get('id') as string | undefined).filter((id) => id !== undefined));
  }

  #outline({ id, shape, title }: Footprint): Feature {
    const geometry = this.#areas(shape.polygons);
    const feature = new Feature({ geometry, title, area: geometry.getArea(), number: this.#numbers.get(id) });
    feature.setId(id);
    return feature;
  }

  #drawZone(): void {
    const source = this.#zone.getSource();
    source?.clear();
    if (this.#area.length > 0) {
      source?.addFeature(new Feature(this.#areas(flattened(this.#area.map((ring) => [ring])))));
    }
    if (this.#asked === undefined) return;
    const [west, south, east, north] = this.#asked;
    const halves: readonly Rings[] = west <= east
      ? [[ringOf(this.#asked)]]
      : [[ringOf([west, south, 180, north])], [ringOf([-180, south, east, north])]];
    const corners = widthOf(this.#asked) === 360 ? [] : ringOf(this.#asked).slice(1);
    const handles = corners.map((corner) => this.#place(corner)).filter((at) => at !== undefined);
    source?.addFeatures([new Feature(this.#areas(halves)), new Feature(new MultiPoint(handles))]);
  }
}
