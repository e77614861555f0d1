import type { Words } from '../words/words';

export interface PanelProps {
  /** What the page declares: `data-footprints`, `data-zone`, `data-area`, `data-datasets`. */
  place: HTMLElement;
  words: Words;
}

/** The field of the form that holds the area of the question, if areas can be asked for. */
export function zoneField(place: HTMLElement): HTMLInputElement | undefined {
  const field = document.getElementById(place.dataset.zone ?? '');
  return field instanceof HTMLInputElement && field.form !== null ? field : undefined;
}

/** The field of the form that holds the outline of the question, if outlines can be asked for. */
export function areaField(place: HTMLElement): HTMLInputElement | undefined {
  const field = document.getElementById(place.dataset.area ?? '');
  return field instanceof HTMLInputElement && field.form !== null ? field : undefined;
}

/** Asks the page's question with this box, or this outline, or with neither. */
export function askZone(place: HTMLElement, box: string, outline = ''): void {
  const field = zoneField(place);
  const other = areaField(place);
  if (field === undefined) return;
  field.value = box;
  if (other !== undefined) other.value = outline;
  field.form?.requestSubmit();
}
