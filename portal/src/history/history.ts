import { isObject, optionalNumber, optionalText, ownAddress } from '../api/read';
import { keep, kept } from '../device/keep';
import { KeptList } from '../device/kept_list';
import { arrived } from '../live/live';
import { askedWords } from './question';

/** A page of results that was looked at. */
export interface Search {
  readonly address: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

function readSearch(value: unknown): Search | undefined {
  if (!isObject(value)) return undefined;
  const address = ownAddress(value.address, document.baseURI);
  const title = optionalText(value.title);
  const at = optionalNumber(value.at);
  return address === undefined || title === undefined || at === undefined ? undefined : { address, title, at };
}

const most = 100;
const consent = 'terracat.history.on';

export const searches = new KeptList<Search>('terracat.history', most, readSearch, ({ address }) => address);

/** Whether the person of this device has asked for a history; not without. */
export function isRemembering(): boolean {
  return kept(consent) === true;
}

/** Without consent, nothing stays. */
export function remember(isWanted: boolean): void {
  keep(consent, isWanted ? true : undefined);
  if (!isWanted) searches.clear();
}

/** Puts the page that is shown, and those that it changes into, into the history, if there is one; returns what ends it. */
export function noteSearches(): () => void {
  const note = () => {
    const url = new URL(location.href);
    if (isRemembering() && url.search !== '') searches.put({ address: url.href, title: askedWords(), at: Date.now() });
  };
  note();
  document.addEventListener(arrived, note);
  return () => document.removeEventListener(arrived, note);
}
