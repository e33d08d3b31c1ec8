import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Every mail of the specification has a sender, or a reason why it has none yet; `docs/mails.md` says which. */

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const numbers = [...Array.from({ length: 27 }, (_, n) => n + 1), 30, 31, 32, 33, 34, ...Array.from({ length: 17 }, (_, n) => n + 40)].map(
  (n) => `M-${String(n).padStart(2, '0')}`,
);

const rows = new Map([...read('docs/mails.md').matchAll(/^\| (M-\d{2}) \| (.+) \|$/gm)].map(([, mail = '', what = '']) => [mail, what]));

/** What the sources send: a number as a literal, not one in a comment. */
const sent = new Set(
  globSync('src/features/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] }).flatMap((path) =>
    [...read(path).matchAll(/['`](M-\d{2})['`:]/g)].map(([, mail = '']) => mail),
  ),
);

it('screens.md 8 のすべてのメールに、送る場所か、まだ送らない理由がある', () => {
  expect([...rows.keys()]).toEqual(numbers);
  for (const [mail, what] of rows) {
    const [, path] = /^`([^`]+)`$/.exec(what) ?? [];
    if (path === undefined) expect(what, mail).toMatch(/^later: .+/);
    else {
      expect(existsSync(join(root, path)), `${mail} ${path}`).toBe(true);
      expect(read(path), `${path} sends no ${mail}`).toMatch(new RegExp(`['\`]${mail}['\`:]`));
    }
  }
});

it('送っているメールは、すべて一覧にある', () => {
  expect([...sent].filter((mail) => !rows.has(mail))).toEqual([]);
  expect(sent.size).toBeGreaterThan(30);
});
