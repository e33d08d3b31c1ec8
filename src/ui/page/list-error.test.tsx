import { renderToStaticMarkup } from 'react-dom/server';
import { createRoutesStub, useMatches, useRouteError } from 'react-router';
import { describe, expect, it } from 'vitest';
import { definePage } from '#platform/http/page-access.ts';
import { html } from '../render.test-support.tsx';
import { failedListOf } from './failedList.ts';
import { ListError } from './ListError.tsx';

const handle = definePage({ id: 'O-07', title: '会員情報管理', who: ['office'], audit: 'member.listed', list: true });
const other = definePage({ id: 'O-08', title: '会員情報詳細', who: ['office'], audit: 'member.opened' });
const at = (page: unknown) => [
  { pathname: '/', handle: undefined },
  { pathname: '/office/members', handle: page },
];

describe('一覧を表示できないとき', () => {
  it.each([500, 503])('一覧の問合せの失敗(%i)は、一覧の題の下に示す', (status) => {
    expect(failedListOf(at(handle), status)).toEqual({ title: '会員情報管理', to: '/office/members' });
  });

  it('見つからない、権限がない、一覧でないページは、それぞれのエラー画面のまま', () => {
    expect(failedListOf(at(handle), 404)).toBeUndefined();
    expect(failedListOf(at(handle), 403)).toBeUndefined();
    expect(failedListOf(at(other), 500)).toBeUndefined();
    expect(failedListOf([], 500)).toBeUndefined();
  });

  it('題、文、再読み込みがあり、条件があるときは解除もできる', () => {
    const list = { title: '会員情報管理', to: '/office/members' };
    const page = html(<ListError list={list} requestId="r-1" />, '/office/members?name=%E9%AB%98');
    expect(page).toContain('<h1>会員情報管理</h1>');
    expect(page).toContain('一覧を表示できませんでした。時間をおいて、もう一度お試しください。');
    expect(page).toContain('<a class="ui-button ui-button-primary" href="">再読み込み</a>');
    expect(page).toContain('href="/office/members"');
    expect(page).toContain('r-1');
    expect(html(<ListError list={list} />, '/office/members')).not.toContain('検索条件を解除');
  });

  it('下のページの失敗を受けた境界から、失敗した一覧が分かる', () => {
    function Boundary() {
      const error = useRouteError();
      const failed = failedListOf(useMatches(), error instanceof Error ? 500 : 404);
      return failed ? <ListError list={failed} /> : <p>その他</p>;
    }
    const Stub = createRoutesStub([
      {
        id: 'top',
        path: '/',
        ErrorBoundary: Boundary,
        children: [{ id: 'list', path: 'office/members', handle, Component: () => <p>一覧</p> }],
      },
    ]);
    const failing = { errors: { top: new Error('made up') } };
    expect(renderToStaticMarkup(<Stub initialEntries={['/office/members']} hydrationData={failing} />)).toContain('<h1>会員情報管理</h1>');
  });
});
