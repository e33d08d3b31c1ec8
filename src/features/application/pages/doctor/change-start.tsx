import { useState } from 'react';
import { run } from '#platform/command/command.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { textOf } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { useHydrated } from '#ui/useHydrated.ts';
import type { Route } from './+types/change-start.ts';
import { saveChange } from '../../commands/save-change.ts';
import type { MoveGroup, MoveStart } from '../../queries/move-start.ts';
import { filingContext } from './filing-context.ts';
import { askedHint } from './join-parts.tsx';
import type { MoveArgs } from './move-action.ts';
import { afterMoveStart, loadMoveStart } from './move-action.ts';
import { MoveFrame } from './move-frame.tsx';
import { Groups, MoveNotes, Reasons } from './move-parts.tsx';
import { revalidateAfterAction } from './revalidate.ts';

export const handle = definePage({
  id: 'D-10',
  title: '異動届(会員区分変更・施設異動)',
  crumb: '異動届',
  who: ['doctor', 'office'],
  audit: 'application.saveChange',
});

export const meta = () => [{ title: '異動届(会員区分変更・医師会の異動を伴わない施設異動) | MAMIS' }];

export async function loader(args: MoveArgs) {
  return await loadMoveStart(args, 'change');
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: MoveArgs) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  const outcome = await run(saveChange, ctx, { ...form.input, id: params.id ?? '', complete: form.intent !== 'save' }, form.key);
  return await afterMoveStart({ context }, ctx, { outcome, form, next: 'details' });
}

type LineProps = { place: MoveGroup['places'][number]; start: MoveStart; lowest: boolean };

/** 現在の会員区分 → 変更後の会員区分; what stays is only taken notice of there, but the lowest always decides (`rules.md 3.7`). */
function CategoryLine({ place, start, lowest }: LineProps) {
  const name = `categories.${place.field}`;
  return (
    <SelectField
      name={name}
      label={`${place.label} 変更後の会員区分`}
      placeholder={lowest ? '変更なし' : '変更なし(確認のみ)'}
      options={place.categories}
      defaultValue={start.written.categories[place.field] ?? ''}
      hint={askedHint(start.requests, name, `現在の会員区分:${place.category}`)}
    />
  );
}

/** 会員区分の変更 of the chosen group; without script of all groups, of which only the chosen one counts. */
function Categories({ start, chosen }: { start: MoveStart; chosen: string }) {
  const hydrated = useHydrated();
  const shown = hydrated ? start.groups.filter((group) => group.id === chosen) : start.groups;
  const seen = new Set<string>();
  return (
    <Section title="会員区分の変更">
      {shown.length === 0 ? <p>グループを選択すると、会員区分を変更できます。</p> : null}
      {shown.map((group) => (
        <div key={group.id}>
          {shown.length > 1 ? <h3>{group.facility}</h3> : null}
          {group.places
            .filter((place) => !seen.has(place.field) && seen.add(place.field))
            .map((place) => (
              <CategoryLine
                key={`${group.id} ${place.field}`}
                place={place}
                start={start}
                lowest={place.field === group.places[0]?.field}
              />
            ))}
        </div>
      ))}
    </Section>
  );
}

export default function ChangeStartPage({
  loaderData: start,
  actionData,
}: {
  loaderData: MoveStart & { key: string };
  actionData?: Route.ComponentProps['actionData'];
}) {
  const [chosen, setChosen] = useState(textOf(actionData?.values['affiliationId']) ?? start.written.affiliationId);
  return (
    <MoveFrame
      kind="change"
      start={start}
      answer={actionData}
      groupName="グループ"
      nextWord="入力フォームに進む"
      intro={<p>会員区分変更・医師会の異動を伴わない施設異動の届です。</p>}
    >
      <Reasons start={start} limit={30} />
      <Section title="グループ">
        <Groups start={start} legend="会員区分を変更する医師会を含むグループを選択してください。" onChoose={setChosen} />
        <MoveNotes />
      </Section>
      <Categories start={start} chosen={chosen} />
    </MoveFrame>
  );
}
