/** What the page of results was asked, in its own words: its conditions, else its title. */
export function askedWords(): string {
  const conditions = [...document.querySelectorAll('.asked .chip')].map((chip) => chip.textContent?.trim().replace(/\s+/g, ' ') ?? '');
  const said = conditions.filter((words) => words !== '').join(' · ');
  return said === '' ? document.title : said;
}

/** The address of the question that the page answers: what it says, not which page of the answer is shown. */
export function askedAddress(): URL {
  const address = new URL(location.href);
  address.hash = '';
  address.searchParams.delete('page');
  return address;
}
