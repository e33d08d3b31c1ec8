import { Form, Link } from 'react-router';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { FirstSteps as Steps } from '../queries/first-steps.ts';

type Props = { steps: Steps; admin: boolean; idempotencyKey: string };

function Hide({ hidden, idempotencyKey }: { hidden: 'yes' | 'no'; idempotencyKey: string }) {
  return (
    <Form method="post" className="ui-no-print">
      <FormGuard idempotencyKey={idempotencyKey} />
      <input type="hidden" name="hidden" value={hidden} />
      <Button size="small" variant="text" name="intent" value="firstSteps">
        {hidden === 'yes' ? 'はじめの一歩を隠す' : 'はじめの一歩を表示する'}
      </Button>
    </Form>
  );
}

/** はじめの一歩: what to do first, each ticked by itself once it is done; hidden by who needs it no more. */
export function FirstSteps({ steps: { hidden, steps }, admin, idempotencyKey }: Props) {
  if (hidden) return <Hide hidden="no" idempotencyKey={idempotencyKey} />;
  const left = steps.filter((step) => !step.done).length;
  return (
    <Section title="はじめの一歩">
      <p>{left === 0 ? 'すべて済みました。' : `あと${left}件です。済んだものには自動で「済」が付きます。`}</p>
      <ol className="ui-links my-4 grid gap-2">
        {steps.map((step) => (
          <li key={step.to + step.label} className="flex min-h-11 flex-wrap items-center gap-3">
            <StateLabel tone={step.done ? 'success' : 'neutral'}>{step.done ? '済' : '未'}</StateLabel>
            {step.adminOnly && !admin ? <span>{`${step.label}(管理者が行います)`}</span> : <Link to={step.to}>{step.label}</Link>}
          </li>
        ))}
      </ol>
      <Hide hidden="yes" idempotencyKey={idempotencyKey} />
    </Section>
  );
}
