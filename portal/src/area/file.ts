import { Unreadable } from '../api/read';
import { largestFile, readArea } from './read';
import { addressOfArea } from './simplify';

/** The area of a file, as an address has it. */
export async function areaOfFile(file: Blob): Promise<string> {
  if (file.size > largestFile) throw new Unreadable('file', `at most ${largestFile} bytes`);
  const text = addressOfArea(readArea(await file.text()));
  if (text === '') throw new Unreadable('file', 'an area');
  return text;
}
