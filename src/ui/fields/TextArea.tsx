import { useState } from 'react';
import { lengthInGlyphs } from '#kernel/glyphs.ts';
import { FieldFrame } from './FieldFrame.tsx';
import { type FieldProps, textOf, useField } from './formState.tsx';

type Props = FieldProps & {
  defaultValue?: string | undefined;
  rows?: number;
  /** In characters: a surrogate pair or a glyph with selector is one (`screens.md 1.2`). */
  limit?: number;
};

/** Several lines; with a limit it says how much room is left. The limit itself is checked by the server. */
export function TextArea(props: Props) {
  const { limit } = props;
  const leftId = limit === undefined ? undefined : `left-${props.name}`;
  const parts = useField(props, leftId);
  const initial = textOf(parts.value) ?? props.defaultValue ?? '';
  const [used, setUsed] = useState(() => lengthInGlyphs(initial));
  return (
    <FieldFrame field={props} parts={parts}>
      <textarea
        className="ui-input"
        id={parts.id}
        name={props.name}
        rows={props.rows ?? 4}
        defaultValue={initial}
        aria-required={props.required}
        aria-invalid={parts.invalid}
        aria-describedby={parts.describedBy}
        onInput={limit === undefined ? undefined : (event) => setUsed(lengthInGlyphs(event.currentTarget.value))}
      />
      {limit === undefined ? null : (
        <p className="ui-below" id={leftId}>
          <Left limit={limit} used={used} />
        </p>
      )}
    </FieldFrame>
  );
}

function Left({ limit, used }: { limit: number; used: number }) {
  const left = limit - used;
  if (left < 0) return <span className="ui-error">{`${(-left).toLocaleString('ja-JP')}文字超えています`}</span>;
  return (
    <>
      {`${limit.toLocaleString('ja-JP')}文字以内`}
      <span className="ui-js">{`(あと${left.toLocaleString('ja-JP')}文字)`}</span>
    </>
  );
}
