/** Where a cell lies on its map, from the upper left. */
interface Placed {
  readonly link: SVGAElement;
  readonly x: number;
  readonly y: number;
}

const directions: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

function placed(map: HTMLElement): Placed[] {
  return [...map.querySelectorAll<SVGAElement>('svg a')].map((link) => {
    const cell = link.querySelector('rect');
    return { link, x: Number(cell?.getAttribute('x')), y: Number(cell?.getAttribute('y')) };
  });
}

/** The nearest that lies that way, what is aside counting twice. */
export function towards(from: Placed, cells: readonly Placed[], [right, down]: readonly [number, number]): Placed | undefined {
  let nearest: Placed | undefined;
  let least = Infinity;
  for (const cell of cells) {
    const ahead = (cell.x - from.x) * right + (cell.y - from.y) * down;
    const aside = Math.abs((cell.x - from.x) * down) + Math.abs((cell.y - from.y) * right);
    const distance = ahead + 2 * aside;
    if (ahead > 0.5 && distance < least) [nearest, least] = [cell, distance];
  }
  return nearest;
}

/** Arrows go from cell to cell; one of them is in the order of the tabulator. */
export function offerCells(map: HTMLElement): () => void {
  const cells = placed(map);
  const go = (event: KeyboardEvent) => {
    const direction = directions[event.key];
    const from = cells.find(({ link }) => link === event.target);
    if (direction === undefined || from === undefined) return;
    event.preventDefault();
    towards(from, cells, direction)?.link.focus();
  };
  const keep = ({ target }: FocusEvent) => {
    if (!cells.some(({ link }) => link === target)) return;
    for (const { link } of cells) link.setAttribute('tabindex', link === target ? '0' : '-1');
  };
  map.addEventListener('keydown', go);
  map.addEventListener('focusin', keep);
  return () => {
    map.removeEventListener('keydown', go);
    map.removeEventListener('focusin', keep);
  };
}
