import { expect, test } from 'vitest';
import { split } from '../src/completion/match';

test.each([
  ['Neige, couverture de', 'nei', ['', 'Nei', 'ge, couverture de']],
  ['Chutes de neige', 'NEI', ['Chutes de ', 'nei', 'ge']],
  ['Épaisseur optique', 'epais', ['', 'Épais', 'seur optique']],
  ['Température', 'perature', ['Tem', 'pérature', '']],
  // Within a word only if no word begins so.
  ['Surfaces enneigées, neige', 'nei', ['Surfaces enneigées, ', 'nei', 'ge']],
  ['Surfaces enneigées', 'nei', ['Surfaces en', 'nei', 'gées']],
  // One character that folds to another length.
  ['İzmir Körfezi', 'iz', ['', 'İz', 'mir Körfezi']],
  ['Océan', 'pluie', ['Océan', '', '']],
  ['Océan', '  ', ['Océan', '', '']],
  ['Aérosols 𝒜', '𝒜', ['Aérosols ', '𝒜', '']],
])('%s, %s', (text, typed, [before, hit, after]) => {
  expect(split(text, typed)).toEqual({ before, hit, after });
});
