import type { Day } from '#kernel/day.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { SheetField } from '#ui/fields/SheetField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';

const weeks = ['1', '2', '3', '4', '5'].map((value) => ({ value, label: `第${value}` }));
const weekdays = ['日', '月', '火', '水', '木', '金', '土'].map((day, index) => ({ value: String(index), label: `${day}曜日` }));

/** 理事会日程: one day a line, pasted from a table, or made by a rule. */
export function MeetingFields({ today }: { today: Day }) {
  return (
    <>
      <TextArea
        name="boardMeetings"
        label="理事会日程"
        rows={6}
        hint="1行に1日ずつ入力してください(例:2026/04/20)。表計算ソフトやCSVの日付の列を貼り付けることもできます。"
      />
      <fieldset className="ui-field">
        <legend className="ui-label">CSVファイルから読み込む</legend>
        <SheetField name="meetingsFile" label="理事会日程のCSVファイル" hint="1列目が日付のファイル。UTF-8またはShift_JIS。" />
        <Button name="intent" value="meetingsFile" size="small" formNoValidate>
          CSVファイルの日付を加える
        </Button>
      </fieldset>
      <fieldset className="ui-field">
        <legend className="ui-label">毎月の曜日から作成</legend>
        <div className="grid gap-x-6 sm:grid-cols-2 lg:grid-cols-4">
          <SelectField name="monthly.nth" label="第何週" options={weeks} />
          <SelectField name="monthly.on" label="曜日" options={weekdays} />
          <DateField name="monthly.from" label="作成する最初の日" today={today} />
          <TextField name="monthly.months" label="月数" width="number" inputMode="numeric" autoComplete="off" />
        </div>
        <Button name="intent" value="monthly" size="small">
          理事会日程に加える
        </Button>
      </fieldset>
    </>
  );
}
