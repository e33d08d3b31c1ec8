import { formatInstant } from '#kernel/wareki.ts';
import { Notice } from '#ui/parts/Notice.tsx';
import { texts } from '../../messages.ts';
import type { ShownPersons } from '../../queries/office-two-persons.ts';

/** What two persons mean for the one who looks: whose turn it is, and why. */
export function TwoPersonsNotice({ twoPersons }: { twoPersons: ShownPersons | undefined }) {
  if (twoPersons === undefined) return null;
  const { alone, mine, first, entered } = twoPersons;
  if (entered)
    return (
      <Notice tone="warn" title={alone ? 'ご自身が入力した届です。担当者が1名のため、1名で承認できます。' : texts.anotherPerson}>
        {alone ? <p>1名で承認したことは、次の医師会に表示されます。</p> : null}
      </Notice>
    );
  if (alone)
    return (
      <Notice tone="warn" title="2名での承認の対象ですが、担当者が1名のため、1名で承認できます。">
        <p>1名で承認したことは、次の医師会に表示されます。</p>
      </Notice>
    );
  if (first === undefined) return <Notice title="この届の承認には、2名の担当者の承認が必要です。" />;
  const title = `${first.by}が${formatInstant(first.at)}に承認しました。もう1名の承認を待っています。`;
  return (
    <Notice tone="warn" title={title}>
      <p>{mine ? texts.anotherPerson : '日付と会員区分をご確認のうえ、承認してください。'}</p>
    </Notice>
  );
}
