import { messages } from '#kernel/messages.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { filesUnder } from '#platform/http/files-under.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { readCsv } from '#platform/sheet/read-csv.ts';
import { sheetFileTexts } from '#platform/sheet/messages.ts';
import { uploadedText } from '#platform/sheet/uploaded-text.ts';
import { textOf } from '#ui/fields/formState.tsx';
import { z } from 'zod';
import { takePaperForm } from '../../commands/keep-paper-form.ts';
import { meetingsInput } from '../../settings-input-schema.ts';
import { settingsTexts as texts } from '../../settings-messages.ts';
import type { SettingsValues } from './form-values.ts';
import { withMeetings } from './form-values.ts';

/** Files that come with the form of a new version: blank forms of papers, and board meetings as CSV (`screens.md O-21`). */

const rowsInput = z.array(z.looseObject({})).catch([]);

/** Every form that came with the fields is kept, whichever button was pressed; the fields name it from now on. */
export async function withBlankForms(ctx: Context, form: ParsedForm): Promise<{ values: SettingsValues; errors: FieldErrors }> {
  const rows = rowsInput.parse(form.input['requiredDocuments']);
  const kept: Record<string, string> = {};
  const errors: Record<string, readonly string[]> = {};
  for (const [place, row] of rows.entries()) {
    const [file] = filesUnder(row['form']);
    if (file === undefined) continue;
    const field = `requiredDocuments.${place}.form`;
    const taken = await takePaperForm(ctx, file, field);
    if (taken.ok) Object.assign(kept, { [`${field}Id`]: taken.value.id, [`${field}Name`]: taken.value.name });
    else Object.assign(errors, taken.refusal.fields ?? { [field]: [taken.refusal.message] });
  }
  const pressed = form.intent.startsWith('upload:') ? form.intent.slice('upload:'.length) : undefined;
  if (pressed !== undefined && !(`${pressed}Id` in kept) && Object.keys(errors).length === 0) errors[pressed] = [messages.file()];
  return { values: { ...form.values, ...kept }, errors };
}

/** 様式を外す: the row keeps its other fields. */
export function withoutForm(values: SettingsValues, id: string): SettingsValues {
  const row = Object.keys(values).find((name) => name.endsWith('.formId') && textOf(values[name]) === id);
  if (row === undefined) return values;
  const gone = [row, row.replace(/Id$/, 'Name')];
  return Object.fromEntries(Object.entries(values).filter(([name]) => !gone.includes(name)));
}

/** The days of the first column of a CSV file join those that are typed already; a head line is passed over. */
export async function withMeetingsFile(form: ParsedForm, values: SettingsValues): Promise<Outcome<SettingsValues>> {
  const uploaded = await uploadedText(form.input['meetingsFile']);
  if ('fault' in uploaded) return refuseFields({ meetingsFile: [uploaded.fault] });
  const lines = readCsv(uploaded.text);
  if (lines === undefined) return refuseFields({ meetingsFile: [sheetFileTexts.unreadable] });
  const days = meetingsInput.safeParse(lines.map(({ cells }) => cells[0] ?? ''));
  if (!days.success) return refuseFields({ meetingsFile: days.error.issues.map((issue) => issue.message) });
  return days.data.length === 0 ? refuseFields({ meetingsFile: [texts.noDays] }) : accepted(withMeetings(values, days.data));
}
