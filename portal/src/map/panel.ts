import type { Words } from '../words/words';

export interface PanelProps {
  /** What the page declares: `data-footprints`, `data-zone`, `data-datasets`. */
  place: HTMLElement;
  words: Words;
}

/** The field of the form that holds the area of the question, if areas can be asked for. */
export function zoneField(place: HTMLElement): HTMLInputElement | undefined {
  const field = document.getElementById(place.dataset.zone ?? '');
  return field instanceof HTMLInputElement && field.form !== null ? field : undefined;
}

/** Asks the page's question with this area, or with none. */
export function askZone(place: HTMLElement, box: string): void {
  const field = zoneField(place);
  if (field === undefined) return;
  field.value = box;
  field.form?.requestSubmit();
}
