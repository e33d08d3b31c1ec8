import { data, Form } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { Count, ListBar } from '#ui/table/ListBar.tsx';
import type { Route } from './+types/mailbox.ts';
import { stateLabels } from '../labels.ts';
import { mailList } from '../queries/list-mails.ts';
import { asMailbox } from '../queries/mailbox-access.ts';

export const handle = definePage({
  id: 'mailbox',
  title: 'ローカル受信箱',
  who: everybody,
  audit: { none: '外へ送られないメールを、この機械の上で確かめるための画面' },
  limits: { bodyBytes: 4 * 1024, perMinute: 120 },
  crumb: 'ローカル受信箱',
});

export const meta = () => [{ title: 'ローカル受信箱 | MAMIS' }];

async function mailsTo(ctx: ReturnType<typeof contextOf>, to: unknown) {
  const mails = orThrow(await ask(mailList, asMailbox(ctx), { to }));
  return mails.map((mail) => ({ ...mail, createdAt: formatInstant(mail.createdAt), state: stateLabels[mail.state] ?? mail.state }));
}

export async function loader({ context }: Route.LoaderArgs) {
  return { mails: await mailsTo(contextOf(context), '') };
}

/** The filter is posted: a mail address has no business in the address bar, in histories or in logs. */
export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const to = typeof form.input['to'] === 'string' ? form.input['to'].slice(0, 254) : '';
  return data({ mails: await mailsTo(contextOf(context), to), to });
}

type Line = Route.ComponentProps['loaderData']['mails'][number];

const columns: readonly Column<Line>[] = [
  { key: 'createdAt', head: '日時', cell: (mail) => mail.createdAt, nowrap: true },
  { key: 'to', head: '宛先', cell: (mail) => mail.to || '(不正な宛先)' },
  { key: 'subject', head: '件名', cell: (mail) => mail.subject, rowHeader: true },
  { key: 'template', head: '種類', cell: (mail) => mail.template, nowrap: true },
  { key: 'state', head: '状態', cell: (mail) => mail.state, nowrap: true },
];

export default function Mailbox({ loaderData, actionData }: Route.ComponentProps) {
  const { mails } = actionData ?? loaderData;
  const to = actionData?.to ?? '';
  return (
    <>
      <h1>ローカル受信箱</h1>
      <Notice title="メールサーバーが設定されていないため、メールは外へ送られず、ここに表示されます。" />
      <search className="mb-6 block">
        <Form method="post" key={to} data-unsaved="off">
          <TextField
            name="to"
            label="宛先"
            hint="メールアドレスの一部でも探せます"
            defaultValue={to}
            autoComplete="off"
            spellCheck={false}
          />
          <Actions>
            <Button variant="primary">検索</Button>
            <LinkButton to="/_mailbox">選択解除</LinkButton>
          </Actions>
        </Form>
      </search>
      <ListBar>
        <Count count={mails.length} />
      </ListBar>
      <DataTable
        caption="メール(新しい順に50件まで)"
        columns={columns}
        rows={mails}
        rowKey={(mail) => mail.id}
        rowTo={(mail) => `/_mailbox/${mail.id}`}
        empty={to === '' ? 'メールはまだありません。申請などの手続きをすると、ここに届きます。' : undefined}
      />
    </>
  );
}
