import { Form, Link, redirect, useSearchParams } from 'react-router';
import { newId } from '#kernel/id.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { fieldId, FormState } from '#ui/fields/formState.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/join-details.ts';
import { layerLabel, paperName } from '../../labels.ts';
import type { RawDetails } from '../../schema.ts';
import type { JoinDetails } from '../../queries/join-details.ts';
import { joinDetails } from '../../queries/join-details.ts';
import { actOnDetails } from './details-action.ts';
import { FacilityFields, NoteField, WishField, WorkFields } from './details-fields.tsx';
import { FormHead, RequestsNotice } from './join-parts.tsx';
import { TransferDates } from './transfer-dates.tsx';
import { PaperFields } from './paper-fields.tsx';
import { revalidateAfterAction } from './revalidate.ts';
import { caseAt, filingContext, leadToCase } from './filing-context.ts';
import { useCaseRoot } from './use-case-root.tsx';

export const handle = definePage({
  id: 'D-08',
  title: '届 入力',
  crumb: '入力',
  who: ['doctor', 'office'],
  audit: 'application.saveDetails',
  // One photo too large must reach the form, which can say so at the field; the whole request may carry a few files.
  limits: { bodyBytes: 32 * 1024 * 1024, perMinute: 60 },
});

export const meta = ({ loaderData }: Route.MetaArgs) => [{ title: `${paperName(loaderData?.view.kind ?? 'join')} 入力 | MAMIS` }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const ctx = filingContext({ context, request });
  const view = orThrow(await ask(joinDetails, ctx, { id: params.id }));
  if (!view.editable) throw await leadToCase(context, ctx, view);
  if (view.unfinished !== undefined) throw redirect(`${caseAt(ctx, view.id)}/${view.unfinished}`);
  return { view, key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: Route.ActionArgs) {
  filingContext({ context, request });
  return await actOnDetails(context, params.id, await parseForm(request));
}

/** What the draft holds, as the fields take it. */
function valuesOf(details: RawDetails): FormValues {
  const { facilityUndecided = '', keepFacility = '', ...rest } = details;
  // However a tick was sent (a form, the API, an import), its box posts "1".
  const ticked = (box: RawDetails[string]) => box === true || (typeof box === 'string' && !['', 'false'].includes(box));
  const boxes = { facilityUndecided: ticked(facilityUndecided) ? '1' : undefined, keepFacility: ticked(keepFacility) ? '1' : undefined };
  const typed = Object.entries(rest).map(([name, value]) => [name, typeof value === 'boolean' ? undefined : value] as const);
  return { ...Object.fromEntries(typed), ...boxes };
}

function textOf(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

const backPages = { join: 'associations', change: 'change', transfer: 'destination' } as const;

function Dates({ view, values }: { view: JoinDetails; values: FormValues }) {
  const typed = textOf(values, 'wishedOn');
  if (view.kind === 'transfer') return <TransferDates view={view} wished={typed} leave={textOf(values, 'leaveOn')} />;
  return <WishField view={view} typed={typed} />;
}

function Associations({ view }: { view: JoinDetails }) {
  const root = useCaseRoot();
  const names = view.choices.map((choice) => `${layerLabel(choice.layer)} ${choice.associationName} ${choice.categoryName}`).join(' / ');
  return (
    <p className="mb-6">
      {`${view.kind === 'change' ? '会員区分' : view.kind === 'transfer' ? '異動先' : '申請先'}:${names === '' ? '異動先が決まっていない' : names} `}
      {view.returned ? <Link to={`${root}/${view.id}/${backPages[view.kind]}`}>会員区分を修正する</Link> : null}
    </p>
  );
}

function Buttons({ view }: { view: JoinDetails }) {
  const root = useCaseRoot();
  return (
    <>
      <p>※文書送付先の初期値は「所属施設」です。変更は 登録情報 &gt; 送付物設定 から行ってください。</p>
      <Actions>
        <Button variant="primary" name="intent" value="next">
          確認画面に進む
        </Button>
        <Button name="intent" value="save">
          一時保存する
        </Button>
        <LinkButton to={`${root}/${view.id}/${view.returned ? '' : backPages[view.kind]}`}>戻る</LinkButton>
      </Actions>
    </>
  );
}

export default function JoinDetailsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  const [search] = useSearchParams();
  const values = actionData?.values ?? valuesOf(view.details);
  return (
    <>
      <FormHead kind={view.kind} fromEnd={1} returned={view.returned} />
      <RequestsNotice id={view.id} requests={view.requests} />
      <ErrorSummary refusal={actionData?.refusal} />
      {actionData?.hits === undefined ? null : (
        <Notice tone="info" title="所属施設の検索結果を表示しました。">
          <a href={`#${fieldId('facilityId')}`}>検索結果へ移動</a>
        </Notice>
      )}
      <p>必要事項を入力してください。</p>
      <Associations view={view} />
      <Form method="post" encType="multipart/form-data" key={search.get('copied') ?? ''} data-unsaved="address">
        <DefaultSubmit value="next" />
        <FormGuard idempotencyKey={key} version={Math.max(view.version, actionData?.version ?? 0)} />
        {view.mayCopy ? (
          <p className="mb-8">
            <Button name="intent" value="copy" size="small">
              前の届から写す
            </Button>
          </p>
        ) : null}
        <FormState errors={actionData?.refusal?.fields} values={values}>
          <Dates view={view} values={values} />
          {view.workplace ? <FacilityFields view={view} hits={actionData?.hits} /> : null}
          {view.workplace ? <WorkFields view={view} /> : null}
          <PaperFields id={view.id} papers={view.papers} requests={view.requests} />
          <NoteField view={view} />
        </FormState>
        <Buttons view={view} />
      </Form>
    </>
  );
}
