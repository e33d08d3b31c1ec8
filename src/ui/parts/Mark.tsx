export type MarkKind = 'late' | 'attention' | 'proxy' | 'unchecked' | 'primary';

const marks: Record<MarkKind, { sign: string; text: string; look: string }> = {
  late: { sign: '▲', text: '7日以上経過', look: 'ui-mark ui-mark-late' },
  attention: { sign: '★', text: '要注意', look: 'ui-mark ui-mark-attention' },
  proxy: { sign: '代', text: '代理申請', look: 'ui-mark ui-mark-boxed' },
  unchecked: { sign: '(確認前)', text: '医籍登録番号は確認前です', look: 'ui-mark' },
  primary: { sign: '主たる所属', text: '主たる所属', look: 'ui-mark ui-mark-boxed' },
};

/** A sign in a list, with its words for those who hear it and on hover. `days` when the office's reminder is not 7. */
export function Mark({ kind, days }: { kind: MarkKind; days?: number | undefined }) {
  const { sign, text, look } = marks[kind];
  const words = kind === 'late' && days !== undefined ? `${days}日以上経過` : text;
  if (sign === words) return <span className={look}>{sign}</span>;
  return (
    <span className={look} title={words}>
      <span aria-hidden="true">{sign}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** What the signs of a list mean, above it. */
export function MarkLegend({ kinds, days = 7 }: { kinds: readonly MarkKind[]; days?: number }) {
  return (
    <span className="ui-legend">
      {kinds.map((kind) => (
        <span key={kind}>
          <span className={marks[kind].look} aria-hidden="true">
            {marks[kind].sign}
          </span>
          {kind === 'late' ? `${days}日以上経過` : marks[kind].text}
        </span>
      ))}
    </span>
  );
}
