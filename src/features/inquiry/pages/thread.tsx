import { Form, Link, useLocation } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { sizeText } from '#ui/fields/FileField.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Definition } from '#ui/parts/DefinitionTable.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { MessageThread } from '#ui/parts/MessageThread.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { answerTemplates, templateBody } from '../labels.ts';
import { inquiryTexts as texts } from '../messages.ts';
import type { InquiryView } from '../queries/inquiry.ts';
import { PassForm } from './pass-form.tsx';
import type { Acted } from './take-act.ts';

/** One お問合せ with its thread, as who asked and as its desks see it (`screens.md D-15, O-26, P-05`). */

type Props = { view: InquiryView; guardKey: string; base: string; acted: Acted | undefined; applications?: string | undefined };

function facts({ view, applications }: Pick<Props, 'view' | 'applications'>): Definition[] {
  const { application } = view;
  const linked = application !== undefined && applications !== undefined;
  return [
    { label: '受付番号', value: view.number },
    { label: '状況', value: <StateLabel tone={view.tone}>{view.state}</StateLabel> },
    { label: texts.kind, value: view.kind },
    { label: texts.desk, value: view.desk },
    ...(application === undefined
      ? []
      : [
          {
            label: texts.application,
            value: linked ? <Link to={`${applications}/${application.id}`}>{application.number}</Link> : application.number,
          },
        ]),
    ...(view.side === 'desk' ? [{ label: '差出人', value: view.asker }] : []),
    ...(view.askerMail === '' ? [] : [{ label: '回答の宛先', value: view.askerMail }]),
    ...(view.association === '' ? [] : [{ label: texts.association, value: view.association }]),
    { label: '受付日時', value: view.askedAt },
    ...(view.side === 'desk' ? [{ label: '期限', value: `${formatDayPlain(view.dueOn)}${view.late ? '(期限超過)' : ''}` }] : []),
  ];
}

function Files({ files, base, id }: { files: InquiryView['messages'][number]['files']; base: string; id: string }) {
  if (files.length === 0) return null;
  return (
    <ul className="ui-files" aria-label="添付ファイル">
      {files.map((file) => (
        <li key={file.id}>
          <span className="ui-files-name">{file.fileName}</span>
          <span>{sizeText(file.size)}</span>
          {file.erased ? (
            <span>保存期間を過ぎたため消去されました。</span>
          ) : (
            <a
              className="inline-flex min-h-11 items-center"
              href={`${base}/${id}/files/${file.id}`}
              target="_blank"
              rel="noreferrer"
              aria-label={`${file.fileName}を開く(新しいタブ)`}
            >
              開く
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

/** 定型文: plain links, which fill the box; what was typed before is replaced. */
function Templates() {
  return (
    <nav aria-label="定型文" className="ui-no-print mb-4 flex flex-wrap gap-x-4">
      <span className="inline-flex min-h-11 items-center">定型文:</span>
      {answerTemplates.map((one) => (
        <Link key={one.code} className="inline-flex min-h-11 items-center" to={`?template=${one.code}`} preventScrollReset>
          {one.label}
        </Link>
      ))}
    </nav>
  );
}

function Reply({ view, guardKey }: Pick<Props, 'view' | 'guardKey'>) {
  const answers = view.may.includes('answer');
  if (!answers && !view.may.includes('ask')) return null;
  return (
    <Form method="post" className="ui-no-print mt-6">
      <FormGuard idempotencyKey={guardKey} version={view.version} />
      {answers ? <Templates /> : null}
      <TextArea
        name="body"
        label={texts.reply}
        required
        limit={2000}
        hint={
          answers
            ? `お問合せをされた方に表示されます${view.askerMail === '' ? '' : '(メールで届きます)'}。`
            : `回答する窓口に表示されます。${texts.noPassword}`
        }
      />
      <Actions>
        <Button variant="primary" name="intent" value={answers ? 'answer' : 'ask'}>
          返信する
        </Button>
      </Actions>
    </Form>
  );
}

function Settle({ view, guardKey }: Pick<Props, 'view' | 'guardKey'>) {
  const solve = view.may.includes('solve');
  if (!solve && !view.may.includes('close')) return null;
  return (
    <Section title={solve ? 'お問合せを終える' : '対応を終える'}>
      <Form method="post">
        <FormGuard idempotencyKey={guardKey} version={view.version} />
        <p className="mb-4">
          {solve
            ? 'お困りのことが解決したら、押してください。後から「返信する」で、もう一度お尋ねになれます。'
            : '対応がすべて済んだら、押してください。お問合せをされた方が返信すると、もう一度「対応中」になります。'}
        </p>
        <Actions>
          <Button name="intent" value={solve ? 'solve' : 'close'}>
            {solve ? '解決した' : '完了にする'}
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

function Passes({ passes }: { passes: InquiryView['passes'] }) {
  if (passes.length === 0) return null;
  return (
    <Section title="担当の記録">
      <ul className="list-disc pl-6">
        {passes.map((pass) => (
          <li key={pass.id}>{`${pass.at} ${pass.text}(${pass.by})理由:${pass.reason}`}</li>
        ))}
      </ul>
    </Section>
  );
}

export function InquiryThread({ view, guardKey, base, acted, applications }: Props) {
  const template = templateBody(new URLSearchParams(useLocation().search).get('template'));
  const typed = acted?.values ?? (template === undefined || view.side === 'asker' ? undefined : { body: template });
  return (
    <>
      <h1>{view.subject}</h1>
      <ErrorSummary refusal={acted?.refusal} />
      <div className="mb-8">
        <DefinitionTable items={facts({ view, applications })} />
      </div>
      <FormState errors={acted?.refusal?.fields} values={typed}>
        <Section title="やり取り">
          <MessageThread
            messages={view.messages.map(({ files, ...message }) => ({
              ...message,
              extra: <Files files={files} base={base} id={view.id} />,
            }))}
          />
          <Reply key={`reply-${view.messages.length}-${template ?? ''}`} view={view} guardKey={guardKey} />
        </Section>
        <Passes passes={view.passes} />
        {view.may.includes('pass') ? <PassForm view={view} guardKey={guardKey} base={base} acted={acted} /> : null}
        <Settle view={view} guardKey={guardKey} />
      </FormState>
      <Actions>
        {view.side === 'desk' && base === '/operations/inquiries' && view.may.includes('answer') ? (
          <LinkButton to={`/operations/faq?inquiry=${view.id}`}>よくある質問に追加する</LinkButton>
        ) : null}
        <LinkButton to={base} variant="text">
          お問合せの一覧に戻る
        </LinkButton>
      </Actions>
    </>
  );
}
