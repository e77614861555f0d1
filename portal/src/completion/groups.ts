import type { Suggestion, SuggestionType } from '../api/suggestions';

export interface Group {
  readonly type: SuggestionType;
  /** Each with its place among all that are shown. */
  readonly entries: readonly { readonly index: number; readonly suggestion: Suggestion }[];
}

/** Groups in the order in which the server names their first entry. */
export function grouped(suggestions: readonly Suggestion[]): Group[] {
  const types = [...new Set(suggestions.map(({ type }) => type))];
  let index = 0;
  return types.map((type) => ({
    type,
    entries: suggestions
      .filter((suggestion) => suggestion.type === type)
      .map((suggestion) => ({ index: index++, suggestion })),
  }));
}
