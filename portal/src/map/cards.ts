import { type Footprint, footprintOf, readBoxes } from './footprints';

// The results that the page lists: elements with `data-record`, the first link in each is its data set's.

export function cards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-record]')];
}

export function idOf(card: HTMLElement): string {
  return card.dataset.record ?? '';
}

export function cardOf(id: string): HTMLElement | undefined {
  return cards().find((card) => idOf(card) === id);
}

export function linkOf(card: HTMLElement): HTMLAnchorElement | null {
  return card.querySelector('a');
}

/** Those of the cards that say where they are. */
export function footprintsOfCards(): Footprint[] {
  return cards().flatMap((card) => {
    const title = linkOf(card)?.textContent?.trim() ?? idOf(card);
    const footprint = footprintOf(idOf(card), title, readBoxes(card.dataset.bbox ?? ''));
    return footprint === undefined ? [] : [footprint];
  });
}
