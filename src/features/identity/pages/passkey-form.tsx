import { type ReactNode, useState } from 'react';
import { useSubmit } from 'react-router';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { useHydrated } from '#ui/useHydrated.ts';
import { deviceMessages } from '../messages.ts';
import { answerOfDevice, canUsePasskeys, type DeviceRefusal, type PasskeyKind } from './passkey-device.ts';

type Props = {
  /** create: a new passkey (D-05); prove: by one that there is. */
  kind: PasskeyKind;
  /** Where the question for the device comes from. */
  askAt: string;
  button: string;
  /** Id of another form of the page whose ticks go along with the answer. */
  beside?: string;
  /** Fields that the server checks before it asks. */
  children?: ReactNode;
};

const waitingWords = '端末の画面に沿って操作してください。';

/** What goes to the page with the device's answer: everything but the password, which has done its work. */
function dataFor(form: HTMLFormElement, beside: string | undefined): FormData {
  const other = beside === undefined ? null : document.querySelector(`#${beside}`);
  const data = new FormData(other instanceof HTMLFormElement ? other : form);
  data.delete('passwordForPasskey');
  return data;
}

/** A button that asks the device for a passkey and sends its answer to the page. Hidden where script or device cannot serve it. */
export function PasskeyForm({ kind, askAt, button, beside, children }: Props) {
  const ready = useHydrated() && canUsePasskeys();
  const submit = useSubmit();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<DeviceRefusal>();

  const send = async (form: HTMLFormElement) => {
    const said = await answerOfDevice(kind, form);
    if ('refusal' in said) return said.refusal;
    const data = dataFor(form, beside);
    data.set('intent', kind === 'create' ? 'addPasskey' : 'passkey');
    data.set('passkey', said.answer);
    await submit(data, { method: 'post' });
    return undefined;
  };
  const go = async (form: HTMLFormElement) => {
    try {
      setRefusal(await send(form));
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: React.SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setRefusal(undefined);
    go(event.currentTarget).catch(() => setRefusal({ message: deviceMessages.noQuestion }));
  };
  return (
    <form method="post" action={askAt} hidden={!ready} onSubmit={onSubmit}>
      {refusal === undefined ? null : (
        <p className="ui-error" role="alert">
          {refusal.message}
        </p>
      )}
      <FormState errors={refusal?.fields}>{children}</FormState>
      <Actions>
        <Button aria-disabled={busy} size={kind === 'prove' ? 'large' : 'normal'}>
          {button}
        </Button>
      </Actions>
      {busy ? (
        <p className="mt-2" role="status">
          {waitingWords}
        </p>
      ) : null}
    </form>
  );
}

/** In the place of `PasskeyForm` where it is hidden: says why. */
export function PasskeysNeedScript({ children }: { children: string }) {
  const able = !useHydrated() || canUsePasskeys();
  return (
    <>
      <noscript>
        <p>{children}</p>
      </noscript>
      {able ? null : <p>お使いのブラウザまたは端末では、パスキーを使えません。</p>}
    </>
  );
}
