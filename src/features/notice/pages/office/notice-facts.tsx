import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { readersText, targetLabels } from '../../labels.ts';
import { noticeTexts as texts } from '../../messages.ts';
import type { NoticeDetail } from '../../queries/office-notice.ts';

function mailText({ mail }: NoticeDetail, mailAt: string): string {
  if (mail === undefined) return '送信しない';
  if (mailAt === '') return `掲載期間の初日の${mail.hour}時に送信`;
  return `${mailAt}から送信(送信済 ${mail.sent.toLocaleString('ja-JP')}通)`;
}

/** Whom a notice is for, and how far it has come. */
export function NoticeFacts({ notice, mailAt }: { notice: NoticeDetail; mailAt: string }) {
  const target = notice.target === null ? '' : targetLabels[notice.target];
  const readers = readersText(notice.target, notice.readers);
  const items = [
    {
      label: texts.target,
      value:
        target === '' ? (
          ''
        ) : (
          <>
            <span className="block">{target}</span>
            {notice.conditions.map((line) => (
              <span key={line} className="block">
                {line}
              </span>
            ))}
            {readers === '' ? null : <span className="block font-bold">{readers}</span>}
          </>
        ),
    },
    ...(notice.reads === undefined || notice.readers === null
      ? []
      : [{ label: '既読', value: `${notice.reads.toLocaleString('ja-JP')}/${notice.readers.toLocaleString('ja-JP')}` }]),
    { label: 'メール', value: mailText(notice, mailAt) },
    { label: '作成者', value: notice.writerName },
  ];
  return <DefinitionTable items={items} />;
}
