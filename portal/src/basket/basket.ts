import { isObject, optionalText, ownAddress } from '../api/read';
import { KeptList } from '../device/kept_list';

/** A data set in the basket of this device. */
export interface Kept {
  readonly id: string;
  readonly title: string;
  /** Its page, on this site. */
  readonly href: string;
}

function readKept(value: unknown): Kept | undefined {
  if (!isObject(value)) return undefined;
  const id = optionalText(value.id);
  const title = optionalText(value.title);
  const href = ownAddress(value.href, document.baseURI);
  return id === undefined || title === undefined || href === undefined ? undefined : { id, title, href };
}

const most = 200;

/** The seam for baskets that the server keeps: whoever shows one asks for no more than this. */
export const basket = new KeptList<Kept>('terracat.basket', most, readKept, ({ id }) => id);
