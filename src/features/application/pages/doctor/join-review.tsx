import { Form, Link } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { formatDayPlain, parseDayInput } from '#kernel/wareki.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import type { FormPage } from '../../fields.ts';
import { texts } from '../../messages.ts';
import type { JoinReview } from '../../queries/join-review.ts';
import type { WayStep } from '../../queries/review-way.ts';
import { Comparison } from '../comparison.tsx';
import { ChoiceTable, ContentTable, PaperTable } from './content.tsx';
import { FeeNote, fieldTo, FormHead } from './join-parts.tsx';
import { useCaseRoot } from './use-case-root.tsx';

const categoryPages = { join: 'associations', change: 'change', transfer: 'destination' } as const;

function pageOf(kind: JoinReview['kind'], code: string): FormPage {
  if (/^(reason|reasonText|affiliationId)$/.test(code)) return kind === 'change' ? 'change' : 'transfer';
  return /^(categories\.|lowestAssociationId|moves\.)/.test(code) ? categoryPages[kind] : 'details';
}

/** 入会申請先 with categories; of 異動届 what was and what is to be, side by side. */
function Asked({ view }: { view: JoinReview }) {
  if (view.kind === 'join') {
    return (
      <Section title="入会申請先">
        <ChoiceTable head="入会申請先" choices={view.choices} />
      </Section>
    );
  }
  return (
    <Section title={view.kind === 'change' ? '変更の内容' : '異動元と異動申請先'}>
      <Comparison kind={view.kind} lines={view.comparison} />
    </Section>
  );
}

/** What a change of category at the JMA brings with it (`screens.md D-10`). */
function JmaNote({ view }: { view: JoinReview }) {
  const on = parseDayInput(view.wishedOn);
  if (view.kind !== 'change' || !view.jmaChanges || on === undefined) return null;
  return <p className="mb-8">{`医賠責保険・会費の区分は${formatDayPlain(on)}から変わります。`}</p>;
}

/** What is wrong stands on the pages before: the links lead there. */
function Wrong({ id, kind, refusal }: { id: string; kind: JoinReview['kind']; refusal: Refusal | undefined }) {
  const root = useCaseRoot();
  if (refusal?.fields === undefined) return <ErrorSummary refusal={refusal} />;
  const lines = Object.entries(refusal.fields).flatMap(([code, messages]) => messages.map((message) => ({ code, message })));
  return (
    <Notice tone="error" title={refusal.message}>
      <ul className="list-disc pl-6">
        {lines.map(({ code, message }) => (
          <li key={`${code} ${message}`}>
            <Link to={fieldTo(`${root}/${id}`, { code, page: pageOf(kind, code) })}>{message}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function wayText({ name, leg, role }: WayStep): string {
  if (role === 'receive') return `${name}が届を受付します。`;
  if (role === 'acknowledge') return leg === 'leave' ? `${name}も退会となり、${name}が確認します。` : `${name}が確認します。`;
  return leg === 'leave' ? `${name}が審査し、退会日を決めて承認します。` : `${name}が審査し、承認します。`;
}

/** 今後の流れ: who will do what, in order. */
function Way({ view }: { view: JoinReview }) {
  return (
    <Section title="今後の流れ">
      <ol className="list-decimal pl-6">
        {view.way.map((step) => (
          <li key={`${step.name} ${step.leg} ${step.role}`}>{wayText(step)}</li>
        ))}
        <li>審査するすべての医師会の承認で、お手続きが完了します。</li>
      </ol>
    </Section>
  );
}

/** 続きの届: offered where a 異動届 has gone ahead without destination (`rules.md 3.6`). */
function Follow({ offers }: Pick<JoinReview, 'offers'>) {
  const [first] = offers;
  if (first === undefined) return null;
  return (
    <Section title="続きの届">
      <p>異動先未定の異動届があります。この入会届をその続きとして申請すると、両方の医師会が、お互いの手続きの状況と日付を確認できます。</p>
      <RadioGroup
        name="followsId"
        label="この入会届について"
        required
        defaultValue={first.id}
        options={[...offers.map(({ id, label }) => ({ value: id, label })), { value: 'none', label: texts.notFollowing }]}
      />
    </Section>
  );
}

function Send({ view, guardKey, values }: { view: JoinReview; guardKey: string; values: FormValues | undefined }) {
  const root = useCaseRoot();
  return (
    <Form method="post">
      <FormGuard idempotencyKey={guardKey} version={view.version} />
      <FormState errors={undefined} values={values}>
        <Follow offers={view.offers} />
      </FormState>
      <Actions>
        <Button variant="primary" name="intent" value={view.returned ? 'resubmit' : 'submit'}>
          {view.returned ? '再申請する' : view.kind === 'join' ? '入会を申請する' : '異動を申請する'}
        </Button>
        <LinkButton to={`${root}/${view.id}/details`}>戻る</LinkButton>
        <PrintButton>印刷する</PrintButton>
      </Actions>
    </Form>
  );
}

type PageProps = { loaderData: { view: JoinReview; key: string }; refusal: Refusal | undefined; values: FormValues | undefined };

/** Step 3 of 入会届 and 異動届 (`screens.md D-08, D-09, D-10`). */
export function JoinReviewPage({ loaderData, refusal, values }: PageProps) {
  const { view, key } = loaderData;
  return (
    <>
      <FormHead kind={view.kind} fromEnd={0} returned={view.returned} />
      <Wrong id={view.id} kind={view.kind} refusal={refusal} />
      <p>入力内容をご確認ください。</p>
      <Asked view={view} />
      <JmaNote view={view} />
      <ContentTable lines={view.lines} />
      {view.kind === 'join' ? <FeeNote wishedOn={view.wishedOn} fee={view.fee} choices={view.choices} /> : null}
      <Section title="提出書類">
        <PaperTable id={view.id} papers={view.papers} />
      </Section>
      <Section title="送付先">
        {view.sendTo === undefined ? (
          <p>文書送付先の初期値は「所属施設」です。</p>
        ) : (
          <p>{`現在の文書送付先(初期値)は「${view.sendTo}」です。変更は 登録情報 > 送付物設定 から行ってください。`}</p>
        )}
      </Section>
      <Way view={view} />
      <Send view={view} guardKey={key} values={values} />
    </>
  );
}
