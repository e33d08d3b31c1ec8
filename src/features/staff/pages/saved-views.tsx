import { Form } from 'react-router';
import type { RefusedForm } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';

export type ShownView = { id: string; name: string; conditions: string; words: string[] };

/** 保存した条件 of one list (`screens.md 1.3`). */
export type SavedViewsData = {
  views: ShownView[];
  /** The conditions about to be kept, in words; undefined where there are none or they make no sense. */
  asked: string[] | undefined;
  keys: { save: string; ofView: Readonly<Record<string, string>> };
};

type Place = {
  /** The list the conditions belong to. */
  listTo: string;
  /** What the list is called: 申請一覧. */
  listName: string;
  /** Where the reader came from. */
  backTo: string;
  /** Conditions that cannot be read. */
  unreadable: boolean;
};

function SaveForm({ data, refused }: { data: SavedViewsData; refused: RefusedForm | undefined }) {
  return (
    <Section title="この条件を保存">
      <DefinitionTable items={[{ label: '条件', value: data.asked?.join(' / ') }]} />
      <Form method="post" className="mt-4">
        <FormGuard idempotencyKey={data.keys.save} />
        <FormState errors={refused?.refusal.fields} values={refused?.values}>
          <TextField name="name" label="名前" required hint="30文字以内" width="medium" autoComplete="off" />
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="save">
            保存する
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

function columnsFor(keys: Readonly<Record<string, string>>, listTo: string): readonly Column<ShownView>[] {
  return [
    { key: 'name', head: '名前', rowHeader: true, cell: (view) => view.name },
    { key: 'words', head: '条件', cell: (view) => view.words.join(' / ') },
    {
      key: 'delete',
      head: '操作',
      cell: (view) => (
        <Form method="post" action={`${listTo}/views`}>
          <FormGuard idempotencyKey={keys[view.id] ?? ''} />
          <input type="hidden" name="id" value={view.id} />
          <Button size="small" name="intent" value="delete" aria-label={`「${view.name}」を削除する`}>
            削除する
          </Button>
        </Form>
      ),
    },
  ];
}

/** Saved conditions: kept, opened, deleted; the same without script. */
export function SavedViewsPage({ data, place, refused }: { data: SavedViewsData; place: Place; refused: RefusedForm | undefined }) {
  return (
    <>
      <h1>保存した条件</h1>
      <ErrorSummary refusal={refused?.refusal} />
      {place.unreadable ? <Notice tone="warn" title="検索条件に誤りがあるため、保存できません。一覧で条件をご確認ください。" /> : null}
      {data.asked === undefined ? null : <SaveForm data={data} refused={refused} />}
      <Section title="保存した条件の一覧">
        {data.views.length === 0 ? (
          <EmptyState>{`保存した条件はありません。${place.listName}の「この条件を保存」から保存できます。`}</EmptyState>
        ) : (
          <DataTable
            caption="保存した条件"
            columns={columnsFor(data.keys.ofView, place.listTo)}
            rows={data.views}
            rowKey={(view) => view.id}
            rowTo={(view) => `${place.listTo}${view.conditions}`}
          />
        )}
      </Section>
      <Actions>
        <LinkButton to={place.backTo}>{`${place.listName}に戻る`}</LinkButton>
      </Actions>
    </>
  );
}
