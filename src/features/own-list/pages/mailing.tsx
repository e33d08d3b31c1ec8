import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox, CheckboxGroup, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/mailing.ts';
import { keepMailing, removeMailing } from '../commands/keep-mailing.ts';
import { mailingKinds, names, texts } from '../labels.ts';
import { mailingEntry } from '../queries/entries.ts';
import { EntryForm, listOf } from './entry-form.tsx';

export const handle = definePage({
  id: 'O-20',
  title: '送付物の登録・変更',
  crumb: '送付物',
  who: ['office'],
  roles: ['admin'],
  audit: 'ownList.keepMailing',
});

export const meta = () => [{ title: '送付物 | MAMIS' }];

/** After a conflict the form carries the version that stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { entry: orThrow(await ask(mailingEntry, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { present } = orThrow(await ask(mailingEntry, ctx, { id: params.id }));
  const form = await parseForm(request);
  const input = { ...form.input, id: params.id };
  if (form.intent === 'remove') {
    const removed = await run(removeMailing, ctx, input, form.key);
    return removed.ok ? redirectWithFlash(context, listOf('mailings'), texts.removed) : refusalData(removed, form.values);
  }
  const kept = await run(keepMailing, ctx, input, form.key);
  if (!kept.ok) return refusalData(kept, form.values);
  return redirectWithFlash(context, listOf('mailings'), present === undefined ? texts.registered : texts.saved);
}

const kindOptions = Object.entries(mailingKinds).map(([value, label]) => ({ value, label }));

/** 送付物: one kind of thing that the association sends (`screens.md O-20`). */
export default function MailingPage({ loaderData, actionData }: Route.ComponentProps) {
  const { entry, key } = loaderData;
  const { present } = entry;
  return (
    <EntryForm
      tab="mailings"
      title={present === undefined ? '送付物の登録' : '送付物の変更'}
      isNew={present === undefined}
      idempotencyKey={key}
      version={entry.version}
      values={{ ...entry.values, startsOn: entry.values.startsOn.replaceAll('-', '/'), endsOn: entry.values.endsOn.replaceAll('-', '/') }}
      answer={actionData}
      more={present === undefined ? undefined : { intent: 'remove', label: '削除する' }}
    >
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
      {entry.categories.length === 0 ? null : (
        <CheckboxGroup
          name="categories"
          label={names.categories}
          hint="選択しない場合は、すべての会員区分が対象です。"
          options={entry.categories}
        />
      )}
      <Checkbox name="refusable" label={names.refusable} hint="チェックすると、会員が「送付不要」を選べるようになります。" />
      <DateField name="startsOn" label={names.startsOn} today={entry.today} hint="入力しない場合は、本日からです。" />
      <DateField
        name="endsOn"
        label={names.endsOn}
        today={entry.today}
        hint={
          present?.used === true
            ? '会員が送付先を選んでいるため、削除はできません。やめるときは終了日を入力します。'
            : 'この日まで使用します。'
        }
      />
    </EntryForm>
  );
}
