import type { RouterContextProvider } from 'react-router';
import { run } from '#platform/command/command.ts';
import { parseForm } from '#platform/http/form.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { deleteView, saveView } from '../commands/saved-views.ts';
import type { ViewedList } from '../schema.ts';

/** The form of 保存した条件: keeps the conditions of a list, or forgets some. */
export async function answerViews(
  context: Readonly<RouterContextProvider>,
  request: Request,
  of: { list: ViewedList; listTo: string; conditions: string },
) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent === 'delete') {
    const outcome = await run(deleteView, ctx, form.input, form.key);
    return outcome.ok ? redirectWithFlash(context, `${of.listTo}/views`, '削除しました。') : refusalData(outcome, form.values);
  }
  const outcome = await run(saveView, ctx, { ...form.input, list: of.list, conditions: of.conditions }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `${of.listTo}${of.conditions}`, '保存しました。');
}
