import { data, Link } from 'react-router';
import { newId } from '#kernel/id.ts';
import { mailDomainOf } from '#platform/context.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { MailHint } from '#ui/parts/MailHint.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/contact.ts';
import { inquiryTexts as texts } from '../messages.ts';
import { BeforeAsking } from './before-asking.tsx';
import { QuestionForm } from './question-form.tsx';
import { takeContact } from './take-contact.ts';

export const handle = definePage({
  id: 'A-15',
  title: 'お問合せフォーム',
  crumb: 'お問合せフォーム',
  who: everybody,
  audit: 'inquiry.ask',
  // One file of the largest size at a time; more are added one after the other.
  limits: { bodyBytes: 11 * 1024 * 1024, perMinute: 30 },
});

export const meta = () => [{ title: 'お問合せフォーム | MAMIS' }];

export function loader({ context }: Route.LoaderArgs) {
  return { batch: newId(), domain: mailDomainOf(contextOf(context).site) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const taken = await takeContact(contextOf(context), request);
  return taken.shown ?? data({ step: 'sent' as const, number: taken.sent.number });
}

/** anybody asks; whoever has no login hears by mail. */
export default function Contact({ loaderData, actionData }: Route.ComponentProps) {
  if (actionData?.step === 'sent') {
    return (
      <>
        <h1>お問合せフォーム</h1>
        <div role="status">
          <Notice tone="success" title={texts.done(actionData.number)}>
            <p>ご入力のメールアドレスに、受付のお知らせをお送りします。回答もメールでお送りします。</p>
            <p>受付番号をお控えください。</p>
          </Notice>
        </div>
        <MailHint domain={loaderData.domain} />
        <Actions>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </>
    );
  }
  return (
    <QuestionForm
      audience="guest"
      title="お問合せフォーム"
      backTo="/login"
      answer={actionData}
      start={{ cases: [], values: {} }}
      batch={loaderData.batch}
      intro={
        <>
          <BeforeAsking />
          <p>
            ログインできる方は、<Link to="/login">ログイン</Link>してからお問い合わせいただくと、回答を画面でご覧いただけます。
          </p>
        </>
      }
    />
  );
}
