import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { AssociationsLink } from '#features/association/pages/associations-link.tsx';
import { ask } from '#platform/command/query.ts';
import { Card, CardGrid, Door, Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Mark } from '#ui/parts/Mark.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { afterTraining } from '#features/application/labels.ts';
import { NewestNotices } from '#features/notice/pages/newest.tsx';
import { myTop } from '../queries/my-top.ts';
import type { Route } from './+types/my-top.ts';

export const handle = definePage({ id: 'D-01', title: 'マイページTOP', who: ['doctor'], audit: 'desk.myTopViewed' });

export const meta = () => [{ title: 'マイページTOP | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await ask(myTop, contextOf(context), {}));
}

type Top = Route.ComponentProps['loaderData'];

function MailCard() {
  return (
    <Card level={3} title="登録メールアドレスにメールが届いていません。">
      <p>
        <Link to="/my/account">ログイン情報でメールアドレスを確認する</Link>
      </p>
    </Card>
  );
}

function Todo({ top }: { top: Top }) {
  const cards: ReactNode[] = [
    ...top.returned.map((one) => (
      <Card key={one.id} level={3} title="差戻しがあります。修正して再申請してください。">
        <p>
          <Link to={`/my/applications/${one.id}`}>{`${one.kind} 受付番号 ${one.number} を開く`}</Link>
        </p>
      </Card>
    )),
    ...top.drafts.map((draft) => (
      <Card key={draft.id} level={3} title={`一時保存中の届があります(${draft.paper}、${draft.savedAt})`}>
        <p>
          <Link to={draft.continueTo}>続きを入力する</Link>
        </p>
      </Card>
    )),
    ...(top.mailUndelivered ? [<MailCard key="mail" />] : []),
    ...(top.trainingEnding
      ? [
          <Card key="training" level={3} title="臨床研修の修了予定が近づいています。会員区分の変更届を作成できます。">
            <p>
              <Link to={afterTraining}>異動届を作成する</Link>
            </p>
          </Card>,
        ]
      : []),
    ...(top.waiverUntil === undefined
      ? []
      : [<Card key="waiver" level={3} title={`会費免除期間は${formatDayPlain(top.waiverUntil).slice(0, 7)}までです。`} />]),
    ...(top.forgotten
      ? [
          <Card key="forgotten" level={3} title="前の医師会を退会されています。入会届をお忘れではありませんか。">
            <p>
              <Link to="/my/applications/join">入会届を作成する</Link>
            </p>
          </Card>,
        ]
      : []),
  ];
  return cards.length === 0 ? null : (
    <Section title="要対応">
      <CardGrid>{cards}</CardGrid>
    </Section>
  );
}

function Membership({ line }: { line: Top['boxes'][number]['lines'][number] }) {
  return (
    <li>
      <span>{`[${line.layer}層] ${line.association} ${line.category} `}</span>
      <span className="whitespace-nowrap">{`${formatDayPlain(line.joinedOn)}${line.ahead ? 'に入会予定' : ' 入会'}`}</span>
      {line.leavesOn === undefined ? null : <span className="block">{`${formatDayPlain(line.leavesOn)}に退会予定`}</span>}
    </li>
  );
}

function Current({ boxes }: { boxes: Top['boxes'] }) {
  if (boxes.length === 0) return <EmptyState>現在、医師会に所属していません。入会をご希望の方は「入会届」へお進みください。</EmptyState>;
  return (
    <CardGrid>
      {boxes.map((box) => (
        <Card
          key={box.id}
          level={3}
          title={
            <>
              {box.facility} {box.primary ? <Mark kind="primary" /> : null}
            </>
          }
        >
          <ul className="grid gap-2">
            {box.lines.map((line) => (
              <Membership key={line.association} line={line} />
            ))}
          </ul>
        </Card>
      ))}
    </CardGrid>
  );
}

function Open({ open }: { open: Top['open'] }) {
  if (open.length === 0) return <EmptyState>申請中の届はありません。</EmptyState>;
  return (
    <>
      <ul className="grid gap-4">
        {open.map((one) => (
          <li key={one.id} className="ui-card">
            <p>
              <StateLabel tone={one.tone}>{one.state}</StateLabel>{' '}
              <Link to={`/my/applications/${one.id}`}>{`${one.kind} 受付番号 ${one.number}`}</Link>
            </p>
            {one.sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </li>
        ))}
      </ul>
      <p className="mt-4">
        <Link to="/my/applications">すべて見る</Link>
      </p>
    </>
  );
}

/** Telephone or mail of one's own associations, beside the page of the JMA. */
function Contacts({ boxes }: { boxes: Top['boxes'] }) {
  const known = new Map(
    boxes
      .flatMap((box) => box.lines)
      .filter((line) => line.contacts.length > 0)
      .map((line) => [line.association, line.contacts]),
  );
  return (
    <div className="mb-4">
      <p>申請される前に、申請する医師会へお電話またはメールにてお問合せください。</p>
      <p>
        <AssociationsLink />
      </p>
      {known.size === 0 ? null : (
        <ul>
          {[...known].map(([name, contacts]) => (
            <li key={name} className="flex flex-wrap items-center gap-x-4">
              <span>{name}</span>
              {contacts.map((contact) => (
                <a
                  key={contact}
                  className="inline-flex min-h-11 items-center break-all"
                  href={`${contact.includes('@') ? 'mailto' : 'tel'}:${contact}`}
                >
                  {contact}
                </a>
              ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export default function MyTop({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>マイページTOP</h1>
      <Todo top={loaderData} />
      <Section title="現在の所属">
        <Current boxes={loaderData.boxes} />
      </Section>
      <Section title="申請状況">
        <Open open={loaderData.open} />
      </Section>
      <Section title="各種申請">
        <Contacts boxes={loaderData.boxes} />
        <CardGrid>
          <Door to="/my/profile">登録情報</Door>
          <Door to="/my/applications/join">入会届</Door>
          <Door to="/my/applications/transfer">異動届</Door>
          <Door to="/my/applications/withdrawal">退会届</Door>
          <Door to="/my/membership-history">医師会入退会履歴</Door>
          <Door to="/my/membership-certificates">在籍証明書</Door>
        </CardGrid>
      </Section>
      <Section title="お知らせ">
        <NewestNotices rows={loaderData.notices} to="/my/notices" />
      </Section>
    </>
  );
}
