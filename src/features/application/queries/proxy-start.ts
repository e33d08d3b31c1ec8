import type { Day } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { findPerson, mailTargetOf } from '#features/person/queries/person.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { paperName } from '../labels.ts';
import { groundCodes, proxyFactsOf } from '../proxy-facts.ts';
import { mayEnterGround } from '../proxy-rules.ts';
import { listProxyPapers } from '../proxy.store.server.ts';
import { continueTo } from './draft-facts.ts';
import { readFiler } from './filer.ts';
import { loadFiled } from './filing.ts';
import { officeOf, officeOnly } from './inbox.ts';

/** What an office begins with when it files for a doctor (`screens.md O-10, O-11`): for whom, on which grounds, what it has begun already. */

export type ProxyPaper = { id: string; paper: string; to: string; number: string; savedAt: string; draft: boolean };

export const proxyStart = query({
  name: 'application.proxyStart',
  input: z.object({ personId: idInput }),
  allow: officeOnly,
  read: async (tx, { personId }, ctx) => {
    const office = officeOf(ctx);
    const person = await findPerson(tx, personId);
    if (person === undefined) return undefined;
    const rows = await listProxyPapers(tx, { associationId: office.associationId, personId });
    const grounds = (await codeList(tx, 'reason.proxy', ctx.today)).filter(
      (row) => row.code !== groundCodes.death && row.code !== groundCodes.missing,
    );
    return {
      personId,
      name: `${person.surname} ${person.givenName}`,
      diedOn: person.diedOn,
      withoutMail: (await mailTargetOf(tx, personId)) === undefined,
      today: ctx.today,
      /** 死亡 and 所在不明 are ours to enter. */
      mayEnterDeath: mayEnterGround('death', office.layer),
      grounds: grounds.map((row) => ({ value: row.code, label: row.label })),
      papers: rows.map((row): ProxyPaper => {
        const draft = row.number === null;
        const to = draft ? continueTo(ctx.actor, row) : `/office/applications/${row.id}`;
        return { id: row.id, paper: paperName(row.kind), to, number: row.number ?? '', savedAt: formatInstant(row.updatedAt), draft };
      }),
    };
  },
  audit: (value) => ({ action: 'member.viewed', target: value.personId, personIds: [value.personId] }),
});

export type ProxyStart = NonNullable<Awaited<ReturnType<typeof proxyStart.read>>>;

/** What stands above every page of a paper that the office writes. */
export const filingHead = query({
  name: 'application.filingHead',
  input: z.object({ id: idInput }),
  allow: officeOnly,
  read: async (tx, { id }, ctx) => {
    const target = await loadFiled(tx, ctx, id);
    const filer = target === undefined ? undefined : await readFiler(tx, ctx, target);
    const facts = proxyFactsOf(target?.proxy);
    if (target === undefined || filer === undefined || facts === undefined) return undefined;
    const today: Day = ctx.today;
    return { ...filer, id, version: target.version, kind: target.kind, facts, today };
  },
  audit: (value) => ({ action: 'application.viewed', target: value.id, personIds: [value.personId] }),
});
