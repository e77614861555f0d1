import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { licences } from './licences.ts';

export default defineConfig(({ mode }) => ({
  plugins: [svelte(), licences()],
  // Relative: the program serves the files wherever its public address is.
  base: './',
  // Components run in the browser, in tests as well.
  resolve: mode === 'test' ? { conditions: ['browser'] } : {},
  build: {
    manifest: 'manifest.json',
    target: ['chrome111', 'firefox114', 'safari16.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: 'src/main.ts' },
  },
  test: { environment: 'happy-dom', include: ['test/**/*.test.ts'], isolate: false, pool: 'threads' },
}));
