import { Link } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { Actions } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { JoinChain } from '../../queries/join-chain.ts';
import type { ChainStart } from './chain-form.tsx';
import { ChainForm } from './chain-form.tsx';
import { Chain, Finders, summaryOf } from './chain-parts.tsx';
import { JoinHead, RequestsNotice } from './join-parts.tsx';
import { LeaveButton, useCaseRoot } from './use-case-root.tsx';

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
  loaderData: ChainStart;
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
        <ChainForm
          start={loaderData}
          chain={chain}
          values={actionData?.values}
          errors={actionData?.refusal.fields}
          verb="入会"
          back={<LeaveButton id={loaderData.id} personId={loaderData.personId} sent={loaderData.fixed} />}
        />
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
