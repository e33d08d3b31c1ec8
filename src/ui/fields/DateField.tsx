import { useRef, useState } from 'react';
import { formatDay, formatDayPlain, formatWareki, parseDayInput } from '#kernel/wareki.ts';
import { Calendar } from './Calendar.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { type FieldProps, textOf, useField } from './formState.tsx';

type Props = FieldProps & {
  /** `2026/04/01` or anything that `parseDayInput` reads. */
  defaultValue?: string | undefined;
  /** Today in Japan (`YYYY-MM-DD`) from the loader: where the calendar opens. */
  today?: string;
  /** Without the calendar button and the read-back, for filters and birth dates. */
  plain?: boolean;
  onValue?: (text: string) => void;
};

/** A day typed in any usual form; script shows how it was understood and offers a calendar with 和暦. */
export function DateField(props: Props) {
  const readId = `read-${props.name}`;
  const parts = useField(props, props.plain ? undefined : readId);
  const [text, setText] = useState(textOf(parts.value) ?? props.defaultValue ?? '');
  const input = useRef<HTMLInputElement>(null);
  const change = (value: string) => {
    setText(value);
    props.onValue?.(value);
  };
  return (
    <FieldFrame field={props} parts={parts}>
      <div className="ui-with-button">
        <input
          className="ui-input ui-input-medium"
          ref={input}
          type="text"
          id={parts.id}
          name={props.name}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          placeholder={undefined}
          autoComplete="off"
          aria-required={props.required}
          aria-invalid={parts.invalid}
          aria-describedby={parts.describedBy}
        />
        {props.plain ? null : (
          <Calendar
            chosen={text}
            today={props.today}
            onChoose={(day) => {
              change(formatDayPlain(day));
              input.current?.focus();
            }}
          />
        )}
      </div>
      {props.plain ? null : (
        <p className="ui-below" id={readId}>
          <ReadBack text={text} />
        </p>
      )}
    </FieldFrame>
  );
}

function ReadBack({ text }: { text: string }) {
  const day = parseDayInput(text);
  if (day) return `${formatDay(day)} ${formatWareki(day)}`;
  return '例:2026/04/01、20260401、令和8年4月1日';
}
