import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { JoinChain } from '../../queries/join-chain.ts';
import type { JoinStart } from '../../queries/join-start.ts';
import { CategoryHelp, PapersAsked, sentLines } from './chain-parts.tsx';
import { ChainTable } from './chain-table.tsx';

export type ChainStart = JoinStart & { key: string };

type Props = {
  start: ChainStart;
  chain: JoinChain;
  values: FormValues | undefined;
  errors: Readonly<Record<string, readonly string[]>> | undefined;
  /** As the papers call it: 入会, 異動. */
  verb: string;
  /** Above the table. */
  note?: string;
  /** Further questions, below it. */
  children?: ReactNode;
  back: ReactNode;
};

/** Question 2, once the chain is known: the same in 入会届 and for the destination of 異動届 (`screens.md D-08, D-09`). */
export function ChainForm({ start, chain, values, errors, verb, note, children, back }: Props) {
  const { chosen } = start;
  return (
    <Form method="post">
      <DefaultSubmit value="next" />
      <FormGuard idempotencyKey={start.key} version={start.version} />
      <input type="hidden" name="way" value={chosen?.way ?? 'association'} />
      <input type="hidden" name="prefecture" value={chosen?.prefecture ?? ''} />
      <input type="hidden" name="facilityId" value={chosen?.workplace?.id ?? ''} />
      <input type="hidden" name="lowestAssociationId" value={chain.lowestAssociationId} />
      <FormState errors={errors} values={values}>
        <Section
          title={
            <>
              2. 入会を希望する医師会と会員区分を選択してください <span className="ui-required">必須</span>
            </>
          }
          id="f-lowestAssociationId"
        >
          {note === undefined ? null : <p className="mb-4">{note}</p>}
          <ChainTable
            key={chain.lowestAssociationId}
            chain={chain}
            initial={sentLines(chain, values)}
            fixed={start.fixed}
            requests={start.requests}
          />
          <CategoryHelp chain={chain} />
        </Section>
        {children}
      </FormState>
      <PapersAsked chain={chain} verb={verb} />
      <Actions>
        <Button variant="primary" name="intent" value="next">
          入力フォームに進む
        </Button>
        {start.fixed ? null : (
          <Button name="intent" value="save">
            一時保存する
          </Button>
        )}
        {back}
      </Actions>
    </Form>
  );
}
