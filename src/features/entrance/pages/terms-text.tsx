import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { Actions } from '#ui/parts/Button.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';

/** A text that people agree to, with its version and day. */
export function TermsText({ title, text }: { title: string; text: { version: number; effectiveOn: Day; body: string } }) {
  return (
    <>
      <h1>{title}</h1>
      <p>{`第${text.version}版 施行日:${formatDayPlain(text.effectiveOn)}`}</p>
      <div className="whitespace-pre-wrap">{text.body}</div>
      <Actions>
        <PrintButton>印刷する</PrintButton>
      </Actions>
    </>
  );
}
