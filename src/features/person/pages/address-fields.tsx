import { useState } from 'react';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { fieldId } from '#ui/fields/formState.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { texts } from '../messages.ts';
import type { ProfileOptions } from '../queries/profile-options.ts';

type Found = { value: string; label: string };

function firstItem(answer: unknown): Found | undefined {
  if (typeof answer !== 'object' || answer === null || !('items' in answer) || !Array.isArray(answer.items)) return undefined;
  const first: unknown = answer.items[0];
  if (typeof first !== 'object' || first === null || !('value' in first) || !('label' in first)) return undefined;
  return typeof first.value === 'string' && typeof first.label === 'string' ? { value: first.value, label: first.label } : undefined;
}

function put(name: string, value: string): void {
  const box = document.querySelector(`#${fieldId(name)}`);
  if (box instanceof HTMLInputElement || box instanceof HTMLSelectElement) box.value = value;
}

/** Fills prefecture and place from the postal code; what was found, in words. */
async function fill(): Promise<string> {
  const box = document.querySelector(`#${fieldId('postalCode')}`);
  const code = box instanceof HTMLInputElement ? box.value : '';
  const response = await fetch(`/suggest/profile/addresses?q=${encodeURIComponent(code)}`, { headers: { Accept: 'application/json' } });
  const found = response.ok ? firstItem(await response.json()) : undefined;
  if (found === undefined) return texts.noAddress;
  put('prefectureCode', found.value);
  put('addressLine', found.label);
  return texts.addressFound;
}

/** 自宅現住所. 住所を検索 is a plain button of the form (`intent=postal`); script fills the boxes without leaving the page. */
export function AddressFields({ options }: { options: ProfileOptions }) {
  const [said, setSaid] = useState('');
  const search = (event: React.MouseEvent) => {
    event.preventDefault();
    fill().then(setSaid, () => setSaid(texts.noAddress));
  };
  return (
    <Section title="自宅現住所">
      <TextField
        name="postalCode"
        label="郵便番号"
        required
        width="short"
        hint="例:100-0001(ハイフンはなくてもかまいません)"
        inputMode="numeric"
        autoComplete="postal-code"
      />
      <div className="mb-6">
        <Button name="intent" value="postal" formNoValidate onClick={search}>
          住所を検索
        </Button>
        <p className="ui-below" aria-live="polite">
          {said}
        </p>
      </div>
      <SelectField name="prefectureCode" label="都道府県" required options={options.prefectures} />
      <TextField name="addressLine" label="市区町村・番地" required width="wide" hint="全角/半角60文字以内。番地まで入力してください" />
      <TextField name="building" label="建物名・部屋番号" width="wide" hint="60文字以内" />
    </Section>
  );
}
