import type { ReactNode } from 'react';
import { fieldId } from '#ui/fields/formState.tsx';
import { LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { ProfileBlock, ProfileItem } from '../fields.ts';

function Entry({ entry: { value, changed } }: { entry: ProfileItem }) {
  return (
    <>
      {value === '' ? '(なし)' : value}
      {changed === true ? (
        <>
          {' '}
          <StateLabel tone="info">変更</StateLabel>
        </>
      ) : null}
    </>
  );
}

/** All entries in their blocks; `foot` stands under each, e.g. 最終更新日 or the way back. */
export function ProfileBlocks({ blocks, foot }: { blocks: readonly ProfileBlock[]; foot?: (block: ProfileBlock) => ReactNode }) {
  return blocks.map((block) => (
    <Section key={block.title} title={block.title}>
      <DefinitionTable items={block.items.map((one) => ({ label: one.label, value: <Entry entry={one} /> }))} />
      {foot?.(block)}
    </Section>
  ));
}

/** Under a block of a review: the way back to its fields. */
export function mend(editTo: string) {
  return (block: ProfileBlock) => {
    const [first] = block.items;
    return block.fixed === true || first === undefined ? null : (
      <LinkButton to={`${editTo}#${fieldId(first.key)}`} size="small" aria-label={`${block.title}を修正する`}>
        修正する
      </LinkButton>
    );
  };
}
