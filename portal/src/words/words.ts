import en from './en.json';
import fr from './fr.json';

/** A key of the texts, without the ending that says how many. */
export type Key = keyof typeof fr;
type Counted<K> = K extends `${infer Stem}.other` ? Stem : never;

/** Texts and numbers in the language of the page. */
export interface Words {
  readonly lang: 'fr' | 'en';
  text(key: Key, values?: Record<string, string>): string;
  /** `STEM.one` or `STEM.other`, as the language counts, with `{count}`. */
  count(stem: Counted<Key>, count: number): string;
  number(value: number): string;
  date(value: Date): string;
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

export function wordsOf(language: string): Words {
  const lang = language.toLowerCase().startsWith('fr') ? 'fr' : 'en';
  const texts: Record<Key, string> = lang === 'fr' ? fr : en;
  const numbers = new Intl.NumberFormat(lang);
  const plural = new Intl.PluralRules(lang);
  const dates = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long', timeStyle: 'short' });
  return {
    lang,
    text: (key, values = {}) => fill(texts[key], values),
    count(stem, count) {
      const form = plural.select(count) === 'one' ? 'one' : 'other';
      return fill(texts[`${stem}.${form}` as Key], { count: numbers.format(count) });
    },
    number: (value) => numbers.format(value),
    // French says the first of a month as an ordinal, as pages do.
    date: (value) => (lang === 'fr' ? dates.format(value).replace(/^1 /, '1er ') : dates.format(value)),
  };
}
