import { formatInstant } from '#kernel/wareki.ts';
import { Notice } from '#ui/parts/Notice.tsx';
import type { CheckLine as Check } from '../queries/check.ts';

const kept = '記録は改ざん検知付きで保存されています。';

/** What the last verification says of the records below (`screens.md O-18`). */
export function CheckLine({ check }: { check: Check }) {
  if (check.state === 'none') return <p>{`${kept}まだ検証は行われていません(毎日午前2時ごろに検証します)。`}</p>;
  if (check.state === 'mismatch') return <Mismatch check={check} />;
  const last = `最終検証:${formatInstant(check.at)}`;
  if (check.covered) return <p>{`${kept}${last} 正常`}</p>;
  return (
    <p>{`${kept}${last} 記録どうしのつながりは正常です。データベースの外の控えに不備があり、MAMIS運営事務局にお知らせしています。`}</p>
  );
}

function Mismatch({ check: { at, findings } }: { check: Extract<Check, { state: 'mismatch' }> }) {
  return (
    <Notice tone="warn" title="一致しない記録があります。">
      <ul>
        {findings.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{`${at === undefined ? '' : `最終検証:${formatInstant(at)} 不一致あり。`}MAMIS運営事務局にお知らせしています。`}</p>
    </Notice>
  );
}
