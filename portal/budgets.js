// Holds portal/dist to its budgets: what a first view and a page with a map fetch, in bytes as brotli writes them, and all files.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const dist = 'dist';
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));

/** The files that are fetched with these modules, without what they import only when it is needed. */
function filesOf(keys, seen = new Set()) {
  for (const key of keys) {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`budgets: the manifest has no ${key}`);
    if (seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    filesOf(chunk.imports ?? [], seen);
  }
  return seen;
}

function coded(files) {
  const scripts = [...files].filter((file) => file.endsWith('.js'));
  return scripts.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(dist, file))).length, 0);
}

const all = readdirSync(dist, { recursive: true }).map((name) => statSync(join(dist, name))).filter((file) => file.isFile());
const entry = 'src/main.ts';
const map = 'src/map/MapPanel.svelte';
const budgets = [
  ['first view, scripts as brotli', coded(filesOf([entry])), 45_000],
  ['with the map, scripts as brotli', coded(filesOf([entry, map])), 140_000],
  ['all files', all.reduce((sum, { size }) => sum + size, 0), 2_000_000],
];
let held = true;
for (const [what, bytes, most] of budgets) {
  held &&= bytes <= most;
  console.log(`${what}: ${(bytes / 1000).toFixed(1)} KB of ${most / 1000} KB${bytes <= most ? '' : ': TOO MUCH'}`);
}
process.exitCode = held ? 0 : 1;
