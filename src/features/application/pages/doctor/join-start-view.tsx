import { Form, Link } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { useUnsavedWarning } from '#ui/useUnsavedWarning.ts';
import type { JoinChain } from '../../queries/join-chain.ts';
import type { JoinStart } from '../../queries/join-start.ts';
import { CategoryHelp, Chain, Finders, PapersAsked, sentLines, summaryOf } from './chain-parts.tsx';
import { ChainTable } from './chain-table.tsx';
import { JoinHead, RequestsNotice } from './join-parts.tsx';
import { LeaveButton, useCaseRoot } from './use-case-root.tsx';

type ChosenProps = {
  start: JoinStart & { key: string };
  chain: JoinChain;
  values: FormValues | undefined;
  errors: Readonly<Record<string, readonly string[]>> | undefined;
};

/** Question 2, once the chain is known. */
function ChosenForm({ start, chain, values, errors }: ChosenProps) {
  const { chosen } = start;
  const unsaved = useUnsavedWarning();
  return (
    <Form method="post" {...unsaved}>
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
          <ChainTable
            key={chain.lowestAssociationId}
            chain={chain}
            initial={sentLines(chain, values)}
            fixed={start.fixed}
            requests={start.requests}
          />
          <CategoryHelp chain={chain} />
        </Section>
      </FormState>
      <PapersAsked chain={chain} verb="入会" />
      <Actions>
        <Button variant="primary" name="intent" value="next">
          入力フォームに進む
        </Button>
        {start.fixed ? null : (
          <Button name="intent" value="save">
            一時保存する
          </Button>
        )}
        <LeaveButton id={start.id} personId={start.personId} sent={start.fixed} />
      </Actions>
    </Form>
  );
}

function Stopped({ chain }: { chain: JoinChain }) {
  const root = useCaseRoot();
  if (chain.rivalId !== undefined) {
    return (
      <Notice tone="warn" title="この所属について申請中の届があります。">
        <p>
          <Link to={`${root}/${chain.rivalId}`}>申請の詳細を見る</Link>
        </p>
      </Notice>
    );
  }
  return <Notice tone="info" title="選択された医師会にはすべて所属しています。勤務先や会員区分の変更は異動届をご利用ください。" />;
}

/** Step 1 of 入会届 (`screens.md D-08`), at both of its addresses. */
export function JoinStartView({
  loaderData,
  actionData,
}: {
  loaderData: JoinStart & { key: string };
  actionData: { refusal: Refusal; values: FormValues } | undefined;
}) {
  const { chain } = loaderData;
  const root = useCaseRoot();
  const stopped = chain !== undefined && (chain.rivalId !== undefined || chain.allMember);
  return (
    <>
      <JoinHead current={1} returned={loaderData.fixed} />
      <RequestsNotice id={loaderData.id ?? ''} requests={loaderData.requests} />
      <ErrorSummary refusal={summaryOf(actionData?.refusal, chain)} />
      {chain === undefined ? (
        <Finders start={loaderData} verb="入会" backTo={root.startsWith('/office/') ? `/office/members/${loaderData.personId}` : '/my'} />
      ) : (
        <Chain start={loaderData} chain={chain} />
      )}
      {chain === undefined || stopped ? null : (
        <ChosenForm start={loaderData} chain={chain} values={actionData?.values} errors={actionData?.refusal.fields} />
      )}
      {chain !== undefined && stopped ? (
        <>
          <Stopped chain={chain} />
          <Actions>
            <LeaveButton id={loaderData.id} personId={loaderData.personId} sent={false} />
          </Actions>
        </>
      ) : null}
    </>
  );
}
