import { data, Form, Link } from 'react-router';
import { newId } from '#kernel/id.ts';
import { labelLines, labelOf, type PostalChoice } from '#features/membership/postal-label.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { type FormValues, parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox, CheckboxGroup, RadioGroup } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { mailingOf, saveMailing } from '../commands/save-mailing.ts';
import { mailingLabels as labels } from '../labels.ts';
import { ownMailing } from '../queries/mailing.ts';
import { mailingInput } from '../schema.ts';
import type { Route } from './+types/mailing-preference.ts';
import { MailingChoices } from './mailing-choices.tsx';

export const handle = definePage({
  id: 'D-04',
  title: '送付物設定',
  who: ['doctor'],
  audit: 'profile.saveMailing',
  limits: { bodyBytes: 8 * 1024, perMinute: 60 },
  crumb: '送付物設定',
});

export const meta = () => [{ title: '送付物設定 | MAMIS' }];

/** After a conflict the form carries the version that stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

/** One label as the post will see it; undefined without an address. */
function sampleOf(choice: PostalChoice, around: Parameters<typeof labelOf>[1]): string[] | undefined {
  const label = labelOf(choice, around);
  return label === undefined ? undefined : labelLines(label);
}

const facilityOf = (affiliationId: string) => `facility:${affiliationId}`;

export async function loader({ context }: Route.LoaderArgs) {
  const { choice, version, places, mailings, to, target } = orThrow(await ask(ownMailing, contextOf(context), {}));
  const { useFormerName: former, formerSurname, fax } = target.person.profile;
  const several = places.length > 0;
  const named = places.some((place) => place.affiliationId === choice.affiliationId) ? choice.affiliationId : places[0]?.affiliationId;
  const facility = several && named !== undefined && named !== null ? facilityOf(named) : 'facility';
  return {
    key: newId(),
    version,
    facilities: several
      ? places.map((place) => ({
          value: facilityOf(place.affiliationId),
          label: `${labels.facility}(${place.name === '' ? '未定' : place.name})`,
        }))
      : [{ value: 'facility', label: labels.facility }],
    values: {
      sendTo: choice.sendTo === 'home' ? 'home' : facility,
      faxTo: choice.faxTo,
      mails: [...(choice.mailNotices ? ['notices'] : []), ...(choice.mailTraining ? ['training'] : [])],
      ...(former ? { useFormerName: '1' } : {}),
      ...Object.fromEntries(mailings.map((one, line) => [`choices.${line}.sendTo`, one.sendTo])),
    } satisfies FormValues,
    mailings,
    hasFormerName: formerSurname !== '',
    hasFax: fax !== '',
    label: sampleOf(choice, { places, to, former }),
  };
}

type Answer = { refusal: Refusal | undefined; values: FormValues; label: string[] | undefined };

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent === 'preview') {
    const around = orThrow(await ask(ownMailing, ctx, {}));
    const parsed = mailingInput.safeParse({ ...form.input, faxTo: 'none' });
    const mailing = parsed.success ? mailingOf(around, parsed.data) : undefined;
    const former = parsed.success && parsed.data.useFormerName;
    const label = mailing?.ok === true ? sampleOf(mailing.value, { places: around.places, to: around.to, former }) : undefined;
    return data<Answer>({ refusal: undefined, values: form.values, label });
  }
  const outcome = await run(saveMailing, ctx, form.input, form.key);
  if (outcome.ok) return redirectWithFlash(context, '/my/mailing-preference', labels.saved);
  const shown = refusalData(outcome, form.values);
  return data<Answer>({ ...shown.data, label: undefined }, shown.init ?? {});
}

function Label({ lines }: { lines: readonly string[] | undefined }) {
  return (
    <Section title="宛名の見本">
      {lines === undefined ? (
        <p>{labels.noLabel}</p>
      ) : (
        <address className="ui-card not-italic">
          {lines.map((line) => (
            <span className="block" key={line}>
              {line}
            </span>
          ))}
        </address>
      )}
    </Section>
  );
}

type Data = Route.ComponentProps['loaderData'];

function Fields({ facilities, mailings, hasFax, hasFormerName }: Pick<Data, 'facilities' | 'mailings' | 'hasFax' | 'hasFormerName'>) {
  return (
    <>
      <RadioGroup name="sendTo" label={labels.rows[0].label} required options={[...facilities, { value: 'home', label: labels.home }]} />
      <MailingChoices mailings={mailings} />
      <RadioGroup
        name="faxTo"
        label={labels.rows[1].label}
        hint={hasFax ? undefined : '自宅のFAX番号は登録されていません。'}
        options={Object.entries(labels.faxOf).map(([value, label]) => ({ value, label }))}
      />
      <CheckboxGroup
        name="mails"
        label={labels.rows[2].label}
        hint="届の手続きに関するメールは、いつもお送りします。"
        options={[
          { value: 'notices', label: labels.notices },
          { value: 'training', label: labels.training },
        ]}
      />
      <Checkbox
        name="useFormerName"
        label={labels.formerNameOnLabel}
        hint={
          hasFormerName ? '(旧名が空欄の場合は旧姓のみ使用)' : '旧姓が登録されていません。使用するには、登録情報で旧姓を入力してください。'
        }
      />
    </>
  );
}

/** D-04: what goes where. */
export default function MailingPreference({ loaderData, actionData }: Route.ComponentProps) {
  const { key, ...shown } = loaderData;
  const { version, values } = shown;
  const typed = actionData?.values ?? values;
  return (
    <>
      <h1>送付物設定</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <p>※文書送付先の初期値は「所属施設」です。</p>
      <p className="mb-6">
        自宅の住所とFAX、旧姓・旧名は<Link to="/my/profile/edit">登録情報</Link>で変更します。
      </p>
      <Form method="post" key={version}>
        <FormGuard idempotencyKey={key} version={version} />
        <DefaultSubmit value="save" />
        <FormState errors={actionData?.refusal?.fields} values={typed}>
          <Fields {...shown} />
        </FormState>
        <Label lines={actionData === undefined ? loaderData.label : actionData.label} />
        <Actions>
          <Button variant="primary" name="intent" value="save">
            保存する
          </Button>
          <Button name="intent" value="preview">
            宛名を確かめる
          </Button>
          <LinkButton to="/my/profile">登録情報に戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
