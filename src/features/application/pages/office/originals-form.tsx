import { Form, useLocation } from 'react-router';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import type { ShownPaper } from '../../shown-papers.ts';
import type { OfficeApplication } from '../../queries/office-application.ts';
import { decisionTo } from './list-links.ts';
import { OriginalsFields } from './originals-fields.tsx';

type Props = { application: OfficeApplication; papers: readonly ShownPaper[]; idempotencyKey: string };

/** On the detail page, closed until it is needed, and only while the case lies with the own office. */
export function OriginalsForm({ application, papers, idempotencyKey }: Props) {
  const { search } = useLocation();
  if (!application.may.includes('markOriginals')) return null;
  return (
    <details className="ui-no-print mt-4">
      <summary className="min-h-11 cursor-pointer py-2">原本の確認を記録する</summary>
      <Form method="post" action={decisionTo(application.id, 'originals', search)}>
        <FormGuard idempotencyKey={idempotencyKey} version={application.version} />
        <OriginalsFields papers={papers} />
        <Actions>
          <Button>保存する</Button>
        </Actions>
      </Form>
    </details>
  );
}
