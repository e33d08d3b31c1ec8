import { useLocation } from 'react-router';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import type { Action } from '../../policy.ts';
import type { CaseSummary } from '../../queries/office-summary.ts';
import { decisionTo, listTo } from './list-links.ts';

const words = [
  { action: 'approve', label: '承認', variant: 'primary' },
  { action: 'receive', label: '受付', variant: 'secondary' },
  { action: 'return', label: '差戻し', variant: 'secondary' },
  { action: 'reject', label: '非承認', variant: 'danger' },
  { action: 'cancel', label: '取消', variant: 'danger' },
  { action: 'acknowledge', label: '確認', variant: 'primary' },
  { action: 'revoke', label: '承認取消', variant: 'danger' },
  { action: 'revokeLeave', label: '退会取消', variant: 'danger', page: 'revoke' },
] as const satisfies readonly { action: Action; label: string; variant: 'primary' | 'secondary' | 'danger'; page?: string }[];

/** The decisions that stand open to us now, by the same rule as the server's check; and the way back. */
export function CaseActions({ summary, place }: { summary: Pick<CaseSummary, 'id' | 'may' | 'revokeStop'>; place: '上' | '下' }) {
  const { search } = useLocation();
  return (
    <nav className="ui-no-print mb-6" aria-label={`この申請の操作(${place})`}>
      {place === '上' && summary.revokeStop !== undefined ? <p>{summary.revokeStop}</p> : null}
      <Actions>
        {words
          .filter(({ action }) => summary.may.includes(action))
          .map(({ action, label, variant, ...more }) => (
            <LinkButton key={action} to={decisionTo(summary.id, 'page' in more ? more.page : action, search)} variant={variant}>
              {label}
            </LinkButton>
          ))}
        {place === '上' ? null : (
          <a className="ui-button" href={`/office/applications/${summary.id}/print.pdf`} target="_blank" rel="noreferrer">
            印刷する
          </a>
        )}
        <LinkButton to={listTo(search)} variant="text">
          申請一覧に戻る
        </LinkButton>
      </Actions>
    </nav>
  );
}
