import { facilityNames as names } from '#features/facility/fields.ts';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import type { FacilityChoices } from '../queries/forms.ts';
import { names as proposalNames } from '../labels.ts';

const off = { autoComplete: 'off' } as const;

/** The fields of a facility and why they are proposed (`screens.md O-14`). */
export function FacilityFields({ choices }: { choices: FacilityChoices }) {
  return (
    <>
      <TextField name="name" label={names.name} required width="wide" hint="全角/半角60文字以内" {...off} />
      <TextField name="kana" label={names.kana} required width="wide" hint="全角カタカナ120文字以内" {...off} />
      <TextField name="commonName" label={names.commonName} width="wide" hint="全角/半角60文字以内" {...off} />
      <TextField
        name="institutionCode"
        label={names.institutionCode}
        width="medium"
        inputMode="numeric"
        hint="10桁の数字(都道府県番号2桁、点数表番号1桁、医療機関番号7桁)"
        {...off}
      />
      <TextField name="postalCode" label={names.postalCode} width="short" inputMode="numeric" hint="7桁の数字" {...off} />
      <SelectField name="prefectureCode" label={names.prefectureCode} required options={choices.prefectures} />
      <TextField
        name="address"
        label={names.address}
        required
        width="wide"
        hint="都道府県から入力してください。全角/半角120文字以内"
        {...off}
      />
      <TextField name="tel" label={names.tel} width="medium" inputMode="tel" hint="例:06-0000-0000" {...off} />
      <TextField name="fax" label={names.fax} width="medium" inputMode="tel" hint="例:06-0000-0000" {...off} />
      <SelectField name="ownerType" label={names.ownerType} required options={choices.owners} />
      <TextField name="beds" label={names.beds} width="number" inputMode="numeric" hint="床。病床がない場合は空欄" {...off} />
      <TextField name="attached" label={names.attached} width="wide" hint="全角/半角60文字以内" {...off} />
      <TextArea
        name="reason"
        label={proposalNames.reason}
        required
        limit={500}
        hint="確認した資料など、審査の参考になることを入力してください。"
      />
    </>
  );
}
