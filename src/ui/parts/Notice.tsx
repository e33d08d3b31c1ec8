import type { ReactNode } from 'react';

export type NoticeTone = 'info' | 'success' | 'warn' | 'error';

const words: Record<NoticeTone, string> = { info: 'お知らせ', success: '完了', warn: '注意', error: 'エラー' };

/** A box that stands out; its tone is said in a word before the title. */
export function Notice(props: { tone?: NoticeTone; title?: ReactNode; children?: ReactNode }) {
  const tone = props.tone ?? 'info';
  return (
    <div className={`ui-notice ui-notice-${tone}`}>
      <p className="ui-notice-title">
        <span className="ui-tone">{`【${words[tone]}】`}</span>
        {props.title ? <span>{props.title}</span> : null}
      </p>
      {props.children}
    </div>
  );
}
