import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { facilityNames } from '#features/facility/fields.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { Checkbox, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { names } from '../labels.ts';
import { texts } from '../messages.ts';
import type { ProposalDetail } from '../queries/proposal.ts';

type Props = {
  proposal: ProposalDetail;
  idempotencyKey: string;
  answer: { refusal: Refusal; values: FormValues } | undefined;
};

function Review({ proposal, idempotencyKey, answer }: Props) {
  return (
    <Section title={names.decided}>
      {proposal.stale ? <Notice tone="warn" title={texts.staleForReview} /> : null}
      <Form method="post" key={proposal.version}>
        <FormGuard idempotencyKey={idempotencyKey} version={proposal.version} />
        <FormState errors={answer?.refusal.fields} values={answer?.values}>
          <TextArea name="answer" label={names.answer} limit={500} hint="却下するときは必ず入力してください。提案した医師会に伝えます。" />
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="approve">
            承認する
          </Button>
          <Button variant="danger" name="intent" value="reject">
            却下する
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

function Merge({ proposal, idempotencyKey, answer }: Props) {
  const options = proposal.facilities.map(({ id, name, people, facts }) => ({
    value: id,
    label: name,
    note: `${facts.find((fact) => fact.label === facilityNames.address)?.value ?? ''} 所属する医師 ${(people ?? 0).toLocaleString('ja-JP')}名`,
  }));
  return (
    <Section title="施設の統合">
      <p>
        選択した施設を残し、もう一つの施設を統合日に閉鎖します。閉鎖する施設に所属する医師は、統合日から残す施設の所属になり、本人にメールでお知らせします。前日までの所属の記録は変わりません。
      </p>
      <Form method="post" key={`merge ${proposal.version}`}>
        <FormGuard idempotencyKey={idempotencyKey} version={proposal.version} />
        <FormState errors={answer?.refusal.fields} values={answer?.values}>
          <RadioGroup name="stays" label={names.stays} required options={options} />
          <DateField
            name="on"
            label={names.mergeOn}
            hint="空欄のときは本日です。1年後まで選べ、先の日付にしたときは、前日まで取り消せます。"
            today={proposal.today}
          />
          <Checkbox name="confirmed" label={names.confirmed} />
          <TextArea name="answer" label={names.answer} limit={500} hint="却下するときは必ず入力してください。報告した医師会に伝えます。" />
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="merge">
            統合する
          </Button>
          <Button variant="danger" name="intent" value="reject">
            却下する
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

function Unplan({ proposal, idempotencyKey }: Props) {
  const [closes] = proposal.facilities.filter((one) => one.id !== proposal.planned?.staysId);
  return (
    <Section title="統合の予定">
      <p>
        {`${formatDayPlain(proposal.planned?.on ?? proposal.today)}になると統合されます。現在、閉鎖する施設に所属する医師は${(closes?.people ?? 0).toLocaleString('ja-JP')}名です。`}
      </p>
      <Form method="post" key={`unplan ${proposal.version}`}>
        <FormGuard idempotencyKey={`${idempotencyKey}-unplan`} version={proposal.version} />
        <Actions>
          <Button variant="danger" name="intent" value="unplan">
            統合の予定を取り消す
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

function Withdraw({ proposal, idempotencyKey }: Props) {
  return (
    <Form method="post" key={`withdraw ${proposal.version}`}>
      <FormGuard idempotencyKey={`${idempotencyKey}-withdraw`} version={proposal.version} />
      <Actions>
        <Button variant="danger" name="intent" value="withdraw">
          提案を取り下げる
        </Button>
      </Actions>
    </Form>
  );
}

/** What the office may do with the proposal now. */
export function ProposalActs(props: Props) {
  const { may } = props.proposal;
  return (
    <>
      {may.review ? <Review {...props} /> : null}
      {may.merge ? <Merge {...props} /> : null}
      {may.unplan ? <Unplan {...props} /> : null}
      {may.withdraw ? <Withdraw {...props} /> : null}
    </>
  );
}
