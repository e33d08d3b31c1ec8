import { Link } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatStart } from '#kernel/since-ever.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/category.ts';
import { addCategory, changeCategory } from '../commands/keep-category.ts';
import { names, texts } from '../labels.ts';
import { categoryEntry } from '../queries/entries.ts';
import { EntryForm, home, listOf } from './entry-form.tsx';

export const handle = definePage({
  id: 'O-20',
  title: '会員区分の登録・変更',
  crumb: '会員区分',
  who: ['office'],
  roles: ['admin'],
  audit: 'ownList.changeCategory',
});

export const meta = () => [{ title: '会員区分 | MAMIS' }];

/** After a conflict the form carries the version that stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { entry: orThrow(await ask(categoryEntry, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { present } = orThrow(await ask(categoryEntry, ctx, { id: params.id }));
  const form = await parseForm(request);
  if (present === undefined) {
    const added = await run(addCategory, ctx, form.input, form.key);
    return added.ok ? redirectWithFlash(context, listOf('member-categories'), texts.registered) : refusalData(added, form.values);
  }
  const changed = await run(changeCategory, ctx, { ...form.input, id: present.id }, form.key);
  if (!changed.ok) return refusalData(changed, form.values);
  const to = changed.value.members > 0 ? `${home}/member-categories/${present.id}` : listOf('member-categories');
  return redirectWithFlash(context, to, texts.saved);
}

type Entry = Route.ComponentProps['loaderData']['entry'];

function NewFields({ entry }: { entry: Entry }) {
  return (
    <>
      <p>コード、名称、日医区分の目安、開始日は、登録した後に変更できません。</p>
      <TextField name="code" label={names.code} required hint="10文字以内" width="short" autoComplete="off" />
      <TextField name="name" label={names.name} required hint="40文字以内" autoComplete="off" />
      <TextArea name="description" label={names.description} limit={200} />
      <SelectField name="jmaCode" label={names.jmaCode} options={entry.jmaCodes} placeholder="選択してください" />
      <Checkbox name="liabilityInsurance" label={names.liabilityInsurance} hint="日本医師会の医師賠償責任保険に加入する区分" />
      <Checkbox name="trainee" label={names.trainee} hint="臨床研修が終わると、別の区分への変更をご案内します。" />
      <DateField name="startsOn" label={names.startsOn} required today={entry.today} />
      <DateField name="endsOn" label={names.endsOn} today={entry.today} hint="決まっていなければ、空欄にします。" />
    </>
  );
}

function Standing({ present }: { present: NonNullable<Entry['present']> }) {
  const word = (yes: boolean) => (yes ? 'はい' : 'いいえ');
  return (
    <DefinitionTable
      items={[
        { label: names.code, value: present.code },
        { label: names.name, value: present.name },
        { label: names.jmaCode, value: present.jma || '－' },
        { label: names.liabilityInsurance, value: word(present.liabilityInsurance) },
        { label: names.trainee, value: word(present.trainee) },
        { label: names.startsOn, value: formatStart(present.startsOn) },
      ]}
    />
  );
}

const touch = 'inline-flex min-h-11 items-center';

/** O-23 with the members of a category as lines of CSVで代理申請. */
function fileOf(id: number): string {
  return new URLSearchParams({ list: 'categoryMoves', conditions: `?category=${id}` }).toString();
}

/** Who is left in a category that ends, and how they are moved. */
function LeftBehind({ entry }: { entry: Entry }) {
  const { present, after, successor } = entry;
  if (present === undefined || after === 0) return null;
  return (
    <Notice tone="warn" title={`終了日の後も、この区分の会員が${after.toLocaleString('ja-JP')}名います。`}>
      <p>{`会員区分は自動では変わりません。${successor === undefined ? '' : `移行先「${successor}」への`}会員区分変更の届を入力してください。`}</p>
      {successor === undefined ? null : (
        <p>
          下の一覧のファイルには、届・医籍登録番号・生年月日・希望年月日・医師会コード・移行先の区分が入力されています。異動事由・根拠・依頼日を書き加えて、「CSVで代理申請」から申請してください(一度に500件まで)。
        </p>
      )}
      <ul>
        <li>
          <Link className={touch} to={`/office/members?category=${present.id}`}>
            この区分の会員一覧を表示する
          </Link>
        </li>
        {successor === undefined ? null : (
          <li>
            <Link className={touch} to={`/office/exports/new?${fileOf(present.id)}`}>
              代理申請の一覧のファイルを作成する
            </Link>
          </li>
        )}
        <li>
          <Link className={touch} to="/office/applications/proxy-sheet">
            CSVで代理申請
          </Link>
        </li>
      </ul>
    </Notice>
  );
}

function ChangeFields({ entry, present }: { entry: Entry; present: NonNullable<Entry['present']> }) {
  return (
    <>
      <div className="mb-6">
        <Standing present={present} />
      </div>
      <LeftBehind entry={entry} />
      <TextArea name="description" label={names.description} limit={200} />
      <DateField name="endsOn" label={names.endsOn} today={entry.today} hint="この日まで、届で選べます。" />
      <SelectField
        name="successorId"
        label={names.successor}
        hint="終了日の後もこの区分の会員がいる場合に選択します。"
        options={entry.successors}
        placeholder="選択してください"
      />
    </>
  );
}

/** 会員区分: a new one, or the end of one (`screens.md O-20`). */
export default function CategoryPage({ loaderData, actionData }: Route.ComponentProps) {
  const { entry, key } = loaderData;
  const { present } = entry;
  return (
    <EntryForm
      tab="member-categories"
      title={present === undefined ? '会員区分の登録' : '会員区分の変更'}
      isNew={present === undefined}
      idempotencyKey={key}
      version={entry.version}
      values={{ ...entry.values, endsOn: entry.values.endsOn.replaceAll('-', '/') }}
      answer={actionData}
    >
      {present === undefined ? <NewFields entry={entry} /> : <ChangeFields entry={entry} present={present} />}
    </EntryForm>
  );
}
