import { useLocation } from 'react-router';
import { Actions, LinkButton } from '../parts/Button.tsx';
import { Notice } from '../parts/Notice.tsx';
import type { FailedList } from './failedList.ts';

/** In the place of a list that could not be read: its title, what to do, and the way without the conditions that were too much. */
export function ListError({ list, requestId }: { list: FailedList; requestId?: string | undefined }) {
  const { search } = useLocation();
  return (
    <>
      <title>{`${list.title} | MAMIS`}</title>
      <h1>{list.title}</h1>
      <div role="alert">
        <Notice tone="error" title="一覧を表示できませんでした。時間をおいて、もう一度お試しください。">
          {requestId === undefined ? null : `続く場合は、次の番号をコールセンターへお知らせください。${requestId}`}
        </Notice>
      </div>
      <Actions>
        {/* The present address asked anew; an empty link keeps path and query without script too. */}
        <a className="ui-button ui-button-primary" href="">
          再読み込み
        </a>
        {search === '' ? null : (
          <LinkButton to={list.to} reloadDocument>
            検索条件を解除して表示
          </LinkButton>
        )}
      </Actions>
    </>
  );
}
