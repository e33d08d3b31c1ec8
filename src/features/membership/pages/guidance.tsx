import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/guidance.ts';
import { sendGuidance } from '../commands/send-guidance.ts';
import { guidanceTexts as texts, lastText, tooSoonText, wayLabel } from '../guidance-messages.ts';
import { memberGuidance } from '../queries/member-guidance.ts';
import { MemberFrame } from './member-frame.tsx';

export const handle = definePage({
  id: 'O-08-guidance',
  title: texts.title,
  crumb: texts.title,
  who: ['office'],
  audit: 'member.viewed',
  limits: { perMinute: 60 },
});

export const meta = () => [{ title: `${texts.title} | MAMIS` }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { view: orThrow(await ask(memberGuidance, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(sendGuidance, contextOf(context), { id: params.id, way: form.input['way'] }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/members/${params.id}/guidance`, outcome.value.way === 'mail' ? texts.sent : texts.made);
}

type View = Route.ComponentProps['loaderData']['view'];

/** What can be done now, or why nothing can. */
function Sending({ view, guardKey }: { view: View; guardKey: string }) {
  const { way, waits, days } = view;
  if (way === undefined) return <Notice title={texts.notOffered} />;
  if (waits !== undefined) return <Notice title={tooSoonText(waits, days)} />;
  return (
    <Form method="post">
      <FormGuard idempotencyKey={guardKey} />
      <input type="hidden" name="way" value={way} />
      {way === 'letter' ? <p>お使いになれるメールアドレスの登録がないため、郵送する文書を作成します。</p> : null}
      <p>{`送ると、次の${days}日間は、どの医師会からも同じ会員に案内を送ることができません。`}</p>
      <Actions>
        <Button variant="primary">{way === 'mail' ? texts.sendMail : texts.makeLetter}</Button>
      </Actions>
    </Form>
  );
}

/** マイページの案内を送る (`screens.md O-08`). */
export default function GuidancePage({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  const { head, way, to, last, printable } = view;
  const base = `/office/members/${head.personId}`;
  return (
    <MemberFrame head={head} current="profile">
      <ErrorSummary refusal={actionData?.refusal} />
      <Section title={texts.title}>
        <p>マイページをまだ利用していない会員に、利用者登録の方法をお知らせします。</p>
        <DefinitionTable
          items={[
            { label: '前回の案内', value: lastText(last) },
            ...(way === undefined
              ? []
              : [
                  { label: '送り方', value: wayLabel(way) },
                  { label: '送付先', value: to.join(' ') },
                ]),
          ]}
        />
        {printable ? (
          <p>
            <a className="inline-flex min-h-11 items-center" href={`${base}/guidance/letter.pdf`} target="_blank" rel="noreferrer">
              {`${texts.openLetter}(PDFが新しいタブで開きます)`}
            </a>
          </p>
        ) : null}
        <Sending view={view} guardKey={key} />
        <Actions>
          <LinkButton to={base}>会員情報詳細に戻る</LinkButton>
        </Actions>
      </Section>
    </MemberFrame>
  );
}
