import { definePage } from '#platform/http/page-access.ts';
import type { Route } from './+types/new.ts';
import { sendQuestion, startQuestion } from '../new-question.ts';
import { QuestionForm } from '../question-form.tsx';
import { BeforeAsking } from '../before-asking.tsx';

export const handle = definePage({
  id: 'O-26',
  title: 'お問合せ',
  crumb: 'お問合せする',
  who: ['office'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: 'inquiry.ask',
  limits: { bodyBytes: 32 * 1024 * 1024, perMinute: 60 },
  whileHeld: true,
});

export const meta = () => [{ title: 'お問合せ | MAMIS' }];

const base = '/office/inquiries';

export async function loader({ context, request }: Route.LoaderArgs) {
  return await startQuestion(context, request);
}

export async function action({ context, request }: Route.ActionArgs) {
  return await sendQuestion(context, request, base);
}

export default function NewInquiry({ loaderData, actionData }: Route.ComponentProps) {
  const { start, batch } = loaderData;
  return (
    <QuestionForm
      audience="office"
      title="お問合せ"
      backTo={base}
      answer={actionData}
      start={start}
      batch={batch}
      intro={<BeforeAsking />}
    />
  );
}
