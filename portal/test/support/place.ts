/** The window is at this address, without anything being fetched. */
export function standAt(address: string): void {
  const { happyDOM } = window as unknown as { happyDOM: { setURL(url: string): void } };
  happyDOM.setURL(address);
}
