import type { ComponentProps } from 'react';
import { NewestNotices } from '#features/notice/pages/newest.tsx';
import { LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';

/** TOP of an 外部委託先, who sees お知らせ and お問合せ only (`screens.md O-01`). */
export function ContractorTop({ notices }: { notices: ComponentProps<typeof NewestNotices>['rows'] }) {
  return (
    <>
      <h1>TOP</h1>
      <Section title="お知らせ">
        <NewestNotices rows={notices} to="/office/received-notices" />
      </Section>
      <Section title="お問合せ">
        <p className="mb-4">操作方法やログインなどについて、運営事務局へお問い合わせいただけます。</p>
        <LinkButton to="/office/inquiries">お問合せ</LinkButton>
      </Section>
    </>
  );
}
