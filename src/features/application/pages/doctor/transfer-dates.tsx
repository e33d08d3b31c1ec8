import { useState } from 'react';
import { daysBetween } from '#kernel/day.ts';
import { crossesFeePeriod, feePeriodOf } from '#kernel/fee-period.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { gapDays } from '../../date-rules.ts';
import { factLabels, texts } from '../../messages.ts';
import type { JoinDetails } from '../../queries/join-details.ts';
import { wishHint } from './details-fields.tsx';
import { askedHint, FeeNote } from './join-parts.tsx';

/** The two days of a transfer, and what must be known about them (`screens.md D-09`). */

type Props = { view: JoinDetails; wished: string; leave: string };

/** 期, 年金 and 特約保険: what the days and the new place bring with them. */
function Hints({ view, wished, leave }: Props) {
  const [joinOn, leaveOn] = [parseDayInput(wished), parseDayInput(leave)];
  const lines = [
    joinOn !== undefined && leaveOn !== undefined && crossesFeePeriod(leaveOn, joinOn)
      ? `会費の期(${feePeriodOf(leaveOn).label}、${feePeriodOf(joinOn).label})をまたぎます。`
      : '',
    joinOn !== undefined && leaveOn !== undefined && daysBetween(leaveOn, joinOn) > 365
      ? '1年を超える場合の医師年金の取扱いは、年金福祉課へお問い合わせください。'
      : '',
    view.acrossPrefectures ? '特約保険は別途手続きが必要です。' : '',
  ].filter((line) => line !== '');
  return lines.map((line) => (
    <p className="mb-2" key={line}>
      {line}
    </p>
  ));
}

function apart(wished: string, leave: string): boolean {
  const [joinOn, leaveOn] = [parseDayInput(wished), parseDayInput(leave)];
  return joinOn !== undefined && leaveOn !== undefined && gapDays(leaveOn, joinOn) !== 0;
}

function LeaveDay({ view, onValue }: Pick<Props, 'view'> & { onValue: (text: string) => void }) {
  const { leaveWindow } = view;
  return (
    <DateField
      name="leaveOn"
      label={factLabels.leaveOn}
      required
      today={view.today}
      hint={askedHint(
        view.requests,
        'leaveOn',
        <>
          {leaveWindow === undefined ? null : <span className="block">{`${leaveWindow.from}から${leaveWindow.to}まで`}</span>}
          {view.workplace ? '入力がない場合は、入会希望年月日の前日とします。' : null}退会日の当日までは会員です。
        </>,
      )}
      onValue={onValue}
    />
  );
}

export function TransferDates({ view, wished: typedWish, leave: typedLeave }: Props) {
  const [wished, setWished] = useState(typedWish);
  const [leave, setLeave] = useState(typedLeave);
  return (
    <Section title="異動の日付">
      {view.workplace ? (
        <DateField
          name="wishedOn"
          label={factLabels.wishedOn}
          required
          today={view.today}
          hint={askedHint(view.requests, 'wishedOn', wishHint(view))}
          onValue={setWished}
        />
      ) : null}
      {view.leaveApart ? <p className="mb-4">{texts.leaveApart}</p> : null}
      {view.leaveApart ? null : <LeaveDay view={view} onValue={setLeave} />}
      {view.workplace && !view.leaveApart ? (
        <TextField
          name="gapReason"
          label={factLabels.gapReason}
          required={apart(wished, leave)}
          hint={askedHint(view.requests, 'gapReason', '退会日の翌日と入会日が異なる場合に入力してください。全角/半角200文字以内')}
          width="wide"
        />
      ) : null}
      <Hints view={view} wished={wished} leave={leave} />
      {view.workplace ? <FeeNote wishedOn={wished} fee={view.fee} choices={view.choices} /> : null}
    </Section>
  );
}
