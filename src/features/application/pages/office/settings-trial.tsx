import { Form, Link } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { carried } from '#features/association/pages/settings/form-values.ts';
import { ask } from '#platform/command/query.ts';
import type { FormValues } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import { textOf } from '#ui/fields/formState.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/settings-trial.ts';
import type { SettingsTrial } from '../../queries/settings-trial.ts';
import { settingsTrial } from '../../queries/settings-trial.ts';

/** 過去1年の申請で試す (`screens.md O-21`): from the confirm page of 環境設定 and back to it; nothing is saved. */

export const handle = definePage({
  id: 'O-21',
  title: '過去1年の申請で試す',
  crumb: '過去1年の申請で試す',
  who: ['office'],
  roles: ['admin'],
  audit: 'application.settingsTried',
  limits: { bodyBytes: 256 * 1024, perMinute: 20 },
});

export const meta = () => [{ title: '過去1年の申請で試す | MAMIS' }];

export function loader() {
  return { key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const asked = await ask(settingsTrial, contextOf(context), form.input);
  const found = asked.ok ? asked.value : asked;
  if (!found.ok) return refusalData(found, form.values);
  return { trial: found.value, refusal: undefined, values: form.values };
}

type Line = SettingsTrial['lines'][number];

function count(number: number): string {
  return `${number.toLocaleString('ja-JP')}件`;
}

/** The newest of the cases that would have been treated otherwise. */
function Examples({ found }: Pick<Line, 'found'>) {
  if (found === undefined || found.examples.length === 0) return '－';
  return found.examples.map(({ id, number }) => (
    <Link className="block" key={id} to={`/office/applications/${id}`}>
      {number}
    </Link>
  ));
}

const columns: readonly Column<Line>[] = [
  { key: 'label', head: '変更する項目', rowHeader: true, cell: (line) => line.label },
  { key: 'about', head: '比べたこと', cell: (line) => line.about },
  {
    key: 'concerned',
    head: '対象の申請',
    align: 'right',
    nowrap: true,
    cell: ({ found }) => (found === undefined ? '－' : count(found.concerned)),
  },
  {
    key: 'differing',
    head: '扱いが変わる申請',
    align: 'right',
    nowrap: true,
    cell: ({ found }) => (found === undefined ? '－' : count(found.differing)),
  },
  { key: 'examples', head: '例(新しい順)', nowrap: true, cell: ({ found }) => <Examples found={found} /> },
];

function Found({ trial }: { trial: SettingsTrial }) {
  const span = `${formatDayPlain(trial.from)}から${formatDayPlain(trial.to)}まで`;
  return (
    <>
      <Notice
        tone={trial.differing === 0 ? 'info' : 'warn'}
        title={`過去1年の申請 ${count(trial.cases)}のうち、扱いが変わる申請は${count(trial.differing)}です。`}
      >
        <p>{`${span}に貴会に届いた申請を、それぞれが申請されたときの版での扱いと比べました。申請は変更されません。`}</p>
        {trial.more ? <p>{`申請が多いため、新しい${count(trial.cases)}で試しました。`}</p> : null}
        <p>
          項目ごとに、その項目だけを変えた場合の件数です。申請の時点でほかの所属により上層の医師会の会員であったかどうかは、考えに入れていません。
        </p>
      </Notice>
      {trial.lines.length === 0 ? (
        <EmptyState>変更する項目がありません。</EmptyState>
      ) : (
        <DataTable caption="過去1年の申請で試した結果" columns={columns} rows={trial.lines} rowKey={(line) => line.code} />
      )}
    </>
  );
}

/** Takes what was typed back to the pages of 環境設定. */
function Back({ values, idempotencyKey }: { values: FormValues; idempotencyKey: string }) {
  return (
    <Form method="post" action="/office/association-settings/new">
      <FormGuard idempotencyKey={idempotencyKey} version={Number(textOf(values['version']) ?? 0)} />
      {carried(values).map(({ name, value }, place) => (
        <input key={`${name} ${place + 1}`} type="hidden" name={name} value={value} />
      ))}
      <Actions>
        <Button variant="primary" name="intent" value="review">
          確認画面に戻る
        </Button>
        <Button name="intent" value="edit">
          入力に戻る
        </Button>
      </Actions>
    </Form>
  );
}

export default function SettingsTrialPage({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>過去1年の申請で試す</h1>
      {actionData === undefined ? (
        <>
          <EmptyState>新しい版の内容を入力し、確認画面から試してください。</EmptyState>
          <Actions>
            <LinkButton to="/office/association-settings/new">新しい版を作成する</LinkButton>
          </Actions>
        </>
      ) : (
        <>
          <ErrorSummary refusal={actionData.refusal} />
          {'trial' in actionData ? <Found trial={actionData.trial} /> : null}
          <Back values={actionData.values} idempotencyKey={loaderData.key} />
        </>
      )}
    </>
  );
}
