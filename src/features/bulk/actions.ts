import type { z } from 'zod';
import { actingAccount } from '#kernel/actor.ts';
import { messages } from '#kernel/messages.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { refuseFields } from '#kernel/refusal.ts';
import { acknowledge } from '#features/application/commands/acknowledge.ts';
import { approve } from '#features/application/commands/approve.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { receive } from '#features/application/commands/receive.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { dateNames } from '#features/application/date-rules.ts';
import type { PaperUse } from '#features/application/documents.ts';
import { paperUsesOf } from '#features/application/documents.ts';
import { groundOf } from '#features/application/forms.ts';
import { fieldNames } from '#features/application/messages.ts';
import type { Action } from '#features/application/policy.ts';
import { may, stepFor } from '#features/application/policy.ts';
import { asOn, stopOf } from '#features/application/proxy-rules.ts';
import { approvalOutlook } from '#features/application/queries/bulk-approval.ts';
import type { BulkCase } from '#features/application/queries/bulk-cases.ts';
import { pinnedSettings } from '#features/association/queries/directory.ts';
import { chosenReasons } from '#features/association/queries/reasons.ts';
import type { Command } from '#platform/command/command.ts';
import { run } from '#platform/command/command.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { bulkWord, willWords } from './labels.ts';
import { bulkTexts } from './messages.ts';
import type { Verdict } from './rules.ts';
import { judgeApproval, missingPapers, proceed, stop } from './rules.ts';
import type { BulkActionName } from './schema.ts';
import { approveCommon, cancelCommon, noCommon, returnCommon } from './schema.ts';

/** The table of what can be done in bulk: one entry per action, so that a new command plugs in here. */

type Judge<Common> = (tx: ReadTransaction, ctx: Context, ask: { row: BulkCase; common: Common }) => Promise<Verdict>;

/** `step`: the own step that the action is about; none where the proxy office acts. */
type JudgeStep<Common> = (
  tx: ReadTransaction,
  ctx: Context,
  ask: { row: BulkCase; step: BulkStep | undefined; common: Common },
) => Promise<Verdict>;

type BulkStep = BulkCase['target']['steps'][number];

type ActionSpec<S extends z.ZodType, I extends z.ZodType, Value> = {
  name: BulkActionName;
  /** The same action in the policy of a single case. */
  action: Action;
  common: S;
  /** Said of a row while the common input is not complete. */
  will?: string;
  judge: JudgeStep<z.infer<S>>;
  command: Command<I, Value>;
  /** Said of a row that was carried out, where that is not the end of it. */
  said?: (value: Value) => string;
};

export type BulkAction = {
  name: BulkActionName;
  /** Messages at the fields of the common input, if it cannot be used. */
  errorsOf: (common: unknown) => FieldErrors | undefined;
  /** The common input as it was understood, as text: what the check page spoke of. */
  readingOf: (common: unknown) => string;
  judge: Judge<unknown>;
  /** Answers what the result list says of the row, '' when it is plainly done. */
  execute: (ctx: Context, input: unknown, key: string) => Promise<Outcome<string>>;
};

function bulkAction<S extends z.ZodType, I extends z.ZodType, Value>(spec: ActionSpec<S, I, Value>): BulkAction {
  return {
    name: spec.name,
    errorsOf: (raw) => {
      const parsed = spec.common.safeParse(raw);
      return parsed.success ? undefined : fieldErrors(parsed.error);
    },
    readingOf: (raw) => JSON.stringify(spec.common.safeParse(raw).data ?? null),
    judge: async (tx, ctx, { row, common }) => {
      if (!may(ctx.actor, spec.action, row.target)) return stop(bulkTexts.notNow(bulkWord(spec.name)));
      const held = stopOf(row.target, ctx.today);
      if (held !== undefined && !may(ctx.actor, spec.action, asOn(row.target, ctx.today))) return stop(held);
      const parsed = spec.common.safeParse(common);
      if (!parsed.success) return proceed(spec.will ?? '', {});
      const step = stepFor<BulkStep>(ctx.actor, spec.action, row.target);
      return await spec.judge(tx, ctx, { row, step, common: parsed.data });
    },
    execute: async (ctx, input, key) => {
      const outcome = await run(spec.command, ctx, input, key);
      return outcome.ok ? { ...outcome, value: spec.said?.(outcome.value) ?? '' } : outcome;
    },
  };
}

function attentionOf(row: BulkCase): string[] {
  return row.target.attention ? [bulkTexts.attention(row.head.attentionReason)] : [];
}

/** Which lists of papers the case is asked for: that of its kind, of its ground, and of the request to an office (`screens.md O-21`). */
function usesOf({ target }: BulkCase): PaperUse[] {
  return paperUsesOf(target, groundOf(target));
}

/** What the others have decided: what 確認 takes notice of (`screens.md O-06`). */
function decidedIn({ target }: BulkCase): string[] {
  return target.steps.flatMap((step) =>
    step.decidedOn === null ? [] : [`${dateNames[step.leg]}:${formatDayPlain(step.decidedOn)}(${step.associationName})`],
  );
}

const actions: Record<BulkActionName, BulkAction> = {
  receive: bulkAction({
    name: 'receive',
    action: 'receive',
    common: noCommon,
    command: receive,
    judge: async (tx, _ctx, { row, step }) => {
      if (step === undefined) return stop(bulkTexts.notNow(bulkWord('receive')));
      const [pinned] = await pinnedSettings(tx, [{ associationId: step.associationId, version: step.settingsVersion }]);
      const missing = pinned === undefined ? [] : missingPapers(pinned.settings, { uses: usesOf(row), papers: row.papers });
      return proceed(willWords.receive, {}, [...missing, ...attentionOf(row)]);
    },
  }),
  approve: bulkAction({
    name: 'approve',
    action: 'approve',
    common: approveCommon,
    command: approve,
    said: ({ waitsForSecond }) => (waitsForSecond ? bulkTexts.firstDone : ''),
    judge: async (tx, ctx, { row, step, common }) => {
      if (step === undefined) return stop(bulkTexts.notNow(bulkWord('approve')));
      const outlook = await approvalOutlook(tx, ctx, { at: { target: row.target, step }, choice: common });
      const cautions = [...missingPapers(outlook.settings, { uses: usesOf(row), papers: row.papers }), ...attentionOf(row)];
      return judgeApproval({ ...outlook, by: common.by, accountId: actingAccount(ctx.actor), cautions });
    },
  }),
  return: bulkAction({
    name: 'return',
    action: 'return',
    common: returnCommon,
    will: willWords.return,
    command: returnCase,
    judge: async (_tx, _ctx, { common }) =>
      await Promise.resolve(proceed(willWords.return, { reasons: common.reasons, message: common.message })),
  }),
  acknowledge: bulkAction({
    name: 'acknowledge',
    action: 'acknowledge',
    common: noCommon,
    command: acknowledge,
    judge: async (_tx, _ctx, { row }) => await Promise.resolve(proceed(willWords.acknowledge(decidedIn(row)), {}, attentionOf(row))),
  }),
  cancel: bulkAction({
    name: 'cancel',
    action: 'cancel',
    common: cancelCommon,
    will: willWords.cancel,
    command: cancel,
    judge: async (tx, ctx, { common: { reason, note } }) => {
      const { needText } = await chosenReasons(tx, { use: 'cancel', codes: [reason], on: ctx.today, by: 'office' });
      return needText && note === '' ? stop(messages.req(fieldNames.cancelNote)) : proceed(willWords.cancel, { reason, note });
    },
  }),
};

/** The entry of an action. */
export function actionOf(name: BulkActionName): BulkAction {
  return actions[name];
}

/** What an action would do to each case, in their order. */
export async function judgeAll(
  tx: ReadTransaction,
  ctx: Context,
  ask: { action: BulkActionName; common: unknown; cases: readonly BulkCase[] },
): Promise<Verdict[]> {
  const { judge } = actions[ask.action];
  const found: Verdict[] = [];
  for (let from = 0; from < ask.cases.length; from += 50) {
    const some = ask.cases.slice(from, from + 50);
    found.push(...(await Promise.all(some.map(async (row) => await judge(tx, ctx, { row, common: ask.common })))));
  }
  return found;
}

/** Refuses common input that cannot be used, with its messages. */
export function commonFlaw(action: BulkActionName, common: unknown) {
  const errors = actions[action].errorsOf(common);
  return errors === undefined ? undefined : refuseFields(errors);
}
