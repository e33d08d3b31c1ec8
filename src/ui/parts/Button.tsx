import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Link, type LinkProps } from 'react-router';

export type ButtonLook = {
  /** One primary a screen; danger for what cannot be taken back; text for the least. */
  variant?: 'primary' | 'secondary' | 'danger' | 'text';
  size?: 'large' | 'normal' | 'small';
};

function classOf({ variant = 'secondary', size = 'normal' }: ButtonLook): string {
  const look = variant === 'secondary' ? '' : ` ui-button-${variant}`;
  return size === 'normal' ? `ui-button${look}` : `ui-button${look} ui-button-${size}`;
}

type Props = ButtonLook & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & { ref?: Ref<HTMLButtonElement> };

/** Submits its form unless `type="button"`. */
export function Button({ variant, size, type = 'submit', ...rest }: Props) {
  return <button {...rest} type={type} className={classOf({ variant, size })} />;
}

/** Goes somewhere, looks like a button. */
export function LinkButton({ variant, size, ...rest }: ButtonLook & Omit<LinkProps, 'className'>) {
  return <Link {...rest} className={classOf({ variant, size })} />;
}

/** The buttons at the foot of a form, primary first. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="ui-actions">{children}</div>;
}

/**
 * First in a form that has other submit buttons (検索, アップロードする, 削除): Enter in a text box presses a form's first
 * button, and that must be the one people mean.
 */
export function DefaultSubmit({ name = 'intent', value }: { name?: string; value?: string }) {
  return <button type="submit" className="sr-only" name={name} value={value} tabIndex={-1} aria-hidden="true" />;
}
