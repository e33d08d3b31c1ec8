import { formatDayPlain } from '#kernel/wareki.ts';
import { isSinceEver } from '#kernel/since-ever.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { ProgressSteps } from '#ui/parts/ProgressSteps.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { layerLabel } from '../../labels.ts';
import { texts } from '../../messages.ts';
import type { MyApplication } from '../../queries/my-application.ts';
import { ChoiceTable, ContentTable, PaperTable } from './content.tsx';
import { RequestList } from './join-parts.tsx';

/** The parts of D-07, from what must be done now to what was once written. */

type Props = { view: MyApplication };

/** A paper that an office entered: why, and what to do when one knows nothing of it. */
export function Entered({ view }: Props) {
  const { entered } = view;
  if (entered === undefined) return null;
  return (
    <Notice tone={entered.objected ? 'warn' : 'info'} title={`${entered.office}が代理で入力しました(根拠:${entered.ground})`}>
      {entered.heldUntil === undefined ? null : <p>{`${entered.heldUntil}まで審査が保留されています。`}</p>}
      {entered.objected ? (
        <p>異議を申し出ています。審査は止まっています。</p>
      ) : view.may.includes('object') ? (
        <Actions>
          <LinkButton to={`/my/applications/${view.id}/objection`}>心当たりがない場合</LinkButton>
        </Actions>
      ) : null}
    </Notice>
  );
}

export function Returned({ view }: Props) {
  if (view.requests === undefined) return null;
  return (
    <Notice
      tone="warn"
      title={`${view.requests.officeName}から差戻しがあります。${view.may.includes('resubmit') ? '修正して再申請してください。' : `${view.entered?.office ?? ''}が修正します。`}(${view.requests.at})`}
    >
      <RequestList id={view.id} requests={view.requests} />
      {view.may.includes('resubmit') ? (
        <Actions>
          <LinkButton to={`/my/applications/${view.id}/${view.correctAt}`} variant="primary">
            修正する
          </LinkButton>
          <LinkButton to={`/my/applications/${view.id}/review`}>内容を確認して再申請する</LinkButton>
        </Actions>
      ) : null}
    </Notice>
  );
}

/** いまの担当: one sentence for each office that has the case, and how to reach it. */
export function Now({ view }: Props) {
  return view.balls.map((ball) => <NowAt key={ball.associationName} ball={ball} />);
}

function NowAt({ ball }: { ball: MyApplication['balls'][number] }) {
  const contact = [
    ...(ball.tel === null ? [] : [{ label: 'TEL', value: <a href={`tel:${ball.tel}`}>{ball.tel}</a> }]),
    ...(ball.mail === null ? [] : [{ label: 'メール', value: <a href={`mailto:${ball.mail}`}>{ball.mail}</a> }]),
  ];
  return (
    <Notice tone="info" title={ball.sentence}>
      {contact.length === 0 ? <p>{`お問合せは、${ball.associationName}へお願いいたします。`}</p> : <DefinitionTable items={contact} />}
    </Notice>
  );
}

export function Ended({ view }: Props) {
  const { ending } = view;
  if (ending === undefined) return null;
  return (
    <Notice tone="warn" title={`${ending.officeName === '' ? '' : `${ending.officeName}が`}${ending.action}としました(${ending.at})`}>
      {ending.reasons.length === 0 ? null : <p>{`理由:${ending.reasons.join('、')}`}</p>}
      {ending.message === '' ? null : <p className="whitespace-pre-wrap">{ending.message}</p>}
    </Notice>
  );
}

const tones = {
  draft: 'neutral',
  submitted: 'progress',
  returned: 'warn',
  completed: 'success',
  rejected: 'neutral',
  retracted: 'neutral',
  cancelled: 'neutral',
} as const;

export function Head({ view }: Props) {
  return (
    <div className="mb-8">
      <DefinitionTable
        items={[
          { label: '種別', value: view.kind },
          { label: '受付番号', value: view.number },
          { label: '申請日時', value: view.submittedAt },
          { label: '状況', value: <StateLabel tone={tones[view.state]}>{view.stateText}</StateLabel> },
        ]}
      />
    </div>
  );
}

export function Progress({ view }: Props) {
  return (
    <Section title="進み具合">
      <ProgressSteps
        steps={view.steps.map((step) => ({
          key: step.key,
          title: step.title,
          category: step.category,
          state: step.state,
          look: step.look,
          children: (
            <>
              {step.facts.map((fact) => (
                <p key={fact.label}>{`${fact.label} ${fact.value}`}</p>
              ))}
              {step.usual === undefined ? null : <p>{step.usual}</p>}
            </>
          ),
        }))}
      />
    </Section>
  );
}

export function Contents({ view }: Props) {
  const { wish } = view;
  const lines = view.content
    .filter((line) => !/^(document|categories)\./.test(line.code))
    .map((line) => (line.code === 'wishedOn' && wish !== undefined ? { ...line, ...wish } : line));
  return (
    <>
      {view.choices.length === 0 ? null : (
        <Section title={view.choicesTitle}>
          <ChoiceTable
            head={view.choicesTitle}
            choices={view.choices.map((choice) => ({ ...choice, layerName: layerLabel(choice.layer) }))}
          />
        </Section>
      )}
      <ContentTable lines={lines} />
      <Section title="提出書類">
        <PaperTable id={view.id} papers={view.papers} />
      </Section>
    </>
  );
}

/** 適用した環境設定, one plain sentence each. */
export function Applied({ view }: Props) {
  if (view.settings.length === 0) return null;
  return (
    <Section title="適用した環境設定">
      <p>申請したときの各医師会の設定です。審査が終わるまで、この設定が適用されます。</p>
      {view.settings.map((one) => (
        <details key={one.associationId}>
          <summary className="min-h-11 cursor-pointer py-2">
            {`${one.associationName}(第${one.version}版${isSinceEver(one.startsOn) ? '' : ` ${formatDayPlain(one.startsOn)}から`})の設定を見る`}
          </summary>
          <ul className="list-disc pb-4 pl-6">
            {one.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      ))}
    </Section>
  );
}

/** 異動時の退会 in a paper of its own: what is still to do. */
export function LeaveApart({ view }: Props) {
  if (!view.leaveApart) return null;
  return (
    <Notice tone="info" title={texts.leaveApart}>
      <p>異動届の手続きが完了した後に、退会届を申請してください。</p>
      <Actions>
        <LinkButton to="/my/applications/withdrawal">退会届に進む</LinkButton>
      </Actions>
    </Notice>
  );
}
