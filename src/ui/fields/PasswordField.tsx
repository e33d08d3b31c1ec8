import { useState } from 'react';
import { FieldFrame } from './FieldFrame.tsx';
import { type FieldProps, useField } from './formState.tsx';

type Props = FieldProps & { autoComplete: 'current-password' | 'new-password' };

/** A password; what was typed is never sent back into the page. */
export function PasswordField(props: Props) {
  const parts = useField(props);
  const [shown, setShown] = useState(false);
  return (
    <FieldFrame field={props} parts={parts}>
      <input
        className="ui-input"
        type={shown ? 'text' : 'password'}
        id={parts.id}
        name={props.name}
        autoComplete={props.autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        aria-required={props.required}
        aria-invalid={parts.invalid}
        aria-describedby={parts.describedBy}
      />
      <label className="ui-choice ui-js">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.currentTarget.checked)} />
        <span>パスワードを表示</span>
      </label>
    </FieldFrame>
  );
}
