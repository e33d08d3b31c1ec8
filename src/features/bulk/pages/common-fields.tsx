import { formatDay } from '#kernel/wareki.ts';
import { CheckboxGroup, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Check } from '../queries/check.ts';

function ApproveFields({ check }: { check: Check }) {
  const meetings = check.boardMeetings;
  return (
    <>
      <RadioGroup
        name="dateBy"
        label="日付"
        required
        defaultValue="wish"
        options={[
          { value: 'wish', label: '各申請の希望年月日' },
          { value: 'below', label: '下層の医師会の日付' },
          { value: 'day', label: '指定日' },
          ...(meetings.length === 0 ? [] : [{ value: 'board', label: '理事会開催日' }]),
        ]}
      />
      <DateField name="day" label="指定日" hint="「指定日」を選択したときに入力してください。" />
      {meetings.length === 0 ? null : (
        <SelectField name="board" label="理事会開催日" options={meetings.map((on) => ({ value: on, label: formatDay(on) }))} />
      )}
      <p>会員区分は申請された区分とします。日付を変えたときは「内容を確認する」を押して、実行内容をご確認ください。</p>
    </>
  );
}

/** The common input of each action (`screens.md O-04`); a new action gets its fields here. */
export function CommonFields({ check }: { check: Check }) {
  switch (check.action) {
    case 'receive':
    case 'acknowledge':
      return null;
    case 'approve':
      return <ApproveFields check={check} />;
    case 'return':
      return (
        <>
          <CheckboxGroup name="reasons" label="差戻し理由" required inline options={check.reasons} />
          <TextArea
            name="message"
            label="審査時連絡メッセージ"
            required
            limit={1000}
            hint="それぞれの申請者と、申請に関わるすべての医師会に表示されます。"
          />
        </>
      );
    case 'cancel':
      return (
        <>
          <Notice tone="warn" title="選択した申請を取り消します。取り消した申請は元に戻せません。" />
          <SelectField name="reason" label="取消理由" required options={check.reasons} />
          <TextArea
            name="note"
            label="取消理由の補足"
            limit={200}
            rows={2}
            hint="「その他」を選んだときは必ず入力してください。それぞれの申請者と、申請に関わるすべての医師会に表示されます。"
          />
        </>
      );
  }
}
