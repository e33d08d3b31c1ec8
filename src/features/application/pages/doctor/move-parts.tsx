import { Link, useLocation } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { ErrorLines } from '#ui/fields/FieldFrame.tsx';
import { textOf, useField } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Mark } from '#ui/parts/Mark.tsx';
import type { MoveGroup, MoveStart } from '../../queries/move-start.ts';
import { texts } from '../../messages.ts';
import { useCaseRoot } from './use-case-root.tsx';

/** What step 1 of both 異動届 consists of: reasons in their groups, and the groups of the doctor as cards. */

export function NoGroup() {
  const { pathname } = useLocation();
  if (pathname.startsWith('/office/')) return <EmptyState>貴会を通じた所属がありません。入会届をご利用ください。</EmptyState>;
  return (
    <>
      <EmptyState>現在、医師会に所属していません。入会届をご利用ください。</EmptyState>
      <Actions>
        <LinkButton to="/my/applications/join" variant="primary">
          入会届に進む
        </LinkButton>
        <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
      </Actions>
    </>
  );
}

/** 異動事由, one set of radio buttons under the headings of the list. */
export function Reasons({ start, limit }: { start: MoveStart; limit: number }) {
  const parts = useField({ name: 'reason' });
  const chosen = textOf(parts.value) ?? start.written.reason;
  const groups = [...new Set(start.reasons.map((reason) => reason.group))];
  return (
    <Section title="異動事由">
      <div className={parts.invalid ? 'ui-field ui-field-error' : 'ui-field'}>
        <p className="ui-label">
          異動事由を選択してください。<span className="ui-required">必須</span>
        </p>
        <ErrorLines parts={parts} />
        {groups.map((group) => (
          <fieldset key={group} className="mb-4">
            <legend className="font-bold">{group}</legend>
            {start.reasons
              .filter((reason) => reason.group === group)
              .map((reason) => (
                <label className="ui-choice" key={reason.value}>
                  <input
                    type="radio"
                    id={reason === start.reasons[0] ? parts.id : undefined}
                    name="reason"
                    value={reason.value}
                    defaultChecked={chosen === reason.value}
                    aria-describedby={parts.describedBy}
                  />
                  <span>{reason.label}</span>
                </label>
              ))}
          </fieldset>
        ))}
      </div>
      <TextField
        name="reasonText"
        label="内容"
        defaultValue={start.written.reasonText}
        hint={`異動事由で「その他」を選択した場合に入力してください。全角/半角${limit}文字以内`}
        width="wide"
      />
    </Section>
  );
}

function Places({ group }: { group: MoveGroup }) {
  return (
    <ul>
      {group.places.map((place) => (
        <li key={place.associationId}>{`${place.label} ${place.category}`}</li>
      ))}
    </ul>
  );
}

type GroupProps = {
  start: MoveStart;
  legend: string;
  onChoose?: (id: string) => void;
  /** Says where the leave needs a paper of its own. */
  apart?: boolean;
};

/** One card per group of the doctor; a group with an open application leads there instead. */
export function Groups({ start, legend, onChoose, apart = false }: GroupProps) {
  const parts = useField({ name: 'affiliationId' });
  const root = useCaseRoot();
  const chosen = textOf(parts.value) ?? start.written.affiliationId;
  const first = start.groups.find((group) => group.rivalId === undefined)?.id;
  return (
    <fieldset className={parts.invalid ? 'ui-field ui-field-error' : 'ui-field'} aria-describedby={parts.describedBy}>
      <legend className="ui-label mb-2">
        {legend} <span className="ui-required">必須</span>
      </legend>
      <ErrorLines parts={parts} />
      <div className="grid gap-4 md:grid-cols-2">
        {start.groups.map((group) => (
          <div className="ui-card" key={group.id}>
            {group.rivalId === undefined ? (
              <label className="ui-choice">
                <input
                  type="radio"
                  id={group.id === first ? parts.id : undefined}
                  name="affiliationId"
                  value={group.id}
                  defaultChecked={chosen === group.id}
                  onChange={() => onChoose?.(group.id)}
                />
                <span>
                  {group.facility} {group.primary ? <Mark kind="primary" /> : null}
                </span>
              </label>
            ) : (
              <>
                <p>
                  {group.facility} {group.primary ? <Mark kind="primary" /> : null}
                </p>
                <p>
                  この所属について申請中の届があります。
                  <Link to={`${root}/${group.rivalId}`}>申請の詳細を見る</Link>
                </p>
              </>
            )}
            <Places group={group} />
            {apart && group.leaveApart ? <p>{texts.leaveApart}</p> : null}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** 「選択されていません」 stands at both questions: the summary says at which. */
export function summaryOfMove(refusal: Refusal | undefined, groupName: string): Refusal | undefined {
  if (refusal?.fields === undefined) return refusal;
  const names: Readonly<Record<string, string>> = { reason: '異動事由', affiliationId: groupName };
  const named = Object.entries(refusal.fields).map(([code, messages]) => {
    const name = names[code];
    return [code, name === undefined ? messages : messages.map((message) => `${name}:${message}`)] as const;
  });
  return { ...refusal, fields: Object.fromEntries(named) };
}

/** What both papers say below the groups; `same` where the box that the second note names stands. */
export function MoveNotes({ same = false }: { same?: boolean }) {
  return (
    <div className="mb-4">
      <p>※複数のグループが表示されている場合、1回の操作につき1グループのみ申請が可能です。</p>
      {same ? (
        <p>※勤務先のみ変更、会員区分のみ変更(新規開業含む)の場合は、「異動元・異動先が同じ医師会」にチェックを入れてください。</p>
      ) : null}
      <p>※異動を申請された各医師会で審査・承認後に、異動完了となります。</p>
      <p>※医師会事務局よりご連絡することがありますので、ご対応のほどよろしくお願いいたします。</p>
    </div>
  );
}
