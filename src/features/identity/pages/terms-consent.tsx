import { data, Form, redirect } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { parseForm } from '#platform/http/form.ts';
import { localPath } from '#platform/http/local-path.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/terms-consent.ts';
import { agreeToTerms, boxOf, putOffTerms } from '../commands/agree-to-terms.ts';
import { termsTexts } from '../labels.ts';
import { consentMessages as texts } from '../messages.ts';
import { owedTerms, seenVersions } from '../queries/owed-terms.ts';
import { homeOf } from '../rules.ts';

export const handle = definePage({
  id: 'A-17',
  title: texts.title,
  crumb: texts.title,
  who: ['doctor', 'office', 'operations'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: 'identity.agreeToTerms',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  whileHeld: true,
});

export const meta = () => [{ title: `${texts.title} | MAMIS` }];

/** After a conflict the page shows the newer version. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

const nextOf = (request: Request) => localPath(new URL(request.url).searchParams.get('next'));

export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { session } = stateOf(context);
  const owed = session === undefined ? [] : orThrow(await owedTerms(ctx, session.tokenHash));
  const [first] = owed;
  if (first === undefined) throw redirect(nextOf(request) ?? homeOf(ctx.actor));
  const agreeBy = owed.reduce((day, one) => (one.agreeBy < day ? one.agreeBy : day), first.agreeBy);
  return {
    seen: seenVersions(owed),
    box: boxOf(ctx),
    over: ctx.today > agreeBy,
    agreeBy: formatDayPlain(agreeBy),
    versions: owed.map(({ kind, version, effectiveOn, changes }) => ({
      ...termsTexts(kind),
      key: `${kind}:${version}`,
      version,
      effectiveOn: formatDayPlain(effectiveOn),
      changes,
    })),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { session } = stateOf(context);
  const form = await parseForm(request);
  if (session === undefined) throw data({}, { status: 403 });
  const next = nextOf(request) ?? homeOf(ctx.actor);
  if (form.intent === 'later') {
    orThrow(await putOffTerms(ctx, session.tokenHash));
    return redirectWithFlash(context, next, texts.wasPutOff);
  }
  const outcome = await agreeToTerms(ctx, session.tokenHash, form.input);
  return outcome.ok ? redirectWithFlash(context, next, texts.agreed) : refusalData(outcome, form.values);
}

type Version = Route.ComponentProps['loaderData']['versions'][number];

function Changed({ one }: { one: Version }) {
  return (
    <Section title={`${one.title} 第${one.version}版(施行日:${one.effectiveOn})`}>
      <h3>変更点</h3>
      <p className="mb-4 whitespace-pre-wrap">{one.changes}</p>
      <p>
        <a href={one.to} target="_blank" rel="noreferrer">
          {`${one.title}の全文(新しいタブで開きます)`}
        </a>
      </p>
    </Section>
  );
}

/** what has changed in the texts, and the box of A-03. */
export default function TermsConsent({ loaderData, actionData }: Route.ComponentProps) {
  const { versions, seen, box, over, agreeBy } = loaderData;
  return (
    <>
      <h1>{texts.title}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {over ? <Notice tone="warn" title={texts.over(agreeBy)} /> : null}
      <p>{texts.instruction}</p>
      {versions.map((one) => (
        <Changed key={one.key} one={one} />
      ))}
      <Form method="post">
        <input type="hidden" name="seen" value={seen} />
        <FormState errors={actionData?.refusal.fields}>
          <Checkbox name="agree" label={box} required />
        </FormState>
        <Actions>
          <Button variant="primary" size="large" name="intent" value="agree">
            次へ
          </Button>
          {over ? null : (
            <Button variant="secondary" name="intent" value="later">
              {texts.putOff}
            </Button>
          )}
        </Actions>
        {over ? null : <p className="mt-4">{texts.putOffNote(agreeBy)}</p>}
      </Form>
    </>
  );
}
