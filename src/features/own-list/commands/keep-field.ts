import { addDays } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { Field, NewField } from '../field.store.server.ts';
import { endField, insertField, listFields, listUsedChoices, updateField } from '../field.store.server.ts';
import { texts } from '../labels.ts';
import { choicesError, choicesOf, stateOn } from '../rules.ts';
import type { FieldForm } from '../schema.ts';
import { changeInput, fieldInput } from '../schema.ts';
import type { Among } from './own-office.ts';
import { adminsOnly, among, listLocks, outdated, recorded } from './own-office.ts';

const mostFields = 20;

function decideField(
  ctx: Context,
  { office, rows, present, used }: Among<Field> & { used: string[] },
  input: FieldForm,
): Outcome<NewField> {
  const inUse = rows.filter((row) => row.id !== present?.id && stateOn(row, ctx.today) === 'current');
  if (present === undefined && inUse.length >= mostFields) return refuse('conflict', { message: texts.mostFields });
  if (inUse.some((row) => row.name === input.name)) return refuseFields({ name: [texts.sameName] });
  const kind = present?.kind ?? input.kind;
  const choices = kind === 'choice' ? choicesOf(input.choices) : [];
  const wrong = kind === 'choice' ? choicesError(choices) : undefined;
  if (wrong !== undefined) return refuseFields({ choices: [wrong] });
  const [missing] = used.filter((one) => !choices.includes(one));
  if (missing !== undefined) return refuseFields({ choices: [texts.usedChoice(missing)] });
  return accepted({ associationId: office.associationId, name: input.name, kind, choices, shown: input.shown });
}

/** 登録する / 保存する of 独自項目, up to 20 in use; a choice that stands in a record cannot be taken away. */
export const keepField = command({
  name: 'ownList.keepField',
  input: fieldInput,
  locks: listLocks,
  load: async (tx, { id, choices }, ctx) => {
    const found = await among(ctx, id, (associationId) => listFields(tx, associationId));
    if (found === undefined) return undefined;
    const asked = new Set(choicesOf(choices));
    const gone = (found.present?.choices ?? []).filter((one) => !asked.has(one));
    return { ...found, used: found.present === undefined ? [] : await listUsedChoices(tx, found.present.id, gone) };
  },
  allow: adminsOnly,
  decide: (ctx, around, input) => outdated(around.present, input.version) ?? decideField(ctx, around, input),
  save: async (tx, { target: { present }, decision }) => {
    const id = present?.id ?? (await insertField(tx, decision));
    if (present !== undefined) await updateField(tx, id, decision);
    const { kind, choices } = decision;
    const detail = {
      name: recorded(present?.name, decision.name),
      kind,
      shown: recorded(present?.shown, decision.shown),
      choices: choices.length,
    };
    return { value: { id }, audit: { action: 'ownList.keepField', target: String(id), detail }, events: [] };
  },
});

/** 終了する: it is not asked any more; what was entered stays on record. */
export const endOwnField = command({
  name: 'ownList.endField',
  input: changeInput,
  locks: listLocks,
  load: async (tx, { id }, ctx) => (await among(ctx, id, (associationId) => listFields(tx, associationId)))?.present,
  allow: adminsOnly,
  decide: (ctx, present, { version }) => {
    if (stateOn(present, ctx.today) === 'ended') return refuse('conflict', { message: texts.alreadyEnded });
    return outdated(present, version) ?? accepted(addDays(ctx.today, -1));
  },
  save: async (tx, { target: { id, name }, decision: endsOn }) => {
    await endField(tx, id, endsOn);
    return { value: { id }, audit: { action: 'ownList.endField', target: String(id), detail: { name, endsOn } }, events: [] };
  },
});
