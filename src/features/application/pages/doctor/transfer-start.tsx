import { redirect } from 'react-router';
import { run } from '#platform/command/command.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { Checkbox, RadioGroup } from '#ui/fields/Choices.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Route } from './+types/transfer-start.ts';
import { saveTransfer } from '../../commands/save-transfer.ts';
import type { MoveStart } from '../../queries/move-start.ts';
import { filingContext } from './filing-context.ts';
import type { MoveArgs } from './move-action.ts';
import { afterMoveStart, loadMoveStart } from './move-action.ts';
import { MoveFrame } from './move-frame.tsx';
import { Groups, MoveNotes, Reasons } from './move-parts.tsx';
import { revalidateAfterAction } from './revalidate.ts';

export const handle = definePage({
  id: 'D-09',
  title: '異動届(医師会の異動)',
  crumb: '異動届',
  who: ['doctor', 'office'],
  audit: 'application.saveTransfer',
});

export const meta = () => [{ title: '異動届(医師会の異動) 異動元 | MAMIS' }];

export async function loader(args: MoveArgs) {
  return await loadMoveStart(args, 'transfer');
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: MoveArgs) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  if (params.id === undefined && (form.values['same'] !== undefined || form.values['moves'] === 'no')) {
    const chosen = form.values['affiliationId'];
    const group = typeof chosen === 'string' ? `?${new URLSearchParams({ group: chosen }).toString()}` : '';
    return redirect(`/my/applications/change${group}`, 303);
  }
  const outcome = await run(saveTransfer, ctx, { ...form.input, id: params.id ?? '', complete: form.intent !== 'save' }, form.key);
  return await afterMoveStart({ context }, ctx, { outcome, form, next: 'destination' });
}

const movesOptions = [
  { value: 'yes', label: 'はい', note: '別の医師会へ移ります。' },
  {
    value: 'no',
    label: 'いいえ',
    note: '会員区分や勤務先だけが変わります。「会員区分変更・医師会の異動を伴わない施設異動」の入力に進みます。',
  },
  { value: 'unsure', label: 'わからない', note: '次の画面で新しい勤務先を選択してください。勤務先から異動先の医師会をお調べします。' },
] as const;

/** 「医師会が変わりますか?」: the plain question before the words; いいえ leads to the other paper. */
function Question() {
  return (
    <Section title="医師会が変わりますか?">
      <RadioGroup name="moves" label="あてはまるものを選択してください。" options={movesOptions} />
    </Section>
  );
}

export default function TransferStartPage({
  loaderData: start,
  actionData,
}: {
  loaderData: MoveStart & { key: string };
  actionData?: Route.ComponentProps['actionData'];
}) {
  const isNew = start.id === undefined;
  return (
    <MoveFrame kind="transfer" start={start} answer={actionData} groupName="異動元" nextWord="異動先の選択に進む">
      {isNew ? <Question /> : null}
      <Reasons start={start} limit={200} />
      <Section title="異動元">
        <Groups start={start} legend="異動する医師会を選択してください。" apart />
        {isNew ? <Checkbox name="same" label="異動元・異動先が同じ医師会" /> : null}
        <MoveNotes same={isNew} />
      </Section>
    </MoveFrame>
  );
}
