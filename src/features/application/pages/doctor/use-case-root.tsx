import { useLocation } from 'react-router';
import { LinkButton } from '#ui/parts/Button.tsx';

/** Address under which the pages of this paper stand: the doctor's, or that of the office that files for him. */
export function useCaseRoot(): string {
  return useLocation().pathname.startsWith('/office/') ? '/office/applications' : '/my/applications';
}

/** Away from a paper: to the case once it was sent, else to where one came from. */
export function LeaveButton({ id, personId, sent }: { id: string | undefined; personId: string; sent: boolean }) {
  const root = useCaseRoot();
  if (sent) return <LinkButton to={`${root}/${id ?? ''}`}>申請の詳細に戻る</LinkButton>;
  return root.startsWith('/office/') ? (
    <LinkButton to={`/office/members/${personId}`}>会員情報詳細に戻る</LinkButton>
  ) : (
    <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
  );
}
