import type { z } from 'zod';
import type { FieldErrors } from '#kernel/refusal.ts';
import type { Query } from '../command/query.ts';
import { ask } from '../command/query.ts';
import type { Context } from '../context.ts';
import type { FormValues } from './form.ts';
import { readFields } from './form.ts';
import { orThrow } from './respond.ts';

export type Filtered<Value> = {
  value: Value;
  /** The conditions as typed, to fill the form again. */
  values: FormValues;
  /** Conditions that made no sense: left out of the answer and named at their fields. */
  errors: FieldErrors | undefined;
};

/**
 * Asks a list query with the conditions of an address; 表示件数 is the person's own where the address names none. A condition that cannot be read does not hide the list: it is left
 * out, and its message stands at its field. Any other refusal becomes the error page of its status.
 */
export async function askByAddress<S extends z.ZodType, Value>(spec: Query<S, Value>, ctx: Context, url: string): Promise<Filtered<Value>> {
  const form = new FormData();
  for (const [name, value] of new URL(url).searchParams) form.append(name, value);
  const { input: asked, values } = readFields(form);
  const input = ctx.pageSize === undefined || 'size' in asked ? asked : { ...asked, size: String(ctx.pageSize) };
  const first = await ask(spec, ctx, input);
  if (first.ok) return { value: first.value, values, errors: undefined };
  const errors = first.refusal.code === 'invalid' ? first.refusal.fields : undefined;
  if (errors === undefined) return { value: orThrow(first), values, errors };
  const wrong = new Set(Object.keys(errors).map((path) => path.split('.')[0]));
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !wrong.has(name)));
  return { value: orThrow(await ask(spec, ctx, rest)), values, errors };
}
