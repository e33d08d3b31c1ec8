import { messages } from '#kernel/messages.ts';
import { actingAccount } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { groundsWithoutRequest, reasonExists } from '#features/association/queries/reasons.ts';
import { isContactFaded } from '#features/membership/queries/faded.ts';
import { isMemberHere } from '#features/membership/queries/member-head.ts';
import { memberOffice } from '#features/membership/queries/members.ts';
import {
  changedMeanwhile,
  decideProfile,
  loadProfileTarget,
  profileLocks,
  saveProfile,
  wantedProfile,
} from '#features/person/commands/change-profile.ts';
import { texts } from '#features/person/messages.ts';
import { command } from '#platform/command/command.ts';
import { listFreeFiles } from '#platform/files/free-files.ts';
import { proxyLabels } from '../labels.ts';
import { bindPapers } from '../paper.store.server.ts';
import { fixedFields, paperFields } from '../rules.ts';
import type { ProxyProfileInput } from '../schema.ts';
import { proxyProfileInput } from '../schema.ts';

function proxyFlaws(input: ProxyProfileInput, known: { ground: boolean; today: string }): Record<string, string[]> {
  return {
    ...(known.ground ? {} : { ground: [messages.sel('依頼の根拠')] }),
    ...(input.askedOn > known.today ? { askedOn: [messages.past('依頼日')] } : {}),
  };
}

/** 登録する of O-09: an office changes a doctor's data at his request; M-27 tells him, the other offices hear of it (`rules.md 3.1`). */
export const changeProfileForDoctor = command({
  name: 'person.changeProfileByOffice',
  input: proxyProfileInput,
  locks: async (_tx, input) => await Promise.resolve(profileLocks(input.personId, input.licenceNumber)),
  load: async (tx, input, ctx) => {
    // Nobody changes what he must not see any more (`screens.md O-08`).
    if (!(await isMemberHere(tx, ctx, input.personId)) || (await isContactFaded(tx, ctx, input.personId))) return undefined;
    const target = await loadProfileTarget(tx, input.personId, ctx);
    if (target === undefined) return undefined;
    const known = await reasonExists(tx, { use: 'proxy', codes: [input.ground], on: ctx.today });
    const papers = await listFreeFiles(tx, actingAccount(ctx.actor) ?? '', input.paperIds);
    return { target, papers, groundKnown: known && !groundsWithoutRequest.includes(input.ground) };
  },
  allow: (ctx) => memberOffice(ctx),
  decide: (ctx, { target, groundKnown, papers }, input) => {
    if (target.person.version !== input.version) return changedMeanwhile(target);
    const before = target.person.profile;
    const { personId: _personId, ground: _ground, askedOn: _askedOn, paperIds: _paperIds, ...change } = input;
    const wanted = wantedProfile(before, { ...change, mail: before.mail });
    if (!wanted.ok) return wanted;
    const fixed = fixedFields.filter((name) => before[name] !== wanted.value[name]);
    // A paper that something else took meanwhile is said, not left out in silence.
    const gone = papers.length < new Set(input.paperIds).size;
    const paperless = gone || (papers.length === 0 && paperFields.some((name) => before[name] !== wanted.value[name]));
    const flaws = {
      ...proxyFlaws(input, { ground: groundKnown, today: ctx.today }),
      ...(paperless ? { papers: [messages.file()] } : {}),
      ...Object.fromEntries(fixed.map((name) => [name, [proxyLabels.needsSecond]])),
    };
    if (Object.keys(flaws).length > 0) return refuseFields(flaws);
    const decision = decideProfile(ctx, target, wanted.value);
    if (!decision.ok) return decision;
    return decision.value.fields.length === 0 ? refuse('invalid', { message: texts.nothingChanged }) : accepted(decision.value);
  },
  save: async (tx, { ctx, target, decision, input }) => {
    const { personId } = target.target.person;
    const changeId = newId();
    const asked = { ground: input.ground, on: input.askedOn };
    const events = await saveProfile(tx, ctx, { personId, decision, source: 'office', proxy: { changeId, asked } });
    await bindPapers(
      tx,
      target.papers.map((paper) => ({ id: newId(), changeId, fileId: paper.id })),
    );
    const { ground, askedOn } = input;
    const detail = {
      change: changeId,
      fields: decision.fields,
      ground,
      askedOn,
      ...(target.papers.length === 0 ? {} : { papers: target.papers.length }),
    };
    return {
      value: { fields: decision.fields },
      audit: { action: 'person.changeProfileByOffice', personIds: [personId], target: personId, detail },
      events,
    };
  },
  constraints: { profile_change_paper_once: () => refuse('conflict') },
});
