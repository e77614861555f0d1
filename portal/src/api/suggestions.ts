import { askJson } from './ask';
import { type Json, isObject, listAt, objectAt, optionalNumber, optionalText, ownAddress } from './read';

export const suggestionTypes = ['concept', 'producer', 'platform', 'place', 'dataset'] as const;
export type SuggestionType = (typeof suggestionTypes)[number];

export interface Suggestion {
  readonly type: SuggestionType;
  readonly label: string;
  /** The label that fits what was typed, if it is another than `label`. */
  readonly matched?: string;
  /** Where it belongs: a compartment, a producer, a region. */
  readonly context?: string;
  /** How many data sets it leads to. */
  readonly count?: number;
  /** Where it leads, on this site; without it, `label` is asked for. For data sets, their pages. */
  readonly href?: string;
}

function isType(value: Json): value is SuggestionType {
  return suggestionTypes.some((type) => type === value);
}

/** What a page says of addresses. */
export interface Addresses {
  readonly base: string;
  /** What stands before the id of a data set in the address of its page. */
  readonly datasets?: string;
}

function addressOf(item: Record<string, Json>, { base, datasets }: Addresses): string | undefined {
  const id = optionalText(item.id);
  const hasPage = item.type === 'dataset' && id !== undefined && datasets !== undefined;
  return ownAddress(hasPage ? datasets + encodeURIComponent(id) : item.href, base);
}

function readSuggestion(value: Json, addresses: Addresses): Suggestion | undefined {
  if (!isObject(value) || !isType(value.type)) return undefined;
  const label = optionalText(value.label);
  if (label === undefined) return undefined;
  const matched = optionalText(value.matched);
  const context = optionalText(value.context);
  const count = optionalNumber(value.count);
  const href = addressOf(value, addresses);
  return {
    type: value.type,
    label,
    ...(matched !== undefined && matched !== label && { matched }),
    ...(context !== undefined && { context }),
    ...(count !== undefined && { count }),
    ...(href !== undefined && { href }),
  };
}

/** Those of a kind that is not known here are left out. */
export function readSuggestions(answer: Json, addresses: Addresses): Suggestion[] {
  const items = listAt(objectAt(answer, 'suggestions').items, 'items');
  return items.map((item) => readSuggestion(item, addresses)).filter((item) => item !== undefined);
}

export async function askSuggestions(
  address: string, typed: string, addresses: Addresses, signal: AbortSignal,
): Promise<Suggestion[]> {
  return readSuggestions(await askJson(address, { q: typed }, signal), addresses);
}
