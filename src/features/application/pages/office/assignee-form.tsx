import { Form } from 'react-router';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import type { ShownAssignee } from '../../queries/office-assignee.ts';

type Props = { assignee: ShownAssignee; action: string; idempotencyKey: string };

/** 担当する with one press; a colleague or nobody by choice. Two forms, so that a press can never mean both. */
export function AssigneeForm({ assignee, action, idempotencyKey }: Props) {
  const { present, ownStaffId, colleagues } = assignee;
  const mine = present?.mine === true;
  const seen = <input type="hidden" name="seen" value={present?.staffId ?? ''} />;
  return (
    <div className="ui-no-print">
      <Form method="post" action={action}>
        <FormGuard idempotencyKey={idempotencyKey} />
        {seen}
        <Actions>
          <Button name="staffId" value={mine ? '' : ownStaffId}>
            {mine ? '担当を外れる' : '担当する'}
          </Button>
        </Actions>
      </Form>
      <details>
        <summary className="min-h-11 cursor-pointer py-2">ほかの担当者に変更する</summary>
        <Form method="post" action={action} className="mt-4">
          <FormGuard idempotencyKey={idempotencyKey} />
          {seen}
          <SelectField
            name="staffId"
            label="担当者"
            placeholder="未定"
            defaultValue={present?.staffId ?? ''}
            options={colleagues.map(({ staffId, name }) => ({ value: staffId, label: name }))}
          />
          <Actions>
            <Button>変更する</Button>
          </Actions>
        </Form>
      </details>
    </div>
  );
}
