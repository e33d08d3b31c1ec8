import { fiscalYear } from '#kernel/day.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { enterPaper } from '#features/application/commands/prepare-paper.ts';
import { texts } from '#features/application/messages.ts';
import { officeOnly } from '#features/application/queries/inbox.ts';
import { personsByLicence } from '#features/person/queries/person.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import { sheetTexts } from '../messages.ts';
import { enterInput } from '../schema.ts';
import { judgeSheet, readSheet } from './judge-sheet.ts';

/**
 * CSVで代理申請 (`screens.md O-10`): each line becomes an application, all of them or none. The file is judged again here, under the
 * locks of its persons, so that what has changed since the check stops it.
 */
export const enterSheet = command({
  name: 'filingSheet.enter',
  input: enterInput,
  locks: async (tx, { text }, ctx) => {
    const read = readSheet(text);
    if ('broken' in read || officeOnly(ctx) !== true) return [];
    const persons = await personsByLicence(
      tx,
      read.rows.map((row) => row.licence),
    );
    return persons.map((person) => ({ kind: 'person' as const, id: person.id }));
  },
  load: async (tx, { text }, ctx) =>
    officeOnly(ctx) === true ? await judgeSheet(tx, ctx, text) : { broken: '', total: 0, ready: [], faults: [] },
  allow: officeOnly,
  decide: (_ctx, { broken, faults, ready }) => {
    if (broken !== undefined) return refuse('invalid', { message: broken });
    const lines = new Set(faults.map((fault) => fault.line));
    return lines.size > 0 ? refuse('conflict', { message: sheetTexts.faulty(lines.size) }) : accepted(ready);
  },
  save: async (tx, { ctx, decision }) => {
    const rows: { line: number; id: string; number: string }[] = [];
    const notes: AuditNote[] = [];
    const events: DomainEvent[] = [];
    for (const { row, person, prepared, form } of decision) {
      const { number, ...sent } = await enterPaper(tx, ctx, { prepared, form });
      rows.push({ line: row.line, id: prepared.id, number });
      const about = { personIds: [person.id], target: prepared.id };
      notes.push({ action: 'application.beginProxy', ...about, detail: { kind: row.kind, ground: prepared.facts.ground } });
      notes.push({ action: 'application.submit', ...about, detail: { number, fiscalYear: fiscalYear(ctx.today) } });
      notes.push(...sent.alsoAudit);
      events.push(...sent.events);
    }
    return {
      value: { rows },
      audit: { action: 'filingSheet.enter', personIds: decision.map(({ person }) => person.id), detail: { rows: rows.length } },
      alsoAudit: notes,
      events,
    };
  },
  constraints: {
    application_one_open: () => refuse('conflict', { message: texts.openForAffiliation }),
    application_step_one_open_join: () => refuse('conflict', { message: texts.openForAssociation }),
  },
});
