import { DateField } from '#ui/fields/DateField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { roleHint, roleOptions } from '../labels.ts';

export type MemberDefaults = { surname: string; givenName: string; surnameKana: string; givenNameKana: string };

/** The two boxes of a name with their フリガナ (O-17). */
export function NameFields({ member }: { member?: MemberDefaults }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-2">
      <TextField
        name="surnameKana"
        label="セイ(フリガナ)"
        required
        hint="全角カタカナ64文字以内"
        defaultValue={member?.surnameKana}
        autoComplete="off"
      />
      <TextField
        name="givenNameKana"
        label="メイ(フリガナ)"
        required
        hint="全角カタカナ64文字以内"
        defaultValue={member?.givenNameKana}
        autoComplete="off"
      />
      <TextField name="surname" label="姓" required hint="全角/半角32文字以内" defaultValue={member?.surname} autoComplete="off" />
      <TextField name="givenName" label="名" required hint="全角/半角32文字以内" defaultValue={member?.givenName} autoComplete="off" />
    </div>
  );
}

/** 権限 (O-17). */
export function RoleField({ role }: { role?: string }) {
  return (
    <SelectField
      name="role"
      label="権限"
      required
      hint={roleHint}
      options={roleOptions}
      placeholder="選択してください"
      defaultValue={role}
    />
  );
}

/** 有効期間 (O-17); at most a year ahead. */
export function ValidUntilField({ day, latest, today }: { day: string; latest: string; today: string }) {
  return <DateField name="validUntil" label="有効期間" required hint={`${latest}まで指定できます`} defaultValue={day} today={today} />;
}
