/** Text before, within and after what fits. */
export interface Split {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The first place of `text` that reads as `typed`, whatever its accents and case; at the start of a word rather than within one. */
export function split(text: string, typed: string): Split {
  const none = { before: text, hit: '', after: '' };
  const wanted = folded(typed.trim());
  if (wanted === '') return none;
  // Folding changes lengths, so each folded unit remembers the character that it came from.
  const characters = [...text];
  const origins: number[] = [];
  let plain = '';
  characters.forEach((character, index) => {
    const piece = folded(character);
    plain += piece;
    for (let unit = 0; unit < piece.length; ++unit) origins.push(index);
  });
  const start = placeOf(plain, wanted);
  const first = origins[start];
  const last = origins[start + wanted.length - 1];
  if (first === undefined || last === undefined) return none;
  return {
    before: characters.slice(0, first).join(''),
    hit: characters.slice(first, last + 1).join(''),
    after: characters.slice(last + 1).join(''),
  };
}

function placeOf(plain: string, wanted: string): number {
  const somewhere = plain.indexOf(wanted);
  for (let at = somewhere; at !== -1; at = plain.indexOf(wanted, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(plain.charAt(at - 1))) return at;
  }
  return somewhere;
}
