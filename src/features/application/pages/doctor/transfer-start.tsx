import { redirect } from 'react-router';
import { run } from '#platform/command/command.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
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
  if (params.id === undefined && form.values['same'] !== undefined) {
    const chosen = form.values['affiliationId'];
    const group = typeof chosen === 'string' ? `?${new URLSearchParams({ group: chosen }).toString()}` : '';
    return redirect(`/my/applications/change${group}`, 303);
  }
  const outcome = await run(saveTransfer, ctx, { ...form.input, id: params.id ?? '', complete: form.intent !== 'save' }, form.key);
  return await afterMoveStart({ context }, ctx, { outcome, form, next: 'destination' });
}

/** 「医師会が変わりますか?」: the plain question before the words. */
function Question() {
  return (
    <Section title="医師会が変わりますか?">
      <ul className="list-disc pl-6">
        <li>はい(別の医師会へ移ります) … このまま、下の異動事由と異動元を選択してください。</li>
        <li>
          いいえ(会員区分や勤務先だけが変わります) … <a href="/my/applications/change">会員区分変更・医師会の異動を伴わない施設異動</a>へ
        </li>
        <li>わからない … このまま進み、次の画面で新しい勤務先を選択してください。勤務先から異動先の医師会をお調べします。</li>
      </ul>
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
    <MoveFrame
      kind="transfer"
      start={start}
      answer={actionData}
      groupName="異動元"
      nextWord="異動先の選択に進む"
      intro={isNew ? <Question /> : null}
    >
      <Reasons start={start} limit={200} />
      <Section title="異動元">
        <Groups start={start} legend="異動する医師会を選択してください。" apart />
        {isNew ? <Checkbox name="same" label="異動元・異動先が同じ医師会" /> : null}
        <MoveNotes same={isNew} />
      </Section>
    </MoveFrame>
  );
}
