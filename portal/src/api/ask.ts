import type { Json } from './read';

/** The server has answered that it cannot. */
export class Refused extends Error {
  constructor(readonly status: number) {
    super(`answered ${status}`);
  }
}

/** `parameters` replace those of the same name that `address` brings. Throws `Refused`, or what `fetch` throws. */
export async function askJson(
  address: string, parameters: Record<string, string>, signal?: AbortSignal,
): Promise<Json> {
  const url = new URL(address, document.baseURI);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const answer = await fetch(url, { headers: { accept: 'application/json' }, signal: signal ?? null });
  if (!answer.ok) throw new Refused(answer.status);
  return answer.json();
}
