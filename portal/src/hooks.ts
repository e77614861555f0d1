import type { Words } from './words/words';

/** Something that a page can declare, and what answers it. */
export interface Hook {
  readonly selector: string;
  /** Returns what undoes it, for an element that leaves the page. */
  readonly take: (element: HTMLElement, words: Words) => () => void;
}

const taken = new WeakMap<Element, Map<Hook, () => void>>();

function within(root: ParentNode & Node, selector: string): HTMLElement[] {
  const found = [...root.querySelectorAll<HTMLElement>(selector)];
  return root instanceof HTMLElement && root.matches(selector) ? [root, ...found] : found;
}

/** Takes over what `root` declares, each hook of an element once. One that fails leaves the others and the page as they are. */
export function takeOver(root: ParentNode & Node, hooks: readonly Hook[], words: Words): void {
  for (const hook of hooks) {
    for (const element of within(root, hook.selector)) {
      const undone = taken.get(element) ?? new Map<Hook, () => void>();
      if (undone.has(hook)) continue;
      try {
        undone.set(hook, hook.take(element, words));
        taken.set(element, undone);
      } catch (error) {
        console.error(hook.selector, error);
      }
    }
  }
}

/** Before `root` leaves the page. */
export function letGo(root: ParentNode & Node, hooks: readonly Hook[]): void {
  for (const hook of hooks) {
    for (const element of within(root, hook.selector)) {
      taken.get(element)?.get(hook)?.();
      taken.get(element)?.delete(hook);
    }
  }
}
