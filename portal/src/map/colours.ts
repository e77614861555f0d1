// What is drawn on a canvas takes its colours from the style sheet's tokens, for the scheme that is shown.

const names = ['sea', 'land', 'coast', 'graticule', 'hand', 'on-hand', 'ink', 'surface', 'paper'] as const;
export type Colours = Readonly<Record<(typeof names)[number] | 'hand-fill' | 'ink-fill', string>>;

/** \param place  an element of the page, beside which tokens are looked up */
export function coloursAt(place: Element): Colours {
  const probe = document.createElement('span');
  probe.hidden = true;
  place.append(probe);
  const style = getComputedStyle(probe);
  const looked = (colour: string) => {
    probe.style.color = colour;
    return style.color;
  };
  const colours = Object.fromEntries(names.map((name) => [name, looked(`var(--${name})`)]));
  colours['hand-fill'] = looked('color-mix(in srgb, var(--hand) 20%, transparent)');
  colours['ink-fill'] = looked('color-mix(in srgb, var(--ink) 8%, transparent)');
  probe.remove();
  return colours as Colours;
}

/** Calls `tell` when the scheme has changed; returns what ends it. */
export function whenSchemeChanges(tell: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(tell);
  media.addEventListener('change', tell);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    media.removeEventListener('change', tell);
    observer.disconnect();
  };
}
