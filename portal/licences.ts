import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** The folder of the package that a module is part of: ".../node_modules/ol", ".../node_modules/@scope/name". */
function packageOf(module: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module.replaceAll('\\', '/'))?.[0];
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (license === undefined || file === undefined) throw new Error(`${folder} comes without its licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

/** Writes `licences-….txt` among the files: what is in them is others' work, whose licences go with it. */
export function licences(): Plugin {
  return {
    name: 'licences',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : file.originalFileNames));
      const folders = new Set(modules.map((module) => packageOf(resolve(import.meta.dirname, module))).filter((folder) => folder !== undefined));
      const texts = [...folders].sort().map(licenceOf);
      this.emitFile({ type: 'asset', name: 'licences.txt', source: texts.join('\n----\n\n') });
    },
  };
}
