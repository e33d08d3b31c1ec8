import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { insertIssuing, listIssuing } from '../issuing.store.server.ts';
import { certificateTexts as texts } from '../messages.ts';
import { issuingOffice, maySetIssuing } from '../policy.ts';
import { issuingInput } from '../schema.ts';

/** 発行方法 and 会長 of the own association from a day on (`screens.md O-19`); papers that were issued stay as they are. */
export const saveIssuing = command({
  name: 'certificate.saveIssuing',
  input: issuingInput,
  locks: async (_tx, _input, ctx) => {
    const office = issuingOffice(ctx.actor);
    return await Promise.resolve(office === undefined ? [] : [{ kind: 'association' as const, id: String(office.associationId) }]);
  },
  load: async (tx, _input, ctx) => {
    const office = issuingOffice(ctx.actor);
    if (office === undefined) return undefined;
    const [newest] = await listIssuing(tx, office.associationId);
    return { associationId: office.associationId, version: newest?.version ?? 0 };
  },
  allow: (ctx) => (maySetIssuing(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx, { version }, input) => {
    if (input.version !== version) return refuse('conflict', { message: texts.changedMeanwhile });
    if (input.startsOn < ctx.today) return refuseFields({ startsOn: [texts.fromToday] });
    return accepted(version + 1);
  },
  save: async (tx, { ctx, target, decision, input }) => {
    const { startsOn, way, presidentTitle, presidentName } = input;
    await insertIssuing(tx, {
      associationId: target.associationId,
      version: decision,
      startsOn,
      way,
      presidentTitle,
      presidentName,
      at: ctx.now,
    });
    return {
      value: { version: decision },
      audit: { action: 'certificate.saveIssuing', target: String(decision), detail: { startsOn, way, presidentTitle, presidentName } },
      events: [],
    };
  },
  constraints: { certificate_issuing_pkey: () => refuse('conflict', { message: texts.changedMeanwhile }) },
});
