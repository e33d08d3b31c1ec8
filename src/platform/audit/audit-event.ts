import { actingAccount, actingAssociation, actorName } from '#kernel/actor.ts';
import type { Context } from '../context.ts';
import type { AuditRow } from './audit-row.ts';

/** What a feature says about an act; who, when and from where is added here. */
export type AuditNote = {
  /** Glossary name, e.g. `application.approve`, `member.viewed`. */
  action: string;
  /** The doctors whose data were touched or seen. */
  personIds?: readonly string[];
  /** The thing acted on, e.g. an application id; no personal data. */
  target?: string;
  purpose?: string;
  detail?: Readonly<Record<string, unknown>>;
};

/** Chain of everybody who acts for no association. */
const commonChain = -1;

/** The full row of one act. Each association has its own chain (`rules.md 8.1`). */
export function auditRow(ctx: Context, note: AuditNote, result: AuditRow['result'] = 'done'): AuditRow {
  const actor = ctx.recordedAs ?? ctx.actor;
  const association = actingAssociation(actor);
  return {
    chain: association ?? commonChain,
    at: ctx.now,
    action: note.action,
    result,
    actor_kind: actor.kind,
    account_id: actingAccount(actor) ?? null,
    actor_name: actorName(actor),
    association_id: association ?? null,
    on_behalf_of: null,
    person_ids: note.personIds ?? [],
    target: note.target ?? '',
    purpose: note.purpose ?? '',
    detail: JSON.stringify(note.detail ?? {}),
    request_id: ctx.requestId,
    address: ctx.address,
  };
}
