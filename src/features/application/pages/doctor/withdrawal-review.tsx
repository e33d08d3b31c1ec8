import { Form, Link } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { formatDay } from '#kernel/wareki.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { fieldId, FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import type { WayLine, WithdrawalReview } from '../../queries/withdrawal-review.ts';
import { PaperTable } from './content.tsx';
import { WithdrawalHead } from './withdrawal-parts.tsx';
import { useCaseRoot } from './use-case-root.tsx';

/** Step 2 of 退会届: what will be asked, and what follows from it (`screens.md D-11`). */

function Wrong({ id, refusal }: { id: string; refusal: Refusal | undefined }) {
  const root = useCaseRoot();
  // The tick stands on this page; what else is wrong stands on the page before.
  if (refusal?.fields === undefined || 'confirmed' in refusal.fields) return <ErrorSummary refusal={refusal} />;
  const lines = Object.entries(refusal.fields).flatMap(([code, messages]) => messages.map((message) => ({ code, message })));
  return (
    <Notice tone="error" title={refusal.message}>
      <ul className="list-disc pl-6">
        {lines.map(({ code, message }) => (
          <li key={`${code} ${message}`}>
            <Link to={`${root}/${id}/associations#${fieldId(code)}`}>{message}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function wayText({ name, role, moves }: WayLine): string {
  if (role === 'receive') return `${name}が届を受付します。`;
  if (role === 'decide') return `${name}が審査し、退会日を決めて承認します。`;
  return moves ? `${name}への所属は、ほかの所属に移して継続します。` : `${name}も同じ日付で退会となり、${name}が確認します。`;
}

function Way({ view }: { view: WithdrawalReview }) {
  return (
    <Section title="今後の流れ">
      <p>退会申請が最寄りの医師会事務局に通知されます。</p>
      <ol className="list-decimal pl-6">
        {view.way.map((line) => (
          <li key={line.name}>{wayText(line)}</li>
        ))}
      </ol>
    </Section>
  );
}

/** What ends with the memberships; no advice, only facts. */
function Effects({ view }: { view: WithdrawalReview }) {
  const until = view.wishedOn === undefined ? '退会日' : formatDay(view.wishedOn);
  return (
    <Section title="退会による影響">
      <ul className="list-disc pl-6">
        <li>{`退会日の当日(希望のとおりの場合は${until})までは会員です。`}</li>
        {view.endsJma ? (
          <>
            <li>日本医師会を退会されると、医師賠償責任保険の適用は退会日で終了します。</li>
            <li>退会から1年を超える場合の医師年金の取扱いは、年金福祉課へお問い合わせください。</li>
          </>
        ) : null}
        {view.staysJma ? <li>日本医師会の会員資格は変わりません。医師賠償責任保険・医師年金は引き続き適用されます。</li> : null}
        <li>退会した医師会の在籍証明書は、退会日の翌日から現在の在籍を証明するものとしては使用できません。</li>
      </ul>
    </Section>
  );
}

function Elsewhere({ view }: { view: WithdrawalReview }) {
  if (view.elsewhere.length === 0) return null;
  return (
    <Section title="ほかの所属で残る医師会">
      <ul className="list-disc pl-6">
        {view.elsewhere.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </Section>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <span className="block" key={line}>
      {line}
    </span>
  ));
}

function Content({ view }: { view: WithdrawalReview }) {
  return (
    <Section title="退会の内容">
      <DefinitionTable
        items={view.lines
          .filter((line) => !line.code.startsWith('document.'))
          .map((line) => ({ key: line.code, label: line.label, value: line.lines.length === 0 ? '－' : <Lines lines={line.lines} /> }))}
      />
    </Section>
  );
}

type SendProps = { view: WithdrawalReview; guardKey: string; refusal: Refusal | undefined };

/** 死亡 and 所在不明: nobody presses this by the way (`screens.md O-11`). */
function Confirmation({ view, refusal }: Pick<SendProps, 'view' | 'refusal'>) {
  const tick = (
    <FormState errors={refusal?.fields} values={undefined}>
      <Checkbox name="confirmed" label="登録内容に誤りがないことを確認しました" required />
    </FormState>
  );
  if (view.ground !== 'death') return tick;
  return (
    <div className="ui-notice ui-notice-error">
      <p className="ui-notice-title">
        <span className="ui-tone">【注意】</span>
        <span>{`${view.name} 様を死亡として登録します。ログインとすべてのお知らせが停止します。`}</span>
      </p>
      {tick}
    </div>
  );
}

function sendWord(view: WithdrawalReview): { intent: string; word: string } {
  if (view.returned) return { intent: 'resubmit', word: '再申請する' };
  return view.ground === 'death' ? { intent: 'register', word: '登録する' } : { intent: 'submit', word: '退会を申請する' };
}

function Send({ view, guardKey, refusal }: SendProps) {
  const root = useCaseRoot();
  const { intent, word } = sendWord(view);
  return (
    <Form method="post">
      <FormGuard idempotencyKey={guardKey} version={view.version} />
      {view.ground === undefined || view.returned ? null : <Confirmation view={view} refusal={refusal} />}
      <Actions>
        <Button variant={intent === 'register' ? 'danger' : 'primary'} name="intent" value={intent}>
          {word}
        </Button>
        <LinkButton to={`${root}/${view.id}/associations`}>戻る</LinkButton>
        <PrintButton>印刷する</PrintButton>
      </Actions>
    </Form>
  );
}

export function WithdrawalReviewPage({
  view,
  guardKey,
  refusal,
}: {
  view: WithdrawalReview;
  guardKey: string;
  refusal: Refusal | undefined;
}) {
  return (
    <>
      <WithdrawalHead current={2} returned={view.returned} />
      <Wrong id={view.id} refusal={refusal} />
      <p>入力内容をご確認ください。</p>
      {view.ground === 'death' ? null : <p>退会される医師会をご確認のうえ「退会を申請する」ボタンを押下してください。</p>}
      <Content view={view} />
      <Section title="提出書類">
        <PaperTable id={view.id} papers={view.papers} />
      </Section>
      <Elsewhere view={view} />
      <Effects view={view} />
      <Way view={view} />
      <Send view={view} guardKey={guardKey} refusal={refusal} />
    </>
  );
}
