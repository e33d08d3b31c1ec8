import { createRequire } from 'node:module';
import { cruise, type IConfiguration } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { buildTree, type Files } from './fixture-tree.ts';

const settings: IConfiguration = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');
const walls = settings.forbidden ?? [];

/** A house in which everything is where it belongs. */
const clean: Files = {
  'src/kernel/day.ts': "import { z } from 'zod';\nexport const day = z.string();\n",
  'src/platform/command/command.ts':
    "import { sql } from 'kysely';\nimport { readFileSync } from 'node:fs';\nimport { day } from '#kernel/day.ts';\nexport const command = () => [sql, readFileSync, day];\n",
  'src/platform/http/page-access.ts': "import { day } from '#kernel/day.ts';\nexport const access = day;\n",
  'src/ui/Button.tsx':
    "import { useState } from 'react';\nimport { Link } from 'react-router';\nimport { day } from '#kernel/day.ts';\nexport const Button = () => [useState, Link, day];\n",
  'src/features/person/schema.ts':
    "import { z } from 'zod';\nimport { day } from '#kernel/day.ts';\nexport const born = z.object({ day });\n",
  'src/features/person/store.server.ts': "import { sql } from 'kysely';\nexport const find = sql;\n",
  'src/features/person/queries/person.ts': "import { find } from '../store.server.ts';\nexport const person = find;\n",
  'src/features/application/rules.ts': "import { born } from '#features/person/schema.ts';\nexport const old = born;\n",
  'src/features/application/note.store.server.ts': 'export const note = 1;\n',
  'src/features/application/store.server.ts': "import { note } from './note.store.server.ts';\nexport const load = note;\n",
  'src/features/application/commands/approve.ts':
    "import { person } from '#features/person/queries/person.ts';\nimport { command } from '#platform/command/command.ts';\nimport { old } from '../rules.ts';\nimport { load } from '../store.server.ts';\nexport const approve = [command, load, old, person];\n",
  'src/features/application/commands/approve.test.ts':
    "import { start } from '#main/start.ts';\nimport { world } from '#support/world.ts';\nimport { it } from 'vitest';\nimport { load } from '../store.server.ts';\nit('works', () => [start, world, load]);\n",
  'src/features/application/pages/review.tsx':
    "import { Button } from '#ui/Button.tsx';\nimport { approve } from '../commands/approve.ts';\nexport const page = [Button, approve];\n",
  'src/features/application/routes.ts': "import { route } from '@react-router/dev/routes';\nexport const routes = [route('a', 'b')];\n",
  'src/routes.ts': "import { routes } from '#features/application/routes.ts';\nexport default routes;\n",
  'src/main/start.ts': "import { approve } from '#features/application/commands/approve.ts';\nexport const start = approve;\n",
  'tests/support/world.ts': "import { start } from '#main/start.ts';\nexport const world = start;\n",
};

/** One violation for every wall: its name, the file that breaks it, what that file says. */
const plants: readonly [wall: string, path: string, text: string][] = [
  [
    'pure-files',
    'src/features/application/policy.ts',
    "import { command } from '#platform/command/command.ts';\nexport const may = command;\n",
  ],
  [
    'pure-files',
    'src/features/application/fields.ts',
    "import type { approve } from './commands/approve.ts';\nexport type Field = typeof approve;\n",
  ],
  ['pure-files', 'src/features/application/flow.ts', "import { createHash } from 'node:crypto';\nexport const flow = createHash;\n"],
  ['pure-files', 'src/features/application/mails/texts.ts', "import { load } from '../store.server.ts';\nexport const text = load;\n"],
  ['pure-files', 'src/platform/http/page-access.ts', "import { command } from '../command/command.ts';\nexport const access = command;\n"],
  ['kernel', 'src/kernel/name.ts', "import { command } from '#platform/command/command.ts';\nexport const name = command;\n"],
  ['kernel', 'src/kernel/name.ts', "import { sql } from 'kysely';\nexport const name = sql;\n"],
  [
    'no-store-in-pages',
    'src/features/application/pages/list.tsx',
    "import { load } from '../store.server.ts';\nexport const page = load;\n",
  ],
  [
    'no-store-in-pages',
    'src/features/application/pages/list.tsx',
    "import type { note } from '../note.store.server.ts';\nexport type Note = typeof note;\n",
  ],
  ['no-store-in-pages', 'src/features/application/api.ts', "import { load } from './store.server.ts';\nexport const api = load;\n"],
  [
    'store-of-own-feature',
    'src/features/application/queries/list.ts',
    "import { find } from '#features/person/store.server.ts';\nexport const list = find;\n",
  ],
  ['store-users', 'src/features/application/count.ts', "import { load } from './store.server.ts';\nexport const count = load;\n"],
  [
    'no-store-outside-features',
    'src/main/demo.ts',
    "import { find } from '#features/person/store.server.ts';\nexport const demo = find;\n",
  ],
  [
    'beyond-scope',
    'src/features/application/commands/look.ts',
    "import { beyondScope } from '#platform/db/beyond-scope.ts';\nexport const look = beyondScope;\n",
  ],
  ['platform', 'src/platform/mail.ts', "import { person } from '#features/person/queries/person.ts';\nexport const mail = person;\n"],
  ['platform', 'src/platform/mail.ts', "import { start } from '#main/start.ts';\nexport const mail = start;\n"],
  ['platform', 'src/platform/mail.ts', "import { Button } from '#ui/Button.tsx';\nexport const mail = Button;\n"],
  ['ui', 'src/ui/Table.tsx', "import { person } from '#features/person/queries/person.ts';\nexport const Table = person;\n"],
  ['ui', 'src/ui/Table.tsx', "import { command } from '#platform/command/command.ts';\nexport const Table = command;\n"],
  [
    'known-floor',
    'src/features/application/reactions.ts',
    "import { count } from '#features/lottery/count.ts';\nexport const react = count;\n",
  ],
  [
    'floor-of-system-settings',
    'src/features/system-settings/join.ts',
    "import { person } from '#features/person/queries/person.ts';\nexport const join = person;\n",
  ],
  [
    'floor-of-association',
    'src/features/association/join.ts',
    "import { person } from '#features/person/queries/person.ts';\nexport const join = person;\n",
  ],
  [
    'floor-of-identity',
    'src/features/identity/join.ts',
    "import { person } from '#features/person/queries/person.ts';\nexport const join = person;\n",
  ],
  ['floor-of-staff', 'src/features/staff/join.ts', "import { old } from '#features/application/rules.ts';\nexport const join = old;\n"],
  [
    'floor-of-facility',
    'src/features/facility/join.ts',
    "import { person } from '#features/person/queries/person.ts';\nexport const join = person;\n",
  ],
  ['floor-of-person', 'src/features/person/rules.ts', "import { old } from '#features/application/rules.ts';\nexport const young = old;\n"],
  [
    'floor-of-membership',
    'src/features/membership/rules.ts',
    "import { old } from '#features/application/rules.ts';\nexport const young = old;\n",
  ],
  [
    'floor-of-application',
    'src/features/application/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  [
    'floor-of-reorganisation',
    'src/features/reorganisation/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  [
    'floor-of-service-notice',
    'src/features/service-notice/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  ['floor-of-bulk', 'src/features/bulk/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  [
    'floor-of-certificate',
    'src/features/certificate/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  [
    'floor-of-filing-sheet',
    'src/features/filing-sheet/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  ['floor-of-export', 'src/features/export/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  [
    'floor-of-audit-trail',
    'src/features/audit-trail/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  ['floor-of-entrance', 'src/features/entrance/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  ['floor-of-notice', 'src/features/notice/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  ['floor-of-help', 'src/features/help/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  ['floor-of-inquiry', 'src/features/inquiry/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  [
    'floor-of-member-notification',
    'src/features/member-notification/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  ['floor-of-own-list', 'src/features/own-list/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  ['floor-of-profile', 'src/features/profile/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  [
    'floor-of-facility-proposal',
    'src/features/facility-proposal/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  ['floor-of-mailbox', 'src/features/mailbox/badge.ts', "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n"],
  [
    'floor-of-mail-delivery',
    'src/features/mail-delivery/badge.ts',
    "import { top } from '#features/desk/top.ts';\nexport const badge = top;\n",
  ],
  ['floor-of-desk', 'src/features/desk/badge.ts', "import { count } from '#features/reports/count.ts';\nexport const badge = count;\n"],
  [
    'no-wiring-in-features',
    'src/features/application/reactions.ts',
    "import { start } from '#main/start.ts';\nexport const react = start;\n",
  ],
  ['no-outside-in-features', 'src/features/application/reactions.ts', "import pg from 'pg';\nexport const react = pg;\n"],
  [
    'no-outside-in-features',
    'src/features/application/reactions.ts',
    "import { readFile } from 'node:fs/promises';\nexport const react = readFile;\n",
  ],
  ['no-tests-in-product', 'src/main/demo.ts', "import { world } from '#support/world.ts';\nexport const demo = world;\n"],
  ['no-dev-packages-in-product', 'src/main/demo.ts', "import fc from 'fast-check';\nexport const demo = fc;\n"],
  ['reference-model', 'tests/model/reference/days.ts', "import { day } from '#kernel/day.ts';\nexport const today = day;\n"],
  ['no-circles', 'src/kernel/day.ts', "import type { other } from './other.ts';\nexport type Day = typeof other;\nexport const day = 1;\n"],
  ['resolvable', 'src/kernel/name.ts', "import { gone } from './gone.ts';\nexport const name = gone;\n"],
];

/** What the plants lean on and a clean house has no need of. */
const more: Files = {
  'src/platform/db/beyond-scope.ts': 'export const beyondScope = 1;\n',
  'src/features/lottery/count.ts': 'export const count = 1;\n',
  'src/features/desk/top.ts': 'export const top = 1;\n',
  'src/features/reports/count.ts': 'export const count = 1;\n',
  'src/kernel/other.ts': "import { day } from './day.ts';\nexport const other = day;\n",
};

/** Names of the walls that are broken in a house, with the file that breaks each. */
async function broken(files: Files): Promise<string[]> {
  const tree = buildTree(files);
  try {
    const result = await cruise(['src', 'tests'], {
      ...settings.options,
      baseDir: tree.path,
      validate: true,
      ruleSet: { forbidden: walls },
    });
    if (typeof result.output === 'string') throw new Error(result.output);
    return result.output.summary.violations.map((violation) => `${violation.rule.name} ${violation.from}`);
  } finally {
    tree.remove();
  }
}

describe('walls between rooms', () => {
  it('a clean house breaks none', async () => {
    expect(await broken(clean)).toEqual([]);
  });

  it.each(plants)('%s is found in %s', async (wall, path, text) => {
    expect(await broken({ ...clean, ...more, [path]: text })).toContain(`${wall} ${path}`);
  });

  it('every wall is an error and has its violation here', () => {
    expect(walls.filter((wall) => wall.severity !== 'error')).toEqual([]);
    expect(new Set(plants.map(([wall]) => wall))).toEqual(new Set(walls.map((wall) => wall.name)));
  });
});
