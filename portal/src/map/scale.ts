export interface Scale {
  /** Pixels. */
  readonly width: number;
  readonly text: string;
}

/** The longest bar of a round length (1, 2 or 5 of a power of ten) within `most` pixels. */
export function scaleOf(metresPerPixel: number, most: number, lang: string): Scale {
  const fitting = metresPerPixel * most;
  const power = 10 ** Math.floor(Math.log10(fitting));
  const metres = power * ([5, 2].find((step) => step * power <= fitting) ?? 1);
  const [value, unit] = metres >= 1000 ? [metres / 1000, 'kilometer'] : [metres, 'meter'];
  const text = new Intl.NumberFormat(lang, { style: 'unit', unit }).format(value);
  return { width: metres / metresPerPixel, text };
}
