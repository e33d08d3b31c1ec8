import { data } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal, Refused } from '#kernel/refusal.ts';
import { refused, refuseFields, statusOf } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ParsedForm } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { textOf } from '#ui/fields/formState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/new.ts';
import { planSettings } from '../../commands/plan-settings.ts';
import type { SettingsReview, SettingsStart } from '../../queries/settings-plan.ts';
import { settingsReview, settingsStart } from '../../queries/settings-plan.ts';
import { settingsNotice, versionName } from '../../settings-labels.ts';
import { SettingsForm } from './form.tsx';
import type { SettingsValues } from './form-values.ts';
import { paperRows, settingsValues } from './form-values.ts';
import { withBlankForms, withMeetingsFile, withoutForm } from './take-files.ts';
import { withMonthly } from './monthly.ts';
import { ReviewPanel } from './review.tsx';

export const handle = definePage({
  id: 'O-21',
  title: '環境設定の新しい版',
  crumb: '新しい版',
  who: ['office'],
  roles: ['admin'],
  audit: 'association.planSettings',
  // The text of the settings, and one blank form of 10 MB at a time.
  limits: { bodyBytes: 11 * 1024 * 1024 },
});

export const meta = () => [{ title: '環境設定の新しい版 | MAMIS' }];

/** After a conflict the form carries what stands now, so that the next press sees it. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context }: Route.LoaderArgs) {
  return { start: orThrow(await ask(settingsStart, contextOf(context), {})), key: newId() };
}

type Shown = {
  refusal: Refusal | undefined;
  values: SettingsValues;
  review: SettingsReview | undefined;
  moreRows: number;
  answer: string;
};

function shown(values: SettingsValues, more: Partial<Shown> = {}): Shown {
  return { refusal: undefined, values, review: undefined, moreRows: 0, answer: newId(), ...more };
}

function refusedForm(outcome: Refused, values: SettingsValues, more: Partial<Shown> = {}) {
  const { data: form, init } = refusalData(outcome, values);
  return data(shown(values, { refusal: form.refusal, ...more }), init ?? {});
}

/** After a file came or went the form stands as it is, with what has been typed and chosen on the way. */
function standing({ values, intent }: Pick<ParsedForm, 'values' | 'intent'>): Partial<Shown> {
  const answer = textOf(values['answer']);
  return answer === undefined || !/^(upload|delete-file):/.test(intent) ? {} : { answer };
}

async function reviewOf(ctx: Context, form: ParsedForm) {
  const asked = await ask(settingsReview, ctx, form.input);
  return asked.ok ? asked.value : asked;
}

/** A refusal at the tick stays on the confirm page; any other one leads back to the fields. */
async function save(ctx: Context, form: ParsedForm) {
  const outcome = await run(planSettings, ctx, form.input, form.key);
  if (outcome.ok) return outcome;
  const [first] = outcome.refusal.fields?.['confirmed'] ?? [];
  if (first === undefined) return refusedForm(outcome, form.values);
  const review = await reviewOf(ctx, form);
  // What there is to confirm stands beside the tick already.
  const said = refused({ ...outcome.refusal, fields: { confirmed: [first] } });
  return refusedForm(said, form.values, { review: review.ok ? review.value : undefined });
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const sent = await parseForm(request);
  const { values, errors } = await withBlankForms(ctx, sent);
  const form = { ...sent, values };
  if (Object.keys(errors).length > 0) return refusedForm(refuseFields(errors), values, standing(form));
  if (form.intent === 'edit' || form.intent.startsWith('upload:')) return data(shown(form.values, standing(form)));
  if (form.intent.startsWith('delete-file:')) {
    return data(shown(withoutForm(form.values, form.intent.slice('delete-file:'.length)), standing(form)));
  }
  if (form.intent === 'addPaper') return data(shown(form.values, { moreRows: 3 }));
  if (form.intent === 'monthly' || form.intent === 'meetingsFile') {
    const more = form.intent === 'monthly' ? withMonthly(form.values) : await withMeetingsFile(form, form.values);
    return more.ok ? data(shown(more.value)) : refusedForm(more, form.values);
  }
  if (form.intent === 'save') {
    const saved = await save(ctx, form);
    if (!('ok' in saved)) return saved;
    const { version, startsOn } = saved.value;
    const message = `登録しました。${formatDayPlain(startsOn)}から${versionName(version)}が適用されます。`;
    return redirectWithFlash(context, '/office/association-settings', message);
  }
  const review = await reviewOf(ctx, form);
  return review.ok ? data(shown(form.values, { review: review.value })) : refusedForm(review, form.values);
}

function Planned({ planned }: Pick<SettingsStart, 'planned'>) {
  if (planned.length === 0) return null;
  const names = planned.map(({ version, startsOn }) => `${versionName(version)}(${formatDayPlain(startsOn)}から)`).join('、');
  return <Notice tone="warn" title={`予定されている版があります:${names}`} />;
}

/** The revision that the person saw; after a conflict the present one. */
function seenRevision(answer: Shown | undefined, revision: number): number {
  const typed = answer === undefined || (answer.refusal !== undefined && statusOf(answer.refusal) === 409) ? '' : answer.values['version'];
  return typeof typed === 'string' && /^\d{1,9}$/.test(typed) ? Number(typed) : revision;
}

export default function NewSettings({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  const values = actionData?.values ?? (start.from === undefined ? {} : settingsValues(start.from.settings));
  const revision = seenRevision(actionData, start.revision);
  const errors = actionData?.refusal?.fields;
  return (
    <>
      <h1>{actionData?.review === undefined ? '環境設定の新しい版' : '環境設定の確認'}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {actionData?.review === undefined ? (
        <>
          <Notice title={settingsNotice} />
          <Planned planned={start.planned} />
          <SettingsForm
            layer={start.layer}
            today={start.today}
            revision={revision}
            idempotencyKey={key}
            answer={actionData?.answer ?? ''}
            values={values}
            errors={errors}
            rows={paperRows(values, actionData?.moreRows)}
          />
        </>
      ) : (
        <ReviewPanel review={actionData.review} revision={revision} idempotencyKey={key} values={values} errors={errors} />
      )}
    </>
  );
}
