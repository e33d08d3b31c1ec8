import { useState } from 'react';
import { CheckboxGroup, Checkbox } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { SearchField } from '#ui/fields/SearchField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { texts } from '../../messages.ts';
import type { JoinDetails } from '../../queries/join-details.ts';
import type { Hit } from './details-action.ts';
import { askedHint, FeeNote } from './join-parts.tsx';
import { useHitsInView } from './use-hits-in-view.ts';

/** The fields of step 2, in the order of the paper form. */

type Props = { view: JoinDetails };

export function wishHint(view: JoinDetails) {
  return (
    <>
      {view.window === undefined ? null : <span className="block">{`${view.window.from}から${view.window.to}まで`}</span>}
      {view.kind === 'change'
        ? '異動日は各医師会が決定するため、希望日と異なる場合があります。'
        : '入会日は各医師会が決定するため、希望日と異なる場合があります。'}
    </>
  );
}

export function WishField({ view, typed }: Props & { typed: string }) {
  const [wishedOn, setWishedOn] = useState(typed);
  return (
    <>
      <DateField
        name="wishedOn"
        label={view.kind === 'change' ? texts.changeWish : '入会希望年月日'}
        required
        today={view.today}
        hint={askedHint(view.requests, 'wishedOn', wishHint(view))}
        onValue={setWishedOn}
      />
      {view.kind === 'change' ? null : <FeeNote wishedOn={wishedOn} fee={view.fee} choices={view.choices} />}
    </>
  );
}

/** 変更しない, where a workplace goes on as it is; else one of both ways must name it. */
function KeepFacility({ view }: Props) {
  return (
    <>
      {view.kind === 'change' ? (
        <Checkbox
          name="keepFacility"
          label="変更しない"
          hint={`現在の所属施設:${view.workplaceBefore === '' ? '未定' : view.workplaceBefore}`}
        />
      ) : null}
      <p className="mb-4">
        <span className="ui-required">必須</span>{' '}
        {view.kind === 'change'
          ? '所属施設が変わる場合は、「変更しない」のチェックを外して、次のどちらかで入力してください。'
          : '次のどちらかで入力してください。'}
      </p>
    </>
  );
}

/** A facility of the master, or 未定 and unknown ones by name. */
export function FacilityFields({ view, hits }: Props & { hits: readonly Hit[] | undefined }) {
  const [prefecture, setPrefecture] = useState(view.prefecture);
  const searching = hits !== undefined;
  useHitsInView('facilityId', hits);
  return (
    <Section title="所属施設">
      <KeepFacility view={view} />
      <SelectField
        name="facilityPrefecture"
        label="都道府県(検索の範囲)"
        options={view.options.prefecture}
        placeholder="すべての都道府県"
        defaultValue={view.prefecture}
        onChange={setPrefecture}
      />
      <SearchField
        key={searching ? `hits ${hits.map((hit) => hit.value).join()}` : (view.facility?.value ?? '')}
        name="facilityId"
        label="所属施設を選択"
        hint={askedHint(
          view.requests,
          'facilityId',
          '所属施設名の一部を入力してください(部分一致)(全角入力)。フリガナ、電話番号でも検索できます。',
        )}
        suggestUrl={`/suggest/facilities?prefecture=${prefecture}`}
        chosen={searching ? undefined : view.facility}
        hits={hits}
      />
      <TextField
        name="facilityName"
        label="★未定、もしくは上記に登録のない施設名を入力してください"
        hint="全角/半角60文字以内"
        width="wide"
      />
      <Checkbox name="facilityUndecided" label="未定" />
      <FurtherFacts view={view} />
    </Section>
  );
}

function FurtherFacts({ view }: Props) {
  const { details } = view;
  const typed = [details['facilityAddress'], details['facilityTel'], details['facilityOwnerType'], details['facilityBeds']];
  return (
    <details open={typed.some((value) => value !== undefined && value !== '')}>
      <summary className="min-h-11 cursor-pointer py-2 font-bold">登録のない施設の所在地など(わかる範囲で入力してください)</summary>
      <TextField name="facilityAddress" label="住所" hint="全角/半角120文字以内" width="wide" />
      <TextField name="facilityTel" label="TEL" hint="例:06-0000-0000" inputMode="tel" width="medium" />
      <SelectField name="facilityOwnerType" label="開設主体" options={view.options.ownerType} />
      <TextField name="facilityBeds" label="許可病床数" hint="床。病床がない場合は 0" inputMode="numeric" width="number" />
    </details>
  );
}

export function WorkFields({ view }: Props) {
  return (
    <Section title="勤務の内容">
      <SelectField name="workCode" label="施設・業務" required options={view.options.work} hint={askedHint(view.requests, 'workCode')} />
      <SelectField
        name="positionCode"
        label="役職"
        required
        options={view.options.position}
        hint={askedHint(view.requests, 'positionCode')}
      />
      <TextField name="positionText" label="役職(その他)" hint="役職で「その他」を選択した場合に入力してください。全角/半角30文字以内" />
      <CheckboxGroup
        name="designations"
        label="指定医"
        options={view.options.designation}
        inline
        hint={askedHint(view.requests, 'designations', '該当するものをすべて選択してください。')}
      />
      <TextField
        name="designationText"
        label="指定医(その他)"
        hint="指定医で「その他」を選択した場合に入力してください。全角/半角30文字以内"
      />
    </Section>
  );
}

export function NoteField({ view }: Props) {
  return (
    <TextArea
      name="note"
      label="連絡事項"
      limit={500}
      hint={askedHint(view.requests, 'note', '医師会事務局に伝えたいことがあれば入力してください。')}
    />
  );
}
