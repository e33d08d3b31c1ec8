import type { ReactNode } from 'react';
import { Form } from 'react-router';
import type { FormValues } from '#platform/http/form.ts';
import { CheckboxGroup } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { sizeText } from '#ui/fields/FileField.tsx';
import { FilesField } from '#ui/fields/FilesField.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SearchField } from '#ui/fields/SearchField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { inquiryKinds, mostFiles } from '../fields.ts';
import { kindLabels } from '../labels.ts';
import { inquiryTexts as texts } from '../messages.ts';
import type { Answer, Kept } from './take-question.ts';

/** The form of A-15, D-15 and O-26, and the last look before it is sent. */

export type Audience = 'doctor' | 'office' | 'guest';

type Props = {
  audience: Audience;
  title: string;
  backTo: string;
  answer: Answer | undefined;
  start: { cases: readonly { value: string; label: string }[]; values: FormValues };
  /** A fresh id for a form that has none yet. */
  batch: string;
};

const kinds = 'JPEG / GIF / PNG / PDF / MS Word / MS Excel';
const kindOptions = inquiryKinds.map((kind) => ({ value: kind, label: kindLabels[kind] }));

function GuestFields() {
  return (
    <>
      <TextField name="name" label={texts.name} required autoComplete="name" />
      <TextField name="kana" label={texts.kana} required hint="全角カタカナ。ひらがなで入力しても変換されます。" autoComplete="off" />
      <TextField
        name="mail"
        label={texts.mail}
        required
        width="wide"
        inputMode="email"
        autoComplete="email"
        hint="回答はこのアドレスにメールでお送りします。"
      />
    </>
  );
}

function CaseField({ audience, cases }: { audience: Audience; cases: Props['start']['cases'] }) {
  if (audience === 'guest') return null;
  if (audience === 'office') {
    return (
      <TextField
        name="applicationNumber"
        label={texts.applicationNumber}
        width="medium"
        hint="「届出中の申請」を選んだ場合に入力してください。例:2026-0000123"
        autoComplete="off"
      />
    );
  }
  return (
    <SelectField
      name="applicationId"
      label={texts.application}
      options={cases}
      hint={cases.length === 0 ? '現在、申請中の届はありません。' : '「届出中の申請」を選んだ場合に選択してください。'}
    />
  );
}

function KeptFiles({ files }: { files: readonly Kept[] }) {
  return (
    <>
      {files.map((file) => (
        <input key={file.id} type="hidden" name="fileIds" value={file.id} />
      ))}
      <CheckboxGroup
        name="dropFile"
        label="添付済みのファイル"
        options={files.map((file) => ({ value: file.id, label: `「${file.fileName}」(${sizeText(file.size)})の添付をやめる` }))}
      />
    </>
  );
}

function EntryForm({ audience, backTo, answer, start, batch }: Props) {
  const files = answer?.files ?? [];
  return (
    <Form method="post" encType="multipart/form-data">
      <DefaultSubmit value="review" />
      <input type="hidden" name="batch" value={answer?.batch ?? batch} />
      <SelectField name="kind" label={texts.kind} required options={kindOptions} />
      <CaseField audience={audience} cases={start.cases} />
      {audience === 'guest' ? <GuestFields /> : null}
      {audience === 'office' ? null : (
        <SearchField
          key={`association-${answer?.chosen?.value ?? ''}-${answer?.hits === undefined ? '' : 'hits'}`}
          name="associationId"
          label={texts.association}
          hint="任意。医師会名の一部を入力して検索し、候補から選択してください。"
          suggestUrl="/suggest/offices"
          chosen={answer?.chosen}
          hits={answer?.hits}
        />
      )}
      <TextArea name="body" label={texts.body} required limit={2000} hint={texts.noPassword} />
      {files.length === 0 ? null : <KeptFiles files={files} />}
      <FilesField
        name="files"
        label={texts.files}
        most={mostFiles}
        hint={audience === 'guest' ? `${kinds}。一度に送れるのは合わせて10MBまでです。` : kinds}
      />
      <Actions>
        <Button variant="primary" name="intent" value="review">
          確認画面に進む
        </Button>
        <LinkButton to={backTo}>戻る</LinkButton>
      </Actions>
    </Form>
  );
}

const carried = ['kind', 'applicationId', 'applicationNumber', 'name', 'kana', 'mail', 'associationId', 'associationIdQuery', 'body'];

function Carried({ values }: { values: FormValues }) {
  return carried.flatMap((name) => {
    const value = values[name];
    return typeof value === 'string' ? [<input key={name} type="hidden" name={name} value={value} />] : [];
  });
}

function text(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

type LastLookProps = Pick<Props, 'title'> & { guardKey: string; answer: Answer & { review: NonNullable<Answer['review']> } };

function LastLook({ title, guardKey, answer }: LastLookProps) {
  const { review, values, files, batch } = answer;
  return (
    <>
      <h1>{`${title} 内容の確認`}</h1>
      <p>まだ送信されていません。内容をご確認のうえ、「送信する」を押してください。</p>
      <div className="mb-6">
        <DefinitionTable
          items={[
            { label: texts.kind, value: review.kind },
            ...(review.application === '' ? [] : [{ label: texts.application, value: review.application }]),
            ...(review.guest === undefined
              ? []
              : [
                  { label: texts.name, value: review.guest.name },
                  { label: texts.kana, value: review.guest.kana },
                  { label: texts.mail, value: review.guest.mail },
                ]),
            ...(review.association === '' ? [] : [{ label: texts.association, value: review.association }]),
            { label: texts.body, value: <p className="whitespace-pre-wrap">{text(values, 'body')}</p> },
            { label: texts.files, value: files.length === 0 ? 'なし' : files.map((file) => file.fileName).join('、') },
            { label: '回答する窓口', value: review.desk },
          ]}
        />
      </div>
      <Form method="post" encType="multipart/form-data">
        <FormGuard idempotencyKey={guardKey} />
        <input type="hidden" name="batch" value={batch} />
        <Carried values={values} />
        {files.map((file) => (
          <input key={file.id} type="hidden" name="fileIds" value={file.id} />
        ))}
        <Actions>
          <Button variant="primary" name="intent" value="send">
            送信する
          </Button>
          <Button name="intent" value="edit">
            戻る
          </Button>
        </Actions>
      </Form>
    </>
  );
}

/** The form, or what is about to be sent. */
export function QuestionForm(props: Props & { intro?: ReactNode }) {
  const { answer, title, start, intro } = props;
  if (answer?.step === 'review' && answer.review !== undefined) {
    return <LastLook title={title} guardKey={props.batch} answer={{ ...answer, review: answer.review }} />;
  }
  return (
    <>
      <h1>{title}</h1>
      <ErrorSummary refusal={answer?.refusal} />
      {intro}
      <FormState errors={answer?.refusal?.fields} values={answer?.values ?? start.values}>
        <EntryForm {...props} />
      </FormState>
    </>
  );
}
