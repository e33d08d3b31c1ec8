import { Diff } from '#ui/parts/Diff.tsx';
import type { ShownComparison } from '../fields.ts';

type Props = { kind: 'change' | 'transfer'; lines: readonly ShownComparison[] };

/** 変更前 / 変更後 of a 異動届, side by side; and what does not happen (`screens.md D-10`). */
export function Comparison({ kind, lines }: Props) {
  return (
    <>
      <Diff
        caption={kind === 'change' ? '変更前と変更後' : '異動元と異動先'}
        changes={lines.map(({ code, label, before, after, changed }) => ({
          key: code,
          label,
          before: before === '' ? '－' : before,
          after: after === '' ? '－' : changed || kind === 'transfer' ? after : `${after}(変更なし)`,
          changed,
        }))}
      />
      {kind === 'change' ? <p className="mt-2">この届では退会・入会は発生しません。入会日は変わりません。</p> : null}
    </>
  );
}
