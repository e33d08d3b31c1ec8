import { definePage } from '#platform/http/page-access.ts';
import type { Route } from './+types/detail.ts';
import { loadThread, takeAct } from '../take-act.ts';
import { InquiryThread } from '../thread.tsx';

export const handle = definePage({
  id: 'D-15-detail',
  title: 'お問合せの内容',
  crumb: 'お問合せの内容',
  who: ['doctor'],
  audit: 'inquiry.viewed',
  whileHeld: true,
});

export const meta = () => [{ title: 'お問合せの内容 | MAMIS' }];

const base = '/my/inquiries';

export async function loader({ context, params }: Route.LoaderArgs) {
  return await loadThread(context, params.id);
}

export async function action({ context, request, params }: Route.ActionArgs) {
  return await takeAct(context, request, { id: params.id, base });
}

export default function InquiryPage({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  return <InquiryThread view={view} guardKey={key} base={base} acted={actionData} applications="/my/applications" />;
}
