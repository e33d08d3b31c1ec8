import type { ReactNode } from 'react';
import { Form } from 'react-router';
import type { RefusedForm } from '#platform/http/respond.ts';
import { FormState } from '#ui/fields/formState.tsx';

/** A form of ログイン情報 that opens when it is wanted, and stays open when something in it is wrong. */
export function Change(props: { title: string; names: readonly string[]; refused: RefusedForm | undefined; children: ReactNode }) {
  const fields = props.refused?.refusal.fields ?? {};
  const open = props.names.some((name) => fields[name] !== undefined);
  return (
    <details className="mt-4 mb-6" open={open}>
      <summary>{props.title}</summary>
      <Form method="post" className="mt-4">
        <FormState errors={props.refused?.refusal.fields} values={open ? props.refused?.values : undefined}>
          {props.children}
        </FormState>
      </Form>
    </details>
  );
}
