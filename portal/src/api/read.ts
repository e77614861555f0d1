/** What came from a server and has not been looked at. */
export type Json = unknown;

/** An answer that is not what it has to be. */
export class Unreadable extends Error {
  constructor(where: string, expected: string) {
    super(`${where}: ${expected} expected`);
  }
}

export function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(value: Json, where: string): Record<string, Json> {
  if (!isObject(value)) throw new Unreadable(where, 'an object');
  return value;
}

export function listAt(value: Json, where: string): readonly Json[] {
  if (!Array.isArray(value)) throw new Unreadable(where, 'a list');
  return value;
}

export function textAt(value: Json, where: string): string {
  if (typeof value !== 'string') throw new Unreadable(where, 'a text');
  return value;
}

export function optionalText(value: Json): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function optionalNumber(value: Json): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** An address of this site, as a browser would follow it; none of another origin or scheme. */
export function ownAddress(value: Json, base: string): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, base)) return undefined;
  const url = new URL(value, base);
  return url.origin === new URL(base).origin ? url.href : undefined;
}
