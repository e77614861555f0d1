/** Told on an element that is kept while the page changes, after its attributes have changed. */
export const changed = 'terracat:changed';

export interface Places {
  readonly leaving: (region: Element) => void;
  readonly arrived: (region: HTMLElement) => void;
}

function regionsOf(page: Document): Map<string, HTMLElement> {
  const all = [...page.querySelectorAll<HTMLElement>('[data-region]')];
  return new Map(all.map((region) => [region.dataset.region ?? '', region]));
}

function takeAttributes(kept: Element, come: Element): void {
  for (const { name } of [...kept.attributes]) {
    if (name.startsWith('data-') && !come.hasAttribute(name)) kept.removeAttribute(name);
  }
  for (const { name, value } of [...come.attributes]) {
    if (name.startsWith('data-')) kept.setAttribute(name, value);
  }
  kept.dispatchEvent(new Event(changed));
}

/** Which `<details>` a person has opened or closed is hers. */
function keepOpen(old: Element, come: Element): void {
  for (const details of old.querySelectorAll<HTMLDetailsElement>('details[id]')) {
    const twin = come.querySelector<HTMLDetailsElement>(`#${CSS.escape(details.id)}`);
    if (twin !== null) twin.open = details.open;
  }
}

/** Fields that stay in the page say what the page that came says, but for the one that a person is in. */
function takeValues(page: Document, come: Document): void {
  for (const field of page.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input[id], select[id]')) {
    const twin = come.querySelector(`#${CSS.escape(field.id)}`);
    if (field === page.activeElement || twin === null) continue;
    if (field instanceof HTMLInputElement && twin instanceof HTMLInputElement) {
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = twin.checked;
      else field.value = twin.value;
    } else if (field instanceof HTMLSelectElement && twin instanceof HTMLSelectElement) field.value = twin.value;
  }
}

/** What had the focus, as a page that was written anew can be asked for it. */
function focusOf(page: Document): string | undefined {
  const element = page.activeElement;
  if (!(element instanceof HTMLElement)) return undefined;
  // A box is where it stands by what it says: which number it has changes with what is counted.
  const isBox = element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio');
  if (element.id !== '' && !isBox) return `#${CSS.escape(element.id)}`;
  if (element instanceof HTMLInputElement && element.name !== '') {
    return `input[name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`;
  }
  return undefined;
}

/** Puts the regions of `come` into `page`, with its title and its other languages; the focus stays where it was, if that is still there. */
export function takeRegions(page: Document, come: Document, places: Places): void {
  const focus = focusOf(page);
  const fresh = regionsOf(come);
  takeValues(page, come);
  for (const [name, region] of regionsOf(page)) {
    const twin = fresh.get(name);
    if (!region.isConnected || twin === undefined) continue;
    if (region.hasAttribute('data-keep')) {
      takeAttributes(region, twin);
      continue;
    }
    keepOpen(region, twin);
    places.leaving(region);
    const adopted = page.adoptNode(twin);
    region.replaceWith(adopted);
    places.arrived(adopted);
  }
  page.title = come.title;
  if (focus !== undefined) page.querySelector<HTMLElement>(focus)?.focus({ preventScroll: true });
}
