import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { textOf } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import type { Action } from '../../policy.ts';
import { wishName } from '../../date-rules.ts';
import { kindLabel } from '../../labels.ts';
import { factLabels } from '../../messages.ts';
import type { CaseSummary } from '../../queries/office-summary.ts';
import { StepsSection } from './detail-steps.tsx';
import { caseTo } from './list-links.ts';

type Props = {
  summary: CaseSummary;
  /** 承認, 差戻し …: the word of the action. */
  word: string;
  /** The action of the policy; an act with conditions of its own says itself how it stands. */
  action: Action | { possible: boolean; why: string | undefined };
  refusal: Refusal | undefined;
  values: FormValues | undefined;
  /** The form; shown while the action is possible. */
  children: ReactNode;
};

/** Loaders run again after a conflict, so that the page shows the present state and the next press carries its version. */
export function revalidateAfterConflict({
  actionStatus,
  defaultShouldRevalidate,
}: {
  actionStatus?: number;
  defaultShouldRevalidate: boolean;
}): boolean {
  return actionStatus === 409 || defaultShouldRevalidate;
}

/** The wish that concerns this office: who is left by a transfer reads its own day. */
function wishText({ kind, wishedOn, leaveWishedOn }: CaseSummary): string {
  if (leaveWishedOn !== undefined) return `${factLabels.leaveOn} ${formatDayPlain(leaveWishedOn)}`;
  return wishedOn === null ? '' : `${wishName(kind)} ${formatDayPlain(wishedOn)}`;
}

function Facts({ summary }: { summary: CaseSummary }) {
  return (
    <DefinitionTable
      items={[
        { label: '受付番号', value: `${summary.number} ${kindLabel(summary.kind, summary.state, summary.own.leg)}` },
        { label: '氏名', value: <PersonName name={summary.name} kana={summary.kana} /> },
        {
          label: '貴会への希望',
          value: `${summary.own.category} ${wishText(summary)}`,
        },
      ]}
    />
  );
}

/** Text that was typed into a form which has become impossible: to be copied, never lost (`screens.md 1.5`). */
function Kept({ values }: { values: FormValues }) {
  const texts = ['message', 'boardNote', 'note', 'messageBody'].flatMap((name) => textOf(values[name]) || []);
  if (texts.length === 0) return null;
  return (
    <div className="ui-field">
      <label className="ui-label" htmlFor="kept">
        入力された内容
      </label>
      <textarea className="ui-input" id="kept" readOnly rows={4} defaultValue={texts.join('\n')} />
    </div>
  );
}

/** What every decision of O-06 has around its form: the case, why it was refused, what is possible now. */
export function DecisionFrame({ summary, word, action, refusal, values, children }: Props) {
  const { search } = useLocation();
  const own = typeof action === 'object' ? action : undefined;
  const possible = typeof action === 'object' ? action.possible : summary.may.includes(action);
  const blocked = action === 'approve' || action === 'reject' ? summary.stop : own?.why;
  return (
    <>
      <h1>{`${word}:${summary.name} 様`}</h1>
      <ErrorSummary refusal={refusal} />
      <Facts summary={summary} />
      <div className="mt-6">{refusal?.code === 'conflict' || !possible ? <StepsSection summary={summary} /> : null}</div>
      {possible ? (
        children
      ) : (
        <>
          <Notice tone="warn" title={blocked ?? `この申請は現在「${word}」を行える状況ではありません。`} />
          {values === undefined ? null : <Kept values={values} />}
          <Actions>
            <LinkButton to={caseTo(summary.id, search)}>申請の詳細に戻る</LinkButton>
          </Actions>
        </>
      )}
    </>
  );
}
