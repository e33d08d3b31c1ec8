import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox, RadioGroup } from '#ui/fields/Choices.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/field.ts';
import { endOwnField, keepField } from '../commands/keep-field.ts';
import { fieldKinds, names, texts } from '../labels.ts';
import { fieldEntry } from '../queries/entries.ts';
import { EntryForm, listOf } from './entry-form.tsx';

export const handle = definePage({
  id: 'O-20',
  title: '独自項目の登録・変更',
  crumb: '独自項目',
  who: ['office'],
  roles: ['admin'],
  audit: 'ownList.keepField',
});

export const meta = () => [{ title: '独自項目 | MAMIS' }];

/** After a conflict the form carries the version that stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { entry: orThrow(await ask(fieldEntry, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { present } = orThrow(await ask(fieldEntry, ctx, { id: params.id }));
  const form = await parseForm(request);
  const input = { ...form.input, id: params.id };
  const list = listOf('fields');
  if (form.intent === 'end') {
    const ended = await run(endOwnField, ctx, input, form.key);
    return ended.ok ? redirectWithFlash(context, list, texts.ended) : refusalData(ended, form.values);
  }
  const kept = await run(keepField, ctx, input, form.key);
  if (!kept.ok) return refusalData(kept, form.values);
  return redirectWithFlash(context, list, present === undefined ? texts.registered : texts.saved);
}

const kindOptions = Object.entries(fieldKinds).map(([value, label]) => ({ value, label }));

/** 独自項目: what the association records about its members (`screens.md O-20`). */
export default function FieldPage({ loaderData, actionData }: Route.ComponentProps) {
  const { entry, key } = loaderData;
  const { present } = entry;
  return (
    <EntryForm
      tab="fields"
      title={present === undefined ? '独自項目の登録' : '独自項目の変更'}
      isNew={present === undefined}
      idempotencyKey={key}
      version={entry.version}
      values={entry.values}
      answer={actionData}
      more={present === undefined || present.ended ? undefined : { intent: 'end', label: '終了する' }}
    >
      {present?.ended === true ? <p>この項目は終了しています。入力された内容は残っています。</p> : null}
      <TextField name="name" label={names.name} required hint="40文字以内" autoComplete="off" />
      {present === undefined ? (
        <RadioGroup name="kind" label={names.kind} required options={kindOptions} inline />
      ) : (
        <>
          <input type="hidden" name="kind" value={entry.values.kind} />
          <div className="mb-6">
            <DefinitionTable items={[{ label: names.kind, value: present.kind }]} />
          </div>
        </>
      )}
      {present === undefined || present.chosen ? (
        <TextArea name="choices" label={names.choices} hint="種類が「選択」のときに、1行に1つずつ入力します(20個まで)。" limit={1000} />
      ) : null}
      <Checkbox name="shown" label={names.shown} hint="チェックしない項目は、貴会の事務局だけが見られます。" />
    </EntryForm>
  );
}
