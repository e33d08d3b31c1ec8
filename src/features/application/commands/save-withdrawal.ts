import type { z } from 'zod';
import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { pinnedSettings, settingsOn } from '#features/association/queries/directory.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { papersOf, paperUsesOf } from '../documents.ts';
import type { ShownPaper } from '../shown-papers.ts';
import { isReturned } from '../flow.ts';
import type { WithdrawalDraft } from '../forms.ts';
import { withdrawalDraft } from '../forms.ts';
import { leaveReasons } from '../proxy-facts.ts';
import { readPapers } from '../queries/case-papers.ts';
import type { HeldAffiliation, WithdrawalAround } from '../queries/withdrawal-around.ts';
import { loadWithdrawalAround } from '../queries/withdrawal-around.ts';
import type { RawDetails } from '../schema.ts';
import { saveWithdrawalInput } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { insertDraft, loadCase, updateApplication } from '../store.server.ts';
import { openLines } from '../upper-rules.ts';
import { leavingLines } from '../withdrawal-rules.ts';
import { draftLocks } from './draft-locks.ts';
import { gate } from './gate.ts';
import { judgeWithdrawal, judgeWithdrawalDetails } from './judge-withdrawal.ts';

type Input = z.infer<typeof saveWithdrawalInput>;

type Loaded = {
  draft: Case | undefined;
  personId: string;
  around: WithdrawalAround;
  form: WithdrawalDraft;
  papers: ShownPaper[];
};

/** The affiliation that carries what was ticked first; the paper speaks of one only. */
function tickedAffiliation(around: WithdrawalAround, ticked: readonly number[]): HeldAffiliation | undefined {
  return around.affiliations.find((one) => openLines(one).some((line) => ticked.includes(line.associationId)));
}

/** The ground is the reason. */
function groundedDetails(details: RawDetails, ground: WithdrawalDraft['ground']): RawDetails {
  return ground === undefined ? details : { ...details, reason: leaveReasons[ground], reasonText: '' };
}

/** What an office's ground says for itself: the reason, and after a death that everything ends. */
function asGrounded(around: WithdrawalAround, input: Input, ground: WithdrawalDraft['ground']): Input {
  if (ground === undefined) return input;
  const [first] = around.affiliations;
  const all = ground === 'death' && first !== undefined ? openLines(first).map((line) => line.associationId) : input.leave;
  return { ...input, leave: all, details: groundedDetails(input.details, ground) };
}

/** The form as it is kept: what was ticked with the upward cascade, and where the person stands in that affiliation. */
function formOf(around: WithdrawalAround, typed: Input, ground: WithdrawalDraft['ground']): WithdrawalDraft {
  const input = asGrounded(around, typed, ground);
  const affiliation = tickedAffiliation(around, input.leave);
  const inside = affiliation === undefined ? [] : leavingLines(affiliation, input.leave).map((line) => line.associationId);
  const elsewhere = input.leave.filter(
    (id) => affiliation !== undefined && !openLines(affiliation).some((line) => line.associationId === id),
  );
  return withdrawalDraft.parse({
    affiliationId: affiliation?.id ?? '',
    leave: [...inside, ...elsewhere].slice(0, 4),
    moves: Object.entries(input.moves)
      .filter(([, to]) => to !== '')
      .map(([id, to]) => ({ associationId: Number(id), affiliationId: to === 'end' ? '' : to }))
      .slice(0, 4),
    before: affiliation === undefined ? [] : openLines(affiliation).map(({ associationId, categoryId }) => ({ associationId, categoryId })),
    workplaceBefore: affiliation?.facility ?? '',
    ...(ground === undefined ? {} : { ground }),
    details: input.details,
  });
}

/** A returned case keeps its associations; date, reason and papers may be corrected (`rules.md 3.8`). */
function corrected(draft: Case, input: Input): WithdrawalDraft | undefined {
  const kept = withdrawalDraft.safeParse(draft.form);
  if (!kept.success) return undefined;
  return { ...kept.data, details: groundedDetails(input.details, kept.data.ground) };
}

async function papersFor(tx: WriteTransaction, ctx: Context, { draft, form }: Pick<Loaded, 'draft' | 'form'>): Promise<ShownPaper[]> {
  const pins = (draft?.steps ?? []).map((step) => ({ associationId: step.associationId, version: step.settingsVersion }));
  const ids = form.before.map((one) => one.associationId);
  const settings = pins.length > 0 ? await pinnedSettings(tx, pins) : await settingsOn(tx, ids, ctx.today);
  const wanted = settings.map((row) => row.settings);
  return draft === undefined
    ? papersOf(wanted, 'withdrawal', { files: [] })
    : await readPapers(tx, { applicationId: draft.id, settings: wanted, use: paperUsesOf(draft, form.ground) });
}

async function load(tx: WriteTransaction, input: Input, ctx: Context): Promise<Loaded | undefined> {
  const draft = input.id === '' ? undefined : await loadCase(tx, ctx.actor, input.id);
  if (input.id !== '' && draft?.kind !== 'withdrawal') return undefined;
  const personId = draft?.personId ?? (ctx.actor.kind === 'doctor' ? ctx.actor.personId : undefined);
  if (personId === undefined) return undefined;
  const around = await loadWithdrawalAround(tx, ctx, { personId, target: draft });
  const ground = withdrawalDraft.safeParse(draft?.form).data?.ground;
  const form = draft !== undefined && isReturned(draft.state) ? corrected(draft, input) : formOf(around, input, ground);
  if (form === undefined) return undefined;
  return { draft, personId, around, form, papers: input.complete ? await papersFor(tx, ctx, { draft, form }) : [] };
}

/** What a form says against everything around it; of a returned case only what may be corrected. */
export function judgeForm({ draft, around, form, papers }: Omit<Loaded, 'personId'>, ctx: Pick<Context, 'today'>) {
  const about = { form, papers, today: ctx.today };
  if (draft === undefined || !isReturned(draft.state)) return judgeWithdrawal(around, about);
  const lines = around.affiliations.flatMap((one) => one.lines).filter((line) => form.leave.includes(line.associationId));
  const fields = judgeWithdrawalDetails(around, { ...about, leave: lines });
  return Object.keys(fields).length > 0 ? refuseFields(fields) : accepted(undefined);
}

/**
 * Step 1 of 退会届: begins the draft or changes it. `complete: false` keeps everything as typed (一時保存する); `complete: true`
 * is refused at the fields when something is missing, so keep it first.
 */
export const saveWithdrawal = command({
  name: 'application.saveWithdrawal',
  input: saveWithdrawalInput,
  locks: draftLocks,
  load,
  allow: (ctx, { draft }, input) => {
    if (draft !== undefined) return gate(ctx, 'edit', { target: draft, seen: input.version ?? 0 });
    return ctx.actor.kind === 'doctor' ? true : refuse('forbidden');
  },
  decide: (ctx, loaded, input) => {
    const judged = input.complete ? judgeForm(loaded, ctx) : accepted(undefined);
    return judged.ok ? accepted({ id: loaded.draft?.id ?? newId() }) : judged;
  },
  save: async (tx, { ctx, target: { draft, personId, form }, decision: { id } }) => {
    if (draft === undefined) await insertDraft(tx, { id, kind: 'withdrawal', personId, form, at: ctx.now });
    else await updateApplication(tx, { id, version: draft.version, now: ctx.now }, { form });
    return {
      value: { id, version: (draft?.version ?? 0) + 1 },
      audit: { action: 'application.saveWithdrawal', personIds: [personId], target: id },
      events: [],
    };
  },
});
