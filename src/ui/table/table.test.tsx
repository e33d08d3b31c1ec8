import { describe, expect, it } from 'vitest';
import { PAGE_SIZES } from '#kernel/paging.ts';
import { Mark } from '../parts/Mark.tsx';
import { html } from '../render.test-support.tsx';
import { type Column, DataTable } from './DataTable.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import { Count, PageSize } from './ListBar.tsx';
import { parseSort, sortHref, withParams } from './listUrl.ts';
import { KeysetPager, Pager } from './Pager.tsx';

type Row = { id: string; name: string };

const columns: readonly Column<Row>[] = [
  { key: 'name', head: '氏名', sort: 'kana', rowHeader: true, cell: (row) => row.name },
  { key: 'days', head: '経過日数', align: 'right', cell: () => '3日' },
];
const rows = [
  { id: '1', name: '髙橋 太郎' },
  { id: '2', name: '𠮷田 はなゑ' },
];

const table = (more: Partial<Parameters<typeof DataTable<Row>>[0]> = {}) => (
  <DataTable caption="申請一覧" columns={columns} rows={rows} rowKey={(row) => row.id} {...more} />
);

describe('一覧表', () => {
  it('表題・列見出し・行見出しを持ち、行見出しが詳細へのリンクになる', () => {
    const page = html(table({ rowTo: (row) => `/office/applications/${row.id}` }));
    expect(page).toContain('<caption class="sr-only">申請一覧</caption>');
    expect(page).toContain('<th role="rowheader" scope="row" data-head="氏名"><a');
    expect(page).toContain('href="/office/applications/2"');
    expect(page).toContain('class="ui-num"');
  });

  it('並べ替えは住所に残り、いまの向きを読み上げに伝える', () => {
    const page = html(table({ sort: { key: 'kana', direction: 'asc' } }), '/list?tab=all&page=3&sort=kana');
    expect(page).toContain('aria-sort="ascending"');
    expect(page).toContain('href="/list?tab=all&amp;sort=-kana"');
  });

  it('行の選択欄は行ごとの名前を持ち、選べない行には出ない', () => {
    const select = { name: 'id', labelOf: (row: Row) => `${row.name}を選択`, canSelect: (row: Row) => row.id === '1' };
    const page = html(table({ select }));
    expect(page).toContain('髙橋 太郎を選択');
    expect(page).not.toContain('𠮷田 はなゑを選択');
    expect(page).toContain('name="id"');
  });

  it('「選択してください」のリンクは、選べる最初の行に着く', () => {
    const select = { name: 'id', labelOf: (row: Row) => `${row.name}を選択`, canSelect: (row: Row) => row.id === '2' };
    const page = html(table({ select }));
    expect(page.match(/id="f-id"/g)).toHaveLength(1);
    expect(page).toMatch(/<input type="checkbox" id="f-id"[^>]*value="2"/);
  });

  it('行の下に続きを全幅で出す', () => {
    const page = html(table({ below: (row) => (row.id === '1' ? <p>最新のメッセージ</p> : undefined) }));
    expect(page).toContain('<td role="cell" colSpan="2"><p>最新のメッセージ</p></td>');
    expect(page.match(/ui-sub/g)).toHaveLength(1);
  });

  it('0件なら表の代わりに案内を出す', () => {
    expect(html(table({ rows: [] }))).toContain('該当するデータはありません。検索条件を変えてお試しください。');
    expect(html(table({ rows: [], empty: '対応が必要な申請はありません。' }))).toContain('対応が必要な申請はありません。');
  });

  it('印は文字でも伝わる', () => {
    const page = html(<Mark kind="late" />);
    expect(page).toContain('<span aria-hidden="true">▲</span><span class="sr-only">7日以上経過</span>');
    expect(html(<Mark kind="late" days={10} />)).toContain('10日以上経過');
  });
});

describe('一覧の操作', () => {
  it('ページ送りは他の条件を保ち、いまのページを示す', () => {
    const page = html(<Pager page={3} pageCount={9} />, '/list?tab=all&page=3');
    expect(page).toContain('aria-current="page"');
    expect(page).toContain('href="/list?tab=all&amp;page=4"');
    expect(page).toContain('href="/list?tab=all"');
    expect(html(<Pager page={1} pageCount={1} />)).toBe('');
  });

  it('前へ・次へは端では押せない', () => {
    const page = html(<KeysetPager after="c9" />, '/list?tab=all&before=x');
    expect(page).toContain('href="/list?tab=all&amp;after=c9"');
    expect(page).toContain('<span class="ui-page ui-off">前へ</span>');
  });

  it('件数と表示件数', () => {
    expect(html(<Count count={1234} />)).toContain('総件数:1,234件');
    const page = html(<PageSize size={50} />, '/list?page=4');
    expect(page).toContain('<strong aria-current="true">50件</strong>');
    expect(page).toContain('name="to" value="/list?"');
    for (const size of PAGE_SIZES.filter((one) => one !== 50))
      expect(page).toContain(`<button value="${size}" name="size">${size}件</button>`);
  });

  it('検索条件は GET で、残す条件を引き継ぎ、選択解除はそれだけを残す', () => {
    const page = html(
      <FilterPanel keep={['tab']} more={<span>追加</span>} moreSet={1}>
        <span>条件</span>
      </FilterPanel>,
      '/list?tab=all&name=x',
    );
    expect(page).toContain('method="get"');
    expect(page).toContain('<input type="hidden" name="tab" value="all"/>');
    expect(page).toContain('href="/list?tab=all"');
    expect(page).toContain('<details open="">');
  });

  it('並べ替えの読み書き', () => {
    expect(parseSort('-kana')).toEqual({ key: 'kana', direction: 'desc' });
    expect(parseSort(null)).toBeUndefined();
    expect(sortHref('?page=2', 'kana', { key: 'kana', direction: 'desc' })).toBe('?sort=kana');
    expect(withParams('?a=1&b=2', { a: undefined })).toBe('?b=2');
  });
});
