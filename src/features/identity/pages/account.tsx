import { Form } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash } from '#platform/http/respond.ts';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/account.ts';
import { logOutEverywhere } from '../commands/log-out.ts';
import { ownAccount } from '../queries/own-account.ts';

export const handle = definePage({
  id: 'D-05',
  title: 'ログイン情報',
  crumb: 'ログイン情報',
  who: ['doctor', 'office', 'operations'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: { none: 'one’s own login only' },
});

export const meta = () => [{ title: 'ログイン情報 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const { session } = stateOf(context);
  return orThrow(await ownAccount(contextOf(context), session));
}

export async function action({ context }: Route.ActionArgs) {
  orThrow(await logOutEverywhere(contextOf(context)));
  stateOf(context).cookies.endSession();
  return redirectWithFlash(context, '/login', 'すべての端末からログアウトしました。');
}

type Device = Route.ComponentProps['loaderData']['devices'][number];

function deviceFacts(device: Device) {
  return [
    { label: 'ブラウザ', value: device.here ? `${device.browser}(この端末)` : device.browser },
    { label: 'ログイン日時', value: device.since },
    { label: '最終利用', value: device.lastUse },
  ];
}

/** D-05 and O-27 as far as they exist: the ID and the devices that are logged in. */
export default function Account({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>ログイン情報</h1>
      <DefinitionTable items={[{ label: 'ログインID', value: loaderData.loginId }]} />
      <Section title="ログイン中の端末">
        {loaderData.devices.map((device) => (
          <div className="mb-4" key={device.key}>
            <DefinitionTable items={deviceFacts(device)} />
          </div>
        ))}
        <Form method="post" reloadDocument>
          <Actions>
            <Button variant="danger">すべての端末からログアウト</Button>
          </Actions>
        </Form>
      </Section>
    </>
  );
}
