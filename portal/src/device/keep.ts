// What this device remembers. A browser may forbid it or be full: then nothing is remembered.

export function kept(place: string): unknown {
  try {
    const text = localStorage.getItem(place);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether it was kept; `undefined` forgets. */
export function keep(place: string, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Calls `tell` when another window changes what is kept at `place`; returns what ends it. */
export function whenKeptElsewhere(place: string, tell: () => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === place || event.key === null) tell();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}
