import { run } from '#platform/command/command.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { EventPayload, Reaction, Reactions } from '#platform/jobs/reactions.ts';
import { tellAssociation, tellCase, tellPerson } from './commands/tell.ts';
import type { CaseNews } from './rules.ts';

/** Events that concern other offices, and what they are to them (`screens.md O-15`). */

function told(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new JobError(`notification refused: ${outcome.refusal.code}`);
}

function causeOf(payload: EventPayload): string {
  return `event:${String(payload['outboxId'] ?? '')}`;
}

function ofCase(news: CaseNews, completed = false): Reaction {
  return async (ctx, payload) => {
    const { applicationId, stepId } = payload;
    told(await run(tellCase, ctx, { cause: causeOf(payload), news, completed, applicationId, stepId: stepId ?? '' }));
  };
}

function ofAssociation(deed: 'infoChanged' | 'masterChanged' | 'openingWithdrawn' | 'settingsChanged' | 'settingsWithdrawn'): Reaction {
  return async (ctx, payload) => {
    const { associationId, sourceAssociationId, startsOn, more } = payload;
    const source = sourceAssociationId ?? associationId;
    told(await run(tellAssociation, ctx, { cause: causeOf(payload), deed, associationId, source, on: startsOn ?? '', more: more ?? 0 }));
  };
}

const profile: Reaction = async (ctx, payload) => {
  const { personId, fields, associationId, changeId } = payload;
  const names = typeof fields === 'string' ? fields.split(',').filter((name) => name !== '') : [];
  const input = {
    cause: causeOf(payload),
    news: 'profileChanged',
    personId,
    fields: names,
    associationId: associationId ?? null,
    changeId: changeId ?? null,
  };
  told(await run(tellPerson, ctx, input));
};

/** A member's workplace has become another entry of the master: 登録情報の変更 by the office that merged or tied. */
const workplace: Reaction = async (ctx, payload) => {
  const { personId, associationId } = payload;
  const input = { cause: causeOf(payload), news: 'profileChanged', personId, fields: ['facility'], associationId };
  told(await run(tellPerson, ctx, input));
};

const undeliverable: Reaction = async (ctx, payload) => {
  told(await run(tellPerson, ctx, { cause: causeOf(payload), news: 'mailUndeliverable', personId: payload['personId'] }));
};

export const memberNotificationReactions: Reactions = {
  'application.approved': ofCase('approved'),
  'application.completed': ofCase('approved', true),
  'application.rejected': ofCase('rejected'),
  'application.revoked': ofCase('revoked'),
  'application.leaveRevoked': ofCase('revoked'),
  'application.objected': ofCase('objected'),
  'application.submitted': ofCase('submitted'),
  'person.died': ofCase('died'),
  'person.deathWithdrawn': ofCase('deathWithdrawn'),
  'person.profileChanged': profile,
  'facility.memberFollowed': workplace,
  'mail.undeliverable': undeliverable,
  'association.infoChanged': ofAssociation('infoChanged'),
  'association.masterChanged': ofAssociation('masterChanged'),
  'association.openingWithdrawn': ofAssociation('openingWithdrawn'),
  'association.settingsPlanned': ofAssociation('settingsChanged'),
  'association.settingsWithdrawn': ofAssociation('settingsWithdrawn'),
};
