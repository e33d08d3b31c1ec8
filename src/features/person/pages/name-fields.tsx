import type { ReactNode } from 'react';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { sexLabel } from '../labels.ts';
import { useReading } from './use-reading.ts';

/** 医籍, 氏名, 旧姓・旧名, 連絡先, 属性 of the profile (`screens.md A-07`). */

const sexes = ['male', 'female', 'undisclosed'].map((value) => ({ value, label: sexLabel(value) }));

export function LicenceFields() {
  return (
    <Section title="医籍">
      <TextField name="licenceNumber" label="医籍登録番号" required width="short" hint="第○号の数字の部分" inputMode="numeric" />
      <DateField name="licensedOn" label="医籍登録日" required plain hint="例:2010/05/01、平成22年5月1日" />
    </Section>
  );
}

const kanaHint = '全角カタカナ40文字以内';
const nameHint = '全角/半角40文字以内';

/** The reading typed for a name is proposed as its kana. */
function Names() {
  const surname = useReading('surnameKana');
  const given = useReading('givenNameKana');
  return (
    <>
      <TextField name="surnameKana" label="セイ(フリガナ)" required hint={kanaHint} />
      <TextField name="givenNameKana" label="メイ(フリガナ)" required hint={kanaHint} />
      <div {...surname}>
        <TextField name="surname" label="姓" required hint={nameHint} autoComplete="family-name" />
      </div>
      <div {...given}>
        <TextField name="givenName" label="名" required hint={nameHint} autoComplete="given-name" />
      </div>
    </>
  );
}

/** `fixed` stands instead of the name, where it is shown and not asked. */
export function NameFields({ fixed }: { fixed?: ReactNode }) {
  return (
    <>
      {fixed ?? (
        <Section title="氏名">
          <Names />
        </Section>
      )}
      <Section title="旧姓・旧名">
        <TextField name="formerSurnameKana" label="旧姓(フリガナ)" hint={kanaHint} />
        <TextField name="formerGivenNameKana" label="旧名(フリガナ)" hint={kanaHint} />
        <TextField name="formerSurname" label="旧姓" hint={nameHint} />
        <TextField name="formerGivenName" label="旧名" hint={nameHint} />
        <Checkbox name="useFormerName" label="送付物の宛名に旧姓・旧名を使用する" hint="(旧名が空欄の場合は旧姓のみ使用)" />
      </Section>
    </>
  );
}

/** The checked address is shown, not asked. */
export function ContactFields({ mail }: { mail: ReactNode }) {
  return (
    <Section title="連絡先">
      <TextField name="tel" label="TEL" required width="medium" hint="自宅または携帯" inputMode="tel" autoComplete="tel" />
      <TextField name="fax" label="FAX" width="medium" inputMode="tel" />
      <p className="ui-label">メールアドレス</p>
      <div className="mb-6 break-words">{mail}</div>
    </Section>
  );
}

export function AttributeFields({ birth }: { birth?: ReactNode }) {
  return (
    <Section title="属性">
      {birth ?? <DateField name="birthOn" label="生年月日" required plain hint="例:1980/04/01、昭和55年4月1日" />}
      <SelectField name="sex" label="性別" required options={sexes} />
    </Section>
  );
}
