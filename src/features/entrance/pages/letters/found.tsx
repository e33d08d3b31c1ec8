import { Form } from 'react-router';
import type { FormValues } from '#platform/http/form.ts';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { letterTexts as words } from '../../labels.ts';
import type { LetterAddressee } from '../../queries/letter-target.ts';

/** What was typed, carried to the printing; it is judged again there. */
function Carried({ values }: { values: FormValues }) {
  return Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((one) => <input key={`${name} ${one}`} type="hidden" name={name} value={one} />),
  );
}

/** The one to whom all facts fit: look once more, then print. */
export function Found({ found, values }: { found: LetterAddressee; values: FormValues }) {
  return (
    <>
      <h1>{words.title}</h1>
      <Notice tone="success" title="一致しました" />
      <DefinitionTable
        items={[
          { label: '氏名', value: found.name },
          { label: '送付先(登録されている住所)', value: found.address.join(' ') },
        ]}
      />
      {found.replaces ? <p className="my-4">印刷すると、前に印刷した書状のログイン情報は使えなくなります。</p> : null}
      <p className="my-4">
        書状はこの画面からだけ印刷できます。開いたPDFを印刷し、封をして送付してください。ファイルは保存しないでください。
      </p>
      <Form method="post" action="/operations/login-letters/print" reloadDocument>
        <Carried values={values} />
        <Actions>
          <Button variant="primary">書状を印刷する</Button>
          <LinkButton to="/operations/login-letters">入力し直す</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
