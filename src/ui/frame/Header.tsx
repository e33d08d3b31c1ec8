import { Form, Link } from 'react-router';
import { Button } from '../parts/Button.tsx';
import type { DelegationLine, DoctorLine, FrameData, FrameWho } from './frameData.ts';

/** Who is signed in, in whose name, and the way out. */
export function Header({ frame }: { frame: FrameData }) {
  const { who } = frame;
  return (
    <header>
      {frame.demo ? <p className="ui-demo">デモ環境です。登録されている人物・医師会のデータは架空または未確認のものです。</p> : null}
      {frame.banner ? (
        <p className="ui-banner" role="status">
          {frame.banner}
          {frame.bannerLink ? <Link to={frame.bannerLink.to}>{frame.bannerLink.label}</Link> : null}
        </p>
      ) : null}
      <div className="ui-header">
        <div className="ui-header-in">
          <Link className="ui-brand" to={frame.homeTo}>
            <img src="/logo.svg" alt="MAMIS" width="144" height="36" />
            <span className="ui-brand-name">日本医師会 会員情報管理システム</span>
          </Link>
          {who.kind === 'entrance' ? null : <Logout action={frame.logoutAction ?? '/logout'} />}
        </div>
      </div>
      <Who who={who} />
    </header>
  );
}

/** A form, not a link: a page that is fetched ahead must never log anybody out. The full load drops what script holds. */
function Logout({ action }: { action: string }) {
  return (
    <Form method="post" action={action} reloadDocument>
      <Button size="small">ログアウト</Button>
    </Form>
  );
}

function Who({ who }: { who: FrameWho }) {
  if (who.kind === 'entrance') return null;
  if (who.kind === 'doctor') return <Doctor doctor={who.doctor} />;
  return (
    <>
      <div className="ui-who">
        <span>{`ユーザー名:${who.userName} 様`}</span>
        <span>{who.associationName}</span>
      </div>
      {who.delegation ? <Hat delegation={who.delegation} /> : null}
    </>
  );
}

function Doctor({ doctor }: { doctor: DoctorLine }) {
  const checked = doctor.licenceChecked ? '' : '(確認前)';
  return (
    <div className="ui-who">
      <span>{`マイページ:${doctor.name} 様`}</span>
      {doctor.licence ? <span>{`医籍登録番号:${doctor.licence}${checked}`}</span> : null}
      <span>{doctor.years ? `${doctor.badge} ${doctor.years}` : doctor.badge}</span>
      {doctor.years ? (
        <details className="ui-help">
          <summary aria-label="在籍年数の説明">
            <span className="ui-help-sign" aria-hidden="true">
              ?
            </span>
          </summary>
          <p>現在の入会日から数えた在籍年数です。医師会の異動では通算されます。</p>
        </details>
      ) : null}
    </div>
  );
}

function Hat({ delegation }: { delegation: DelegationLine }) {
  return (
    <div className="ui-hat">
      <span>{`${delegation.grantor}の権限で操作しています(${delegation.scope}、${delegation.until}まで)`}</span>
      <Form method="post" action={delegation.returnAction} reloadDocument>
        <Button size="small">自医師会に戻る</Button>
      </Form>
    </div>
  );
}
