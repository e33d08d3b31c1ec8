import { Form } from 'react-router';
import type { Day } from '#kernel/day.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { FileField } from '#ui/fields/FileField.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState, textOf } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Diff } from '#ui/parts/Diff.tsx';
import { infoNames as names, wayLabels } from '../../info-fields.ts';
import type { InfoReview } from '../../queries/info.ts';

type Common = { values: FormValues; version: number; idempotencyKey: string };

function ContactFields() {
  return (
    <Section title="会長・事務局">
      <TextField name="presidentName" label={names.presidentName} width="medium" hint="40文字以内" autoComplete="off" />
      <TextField name="postalCode" label={names.postalCode} width="short" inputMode="numeric" hint="7桁の数字" autoComplete="off" />
      <TextField name="address" label={names.address} width="wide" hint="120文字以内" autoComplete="off" />
      <TextField name="tel" label={names.tel} width="medium" inputMode="tel" autoComplete="off" />
      <TextField name="fax" label={names.fax} width="medium" inputMode="tel" autoComplete="off" />
      <TextField name="mail" label={names.mail} inputMode="email" hint="example@mail.com" autoComplete="off" spellCheck={false} />
      <TextField name="officeHours" label={names.officeHours} hint="例:平日 9:00–17:00" autoComplete="off" />
      <TextField
        name="website"
        label={names.website}
        width="wide"
        hint="https:// で始まるURL"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
      />
      <TextArea name="joinGuide" label={names.joinGuide} hint="入会届で、貴会を選んだ方に表示されます。" limit={1000} />
    </Section>
  );
}

function CertificateFields({ values }: { values: FormValues }) {
  const seal = textOf(values['sealId']) ?? '';
  return (
    <Section title="在籍証明書">
      <RadioGroup
        name="way"
        label={names.way}
        required
        options={[
          { value: 'direct', label: wayLabels.direct, note: '会員がマイページからすぐに発行できます。' },
          { value: 'office', label: wayLabels.office, note: '申請管理の「在籍証明書」に申請が届きます。' },
        ]}
      />
      <TextField name="signerTitle" label={names.signerTitle} required width="medium" hint="20文字以内" autoComplete="off" />
      <TextField name="signerName" label={names.signerName} width="medium" hint="40文字以内" autoComplete="off" />
      <FileField
        name="seal"
        label={names.seal}
        hint="PNG、JPEG、GIFの画像。登録すると、在籍証明書に印刷されます。"
        maxFiles={1}
        largest="1MB"
        files={seal === '' ? [] : [{ id: seal, name: names.seal, state: 'accepted', previewTo: `/office/association/seal/${seal}` }]}
      />
    </Section>
  );
}

type FormProps = Common & { today: Day; errors: FieldErrors | undefined; answer: string };

/** The form of one version of 医師会情報. */
export function InfoForm({ values, version, idempotencyKey, today, errors, answer }: FormProps) {
  return (
    <Form method="post" encType="multipart/form-data" key={answer}>
      <DefaultSubmit value="review" />
      <FormGuard idempotencyKey={idempotencyKey} version={version} />
      <input type="hidden" name="answer" value={answer} />
      <input type="hidden" name="sealId" value={textOf(values['sealId'])} />
      <input type="hidden" name="base" value={textOf(values['base'])} />
      <FormState errors={errors} values={values}>
        <ContactFields />
        <CertificateFields values={values} />
        <Section title="漏えい報告">
          <TextField
            name="breachMail"
            label={names.breachMail}
            hint="ほかの医師会には表示されません。"
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
          />
        </Section>
        <DateField name="startsOn" label={names.startsOn} required today={today} />
      </FormState>
      <Actions>
        <Button variant="primary" name="intent" value="review">
          確認画面に進む
        </Button>
        <LinkButton to="/office/association">戻る</LinkButton>
      </Actions>
    </Form>
  );
}

/** 確認画面: what would change, and everything that was typed, unseen. */
export function ReviewPanel({ values, version, idempotencyKey, review }: Common & { review: InfoReview }) {
  const kept = Object.entries(values).filter(([name]) => !['version', 'idempotencyKey', 'hat', 'intent', 'seal', 'answer'].includes(name));
  return (
    <Form method="post">
      <FormGuard idempotencyKey={idempotencyKey} version={version} />
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={textOf(value)} />
      ))}
      <p className="mb-4">{`${names.startsOn}:${formatDayPlain(review.startsOn)}`}</p>
      <Diff
        caption="変更の内容"
        changes={review.changes.map((change) => ({ ...change, before: change.before || '－', after: change.after || '－' }))}
      />
      {review.alsoFrom.length === 0 ? null : (
        <p className="my-4">{`${review.alsoFrom.map((on) => formatDayPlain(on)).join('、')}から適用される予定の内容にも、この変更を反映します。予定で変わる項目は、予定どおりに変わります。`}</p>
      )}
      <p className="my-4">
        保存すると、上層・下層の医師会に「医師会情報が変更されました。」とお知らせします。発行済みの在籍証明書は変わりません。
      </p>
      <Actions>
        <Button variant="primary" name="intent" value="save">
          保存する
        </Button>
        <Button name="intent" value="edit">
          戻る
        </Button>
      </Actions>
    </Form>
  );
}
