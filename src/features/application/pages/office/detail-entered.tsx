import { useLocation } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { proxyTexts } from '../../proxy-messages.ts';
import type { OfficeApplication } from '../../queries/office-application.ts';
import { decisionTo } from './list-links.ts';

/** What an office that entered the case for the doctor has to do with it (`screens.md O-05, O-10, O-11`). */

function Corrections({ application: { id, correctAt } }: { application: OfficeApplication }) {
  if (correctAt === undefined) return null;
  return (
    <Notice tone="warn" title="貴会が代理で申請した届が差戻されています。修正して再申請してください。">
      <Actions>
        <LinkButton to={`/office/applications/${id}/${correctAt}`} variant="primary">
          修正する
        </LinkButton>
        <LinkButton to={`/office/applications/${id}/review`}>内容を確認して再申請する</LinkButton>
      </Actions>
    </Notice>
  );
}

/** 死亡登録の取消 stands here for as long as it is possible, and says who may do it. */
function Death({ application: { id, deathRevocation } }: { application: OfficeApplication }) {
  const { search } = useLocation();
  if (deathRevocation === undefined) return null;
  const { until, why } = deathRevocation;
  return (
    <Notice title="貴会が死亡を登録した届です。">
      <p>{`登録が誤りのときは、${formatDayPlain(until)}まで「${proxyTexts.deathRevoked}」ができます。`}</p>
      {why === undefined ? (
        <Actions>
          <LinkButton to={decisionTo(id, 'revoke-death', search)} variant="danger">
            {proxyTexts.deathRevoked}
          </LinkButton>
        </Actions>
      ) : (
        <p>{why}</p>
      )}
    </Notice>
  );
}

/** What stops a proxy application, what came back to us who entered it, and the letter that goes with it. */
export function EnteredSection({ application }: { application: OfficeApplication }) {
  const { id, stop, letter } = application;
  return (
    <>
      {stop === undefined ? null : <Notice tone="warn" title={stop} />}
      <Corrections application={application} />
      <Death application={application} />
      {letter === undefined ? null : (
        <p className="ui-no-print">
          <a href={`/office/applications/${id}/letter.pdf`} target="_blank" rel="noreferrer">
            {`${letter}の文書を印刷する`}
          </a>
        </p>
      )}
    </>
  );
}
