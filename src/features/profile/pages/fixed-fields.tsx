import { Link } from 'react-router';
import type { ProfileBlock } from '#features/person/fields.ts';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { labels } from '../labels.ts';

/** What stands still in the form: seen by an office, or changed elsewhere. */

/** What an office has seen is put right by asking (`screens.md D-03`). */
export function Correction() {
  return (
    <p>
      {labels.checkedNote}{' '}
      <Link className="inline-flex min-h-11 items-center" to="/my/inquiries/new?kind=memberInfo&about=correction">
        訂正を依頼する
      </Link>
    </p>
  );
}

export function Licence({ block }: { block: ProfileBlock }) {
  return (
    <Section title={block.title}>
      <DefinitionTable items={block.items.map(({ label, value }) => ({ label, value }))} />
      <Correction />
    </Section>
  );
}

/** Only the day of birth; 性別 is asked. */
export function Birth({ block }: { block: ProfileBlock }) {
  const born = block.items.filter((one) => one.key === 'birthOn');
  return (
    <div className="mb-6">
      <DefinitionTable items={born.map(({ label, value }) => ({ label, value }))} />
      <Correction />
    </div>
  );
}

export function Mail({ mail }: { mail: string }) {
  return (
    <>
      <p>{mail === '' ? '登録されていません。' : mail}</p>
      <p>
        <Link className="inline-flex min-h-11 items-center" to="/my/account/mail">
          メールアドレスを変更する
        </Link>
      </p>
    </>
  );
}
