import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { reactRouter } from '@react-router/dev/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

/** Every browser that can run the product reads WOFF2; leaving out the WOFF copies halves the build. */
function woff2Only(): Plugin {
  return {
    name: 'mamis:woff2-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/@fontsource\/.*\.css/.test(id)) return null;
      return { code: code.replaceAll(/, url\([^)]+\.woff\) format\('woff'\)/g, ''), map: null };
    },
  };
}

/** The manuals as PDF, before the pages that lead to them; a copy of the product without its manual has none. */
function manualsAsPdf(): Plugin {
  const program = join(import.meta.dirname, 'scripts/manual-pdf.ts');
  return {
    name: 'mamis:manuals-as-pdf',
    apply: 'build',
    async buildStart() {
      if (existsSync(program)) await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', program]);
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: mode === 'test' ? [] : [manualsAsPdf(), woff2Only(), tailwindcss(), reactRouter()],
  build: {
    target: 'es2022',
    // Inlined data: fonts and pictures would need a wider content security policy.
    assetsInlineLimit: 0,
  },
  // The server build is our own server, which imports the pages as `virtual:react-router/server-build`.
  environments: {
    ssr: { build: { target: 'node24', rollupOptions: { input: './src/main/web.ts' } } },
  },
}));
