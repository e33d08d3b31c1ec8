import { isMemberHere } from '#features/membership/queries/member-head.ts';
import { memberOffice } from '#features/membership/queries/members.ts';
import type { OfficeActor } from '#kernel/actor.ts';
import { messages } from '#kernel/messages.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { Field, FieldValue, NewValue } from '../field.store.server.ts';
import { insertValues, listFields, listValues } from '../field.store.server.ts';
import { texts } from '../labels.ts';
import { stateOn } from '../rules.ts';
import type { ValuesForm } from '../schema.ts';
import { valuesInput } from '../schema.ts';

type Around = { office: OfficeActor; fields: Field[]; values: FieldValue[]; version: number };

/** The save that a member's values stand at; 0 before the first. */
export function savesOf(values: readonly FieldValue[]): number {
  return Math.max(0, ...values.map((one) => one.version));
}

function typedValue(field: Field, text: string): Outcome<string> {
  if (text === '' || field.kind === 'text') return accepted(text);
  if (field.kind === 'choice') return field.choices.includes(text) ? accepted(text) : refuseFields({ value: [texts.notOffered] });
  const found = parseDayInput(text);
  return found === undefined ? refuseFields({ value: [messages.date(field.name)] }) : accepted(found);
}

/** What a save changes, or what is wrong at which line of the form. */
function decideValues(ctx: Context, { fields, values }: Around, input: ValuesForm): Outcome<NewValue[]> {
  const present = new Map(values.map((one) => [one.fieldId, one.value]));
  const wrong: Record<string, readonly string[]> = {};
  const changed = new Map<number, string>();
  for (const [line, { fieldId, value }] of input.values.entries()) {
    const field = fields.find((one) => one.id === fieldId && stateOn(one, ctx.today) === 'current');
    if (field === undefined) return refuse('conflict', { message: texts.changedMeanwhile });
    const typed = typedValue(field, value);
    if (!typed.ok) wrong[`values.${line}.value`] = typed.refusal.fields?.['value'] ?? [];
    else if (typed.value !== (present.get(fieldId) ?? '')) changed.set(fieldId, typed.value);
  }
  if (Object.keys(wrong).length > 0) return refuseFields(wrong);
  return accepted([...changed].map(([fieldId, value]) => ({ fieldId, value })));
}

/** 保存する of the tab 独自項目 (`screens.md O-08`): the own office's values about a member; former ones are kept. */
export const saveValues = command({
  name: 'ownList.saveValues',
  input: valuesInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'person' as const, id }]),
  load: async (tx, { id }, ctx): Promise<Around | undefined> => {
    if (ctx.actor.kind !== 'office' || !(await isMemberHere(tx, ctx, id))) return undefined;
    const { associationId } = ctx.actor;
    const values = await listValues(tx, { personId: id, associationId });
    return { office: ctx.actor, fields: await listFields(tx, associationId), values, version: savesOf(values) };
  },
  allow: memberOffice,
  decide: (ctx, around, input) => {
    const { version } = around;
    return version === input.version ? decideValues(ctx, around, input) : refuse('conflict', { current: { version } });
  },
  save: async (tx, { ctx, target: { office, version }, decision: values, input: { id } }) => {
    const { associationId, accountId, displayName: authorName } = office;
    const save = { version: version + 1, accountId, authorName, at: ctx.now, values };
    if (values.length > 0) await insertValues(tx, { personId: id, associationId }, save);
    const fields = values.map((one) => one.fieldId).join(',');
    return {
      value: { changed: values.length },
      audit: { action: 'ownList.saveValues', target: id, personIds: [id], detail: { fields } },
      events: [],
    };
  },
});
