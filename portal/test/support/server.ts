import { vi } from 'vitest';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
}

/** Stands for the program: `answer` says what is at an address; returns the addresses that were asked for. */
export function serve(answer: (url: URL) => Answer | Promise<Answer>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: URL | string, options?: RequestInit) => {
    const url = new URL(String(address), document.baseURI);
    asked.push(url.pathname + url.search);
    const { status = 200, type = 'application/json', body } = await answer(url);
    options?.signal?.throwIfAborted();
    return new Response(body, { status, headers: { 'content-type': type } });
  });
  return asked;
}
