import { isObject, optionalNumber, optionalText, ownAddress } from '../api/read';
import { KeptList } from '../device/kept_list';
import type { Words } from '../words/words';
import { askedAddress, askedWords } from './question';

/** A question that the person wants to ask again. */
export interface SavedSearch {
  readonly address: string;
  readonly title: string;
  /** What it found when it was kept, in words. */
  readonly found: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

function readSaved(value: unknown): SavedSearch | undefined {
  if (!isObject(value)) return undefined;
  const address = ownAddress(value.address, document.baseURI);
  const title = optionalText(value.title);
  const at = optionalNumber(value.at);
  if (address === undefined || title === undefined || at === undefined) return undefined;
  return { address, title, found: optionalText(value.found) ?? '', at };
}

const most = 100;

/** Apart from the history: each was kept by a click, and stays whether there is a history or not. */
export const saved = new KeptList<SavedSearch>('terracat.searches', most, readSaved, ({ address }) => address);

/** Fills `place` with the button that keeps the question of the page; returns what takes it away. */
export function offerSaving(place: HTMLElement, words: Words): () => void {
  const { href } = askedAddress();
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn s keep';
  const said = document.createElement('span');
  said.className = 'small';
  said.setAttribute('role', 'status');
  const show = () => {
    const isKept = saved.has(href);
    button.setAttribute('aria-pressed', String(isKept));
    button.textContent = words.text(isKept ? 'saved.kept' : 'saved.keep');
  };
  button.addEventListener('click', () => {
    said.textContent = '';
    if (saved.has(href)) saved.remove(href);
    else {
      const found = document.querySelector('h2.res')?.textContent?.trim() ?? '';
      const isKept = saved.put({ address: href, title: askedWords(), found, at: Date.now() });
      said.textContent = words.text(isKept ? 'saved.done' : 'saved.refused');
    }
  });
  show();
  place.append(button, said);
  const end = saved.whenChanged(show);
  return () => {
    end();
    button.remove();
    said.remove();
  };
}
