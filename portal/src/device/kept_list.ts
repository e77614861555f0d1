import { keep, kept, whenKeptElsewhere } from './keep';

/** A list on this device, the newest first, the same in every window. */
export class KeptList<Entry> {
  readonly #place: string;
  readonly #most: number;
  readonly #read: (value: unknown) => Entry | undefined;
  readonly #keyOf: (entry: Entry) => string;
  readonly #listeners = new Set<() => void>();

  /** \param read  what another version, or a person, may have left there, as an entry; `undefined` leaves it out */
  constructor(place: string, most: number, read: (value: unknown) => Entry | undefined, keyOf: (entry: Entry) => string) {
    this.#place = place;
    this.#most = most;
    this.#read = read;
    this.#keyOf = keyOf;
    whenKeptElsewhere(place, () => this.#tell());
  }

  entries(): readonly Entry[] {
    const value = kept(this.#place);
    const list = Array.isArray(value) ? (value as unknown[]) : [];
    return list.map(this.#read).filter((entry) => entry !== undefined).slice(0, this.#most);
  }

  get most(): number {
    return this.#most;
  }

  has(key: string): boolean {
    return this.entries().some((entry) => this.#keyOf(entry) === key);
  }

  /** In place of the one with the same key; of too many, the oldest goes. Whether it was kept. */
  put(entry: Entry): boolean {
    const others = this.entries().filter((other) => this.#keyOf(other) !== this.#keyOf(entry));
    return this.#set([entry, ...others].slice(0, this.#most));
  }

  remove(key: string): void {
    this.#set(this.entries().filter((entry) => this.#keyOf(entry) !== key));
  }

  clear(): void {
    this.#set([]);
  }

  /** Calls `tell` after each change, of this window or another; returns what ends it. */
  whenChanged(tell: () => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  #set(entries: readonly Entry[]): boolean {
    const isKept = keep(this.#place, entries.length === 0 ? undefined : entries);
    this.#tell();
    return isKept;
  }

  #tell(): void {
    for (const tell of this.#listeners) tell();
  }
}
