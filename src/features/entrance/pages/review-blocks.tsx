import { LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { ReviewBlock } from '../fields.ts';

function Entry({ entry: { value, changed } }: { entry: ReviewBlock['items'][number] }) {
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

/** All entries in their blocks, each with the way back. */
export function ReviewBlocks({ blocks, editTo }: { blocks: readonly ReviewBlock[]; editTo: string }) {
  return blocks.map((block) => (
    <Section key={block.title} title={block.title}>
      <DefinitionTable items={block.items.map((one) => ({ label: one.label, value: <Entry entry={one} /> }))} />
      {block.fixed === true ? null : (
        <LinkButton to={editTo} size="small" aria-label={`${block.title}を修正する`}>
          修正する
        </LinkButton>
      )}
    </Section>
  ));
}
