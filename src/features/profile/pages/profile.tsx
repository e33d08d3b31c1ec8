import { Link } from 'react-router';
import { ProfileBlocks } from '#features/person/pages/profile-blocks.tsx';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { fieldId } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Mark } from '#ui/parts/Mark.tsx';
import { labels } from '../labels.ts';
import { ownProfile } from '../queries/own-profile.ts';
import { Correction } from './fixed-fields.tsx';
import type { Route } from './+types/profile.ts';

export const handle = definePage({ id: 'D-03', title: '登録情報', who: ['doctor'], audit: 'profile.viewed', crumb: '登録情報' });

export const meta = () => [{ title: '登録情報 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await ask(ownProfile, contextOf(context), {}));
}

type Data = Route.ComponentProps['loaderData'];

/** Under each block: when it was changed, and the way to its fields. */
function Foot({ block, checked }: { block: Data['blocks'][number]; checked: boolean }) {
  const [first] = block.items;
  const fixed = checked && block.code === 'licence';
  return (
    <>
      <p className="mt-2 mb-4">{`${labels.changedOn} ${block.changedOn}`}</p>
      {fixed ? <Correction /> : null}
      {fixed || first === undefined ? null : (
        <LinkButton to={`/my/profile/edit#${fieldId(first.key)}`} size="small" aria-label={`${block.title}を変更する`}>
          変更する
        </LinkButton>
      )}
    </>
  );
}

function foot(blocks: Data['blocks'], checked: boolean) {
  return ({ code }: { code: string }) => {
    const block = blocks.find((one) => one.code === code);
    return block === undefined ? null : <Foot block={block} checked={checked} />;
  };
}

function Workplaces({ workplaces }: Pick<Data, 'workplaces'>) {
  return (
    <Section title="所属施設">
      {workplaces.length === 0 ? (
        <p>{labels.noWorkplace}</p>
      ) : (
        <ul className="grid gap-2">
          {workplaces.map((place) => (
            <li key={place.affiliationId}>
              {place.name === '' ? '所属施設 未定' : place.name} {place.primary ? <Mark kind="primary" /> : null}
              {place.address === '' ? null : <span className="block">{place.address}</span>}
            </li>
          ))}
        </ul>
      )}
      <p className="mt-4">
        {labels.workplaceNote} <Link to="/my/applications/transfer">異動届に進む</Link>
      </p>
    </Section>
  );
}

/** D-03: everything that is registered of the doctor, block by block. */
export default function Profile({ loaderData }: Route.ComponentProps) {
  const { blocks, checked, workplaces, ofOffices } = loaderData;
  return (
    <>
      <h1>登録情報</h1>
      <Actions>
        <LinkButton to="/my/profile/edit" variant="primary">
          変更する
        </LinkButton>
        <LinkButton to="/my">戻る</LinkButton>
      </Actions>
      <ProfileBlocks blocks={blocks} foot={foot(blocks, checked)} />
      <Workplaces workplaces={workplaces} />
      {ofOffices.length === 0 ? null : (
        <Section title="医師会の登録項目">
          <p>{labels.ofOfficesNote}</p>
          <DefinitionTable items={ofOffices.map(({ association, name, value }) => ({ label: `${name}(${association})`, value }))} />
        </Section>
      )}
      <Section title="送付物設定">
        <p className="mb-4">{labels.mailingNote}</p>
        <LinkButton to="/my/mailing-preference">送付物設定に進む</LinkButton>
      </Section>
    </>
  );
}
