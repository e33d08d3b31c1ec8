import { describe, expect, it } from 'vitest';
import { html } from '../render.test-support.tsx';
import { crumbsOf } from './crumbsOf.ts';
import { Frame } from './Frame.tsx';
import { entranceFrame, type FrameData } from './frameData.ts';

const menu = [
  { label: 'マイページTOP', to: '/my' },
  { label: '申請状況', to: '/my/applications', group: '各種申請' },
  { label: '入会届', to: '/my/applications/join', group: '各種申請' },
  { label: '登録情報', to: '/my/profile' },
  { label: '送付物設定', to: '/my/mailing-preference', group: '登録情報' },
];

const doctor: FrameData = {
  ...entranceFrame,
  homeTo: '/my',
  menu,
  who: {
    kind: 'doctor',
    doctor: { name: '髙橋 太郎', licence: '第123456号', licenceChecked: false, badge: '日本医師会', years: '20年以上' },
  },
};

const page = (frame: FrameData, at = '/my') =>
  html(
    <Frame frame={frame} crumbs={[]}>
      <h1>本文</h1>
    </Frame>,
    at,
  );

describe('画面の枠', () => {
  it('医師の見出し行に氏名・医籍登録番号(確認前)・所属年数を出す', () => {
    const shown = page(doctor);
    expect(shown).toContain('マイページ:髙橋 太郎 様');
    expect(shown).toContain('医籍登録番号:第123456号(確認前)');
    expect(shown).toContain('日本医師会 20年以上');
    expect(shown).toContain('日本医師会 会員情報管理システム');
  });

  it('ログアウトは POST のフォームで、入口の画面には出ない', () => {
    expect(page(doctor)).toMatch(/<form [^>]*action="\/logout" method="post"><button type="submit"[^>]*>ログアウト<\/button><\/form>/);
    expect(page(entranceFrame)).not.toContain('ログアウト');
  });

  it('貸与された権限で操作中は色付きの帯と戻るボタンを出す', () => {
    const delegation = { grantor: '大阪市北区医師会', scope: '医師会全体', until: '2027/03/31', returnAction: '/office/hats' };
    const shown = page({ ...entranceFrame, who: { kind: 'office', userName: '北野 花子', associationName: '大阪府医師会', delegation } });
    expect(shown).toContain('ユーザー名:北野 花子 様');
    expect(shown).toContain('大阪市北区医師会の権限で操作しています(医師会全体、2027/03/31まで)');
    expect(shown).toContain('自医師会に戻る');
  });

  it('デモの帯と全体のお知らせは指定されたときだけ出す', () => {
    expect(page(doctor)).not.toContain('デモ環境です');
    expect(page({ ...doctor, demo: true, banner: '本日22時から停止します。' })).toContain('デモ環境です。');
    const held = { banner: '閲覧だけができます。', bannerLink: { label: '規約の変更を確認する', to: '/terms/consent' } };
    expect(page({ ...doctor, ...held })).toMatch(/<a [^>]*href="\/terms\/consent"[^>]*>規約の変更を確認する<\/a>/);
  });

  it('メニューは見出しと子項目に分かれ、いまの項目は一つだけ', () => {
    const shown = page(doctor, '/my/applications/join/input');
    expect(shown).toContain('<p class="ui-menu-head">各種申請</p>');
    // Phones and wide screens each have their copy.
    expect(shown.match(/aria-current="page"/g)).toHaveLength(2);
    expect(shown).toMatch(/aria-current="page"[^>]*>入会届/);
  });

  it('本文への近道がある', () => {
    expect(page(doctor)).toContain('<a class="ui-skip" href="#main">本文へ移動</a>');
  });
});

describe('現在の位置', () => {
  it('TOP と handle.crumb を持つ経路を並べる', () => {
    const matches = [
      { pathname: '/' },
      { pathname: '/office/applications', handle: { crumb: '申請管理' } },
      { pathname: '/office/applications/1', handle: { crumb: (data: unknown) => `申請 ${String(data)}` }, loaderData: 7 },
    ];
    expect(crumbsOf(matches, { label: 'TOP', to: '/office' })).toEqual([
      { label: 'TOP', to: '/office' },
      { label: '申請管理', to: '/office/applications' },
      { label: '申請 7', to: '/office/applications/1' },
    ]);
  });

  it('間にあるページは、アドレスの段数で示す', () => {
    const under = [
      { label: '会員情報詳細', up: 2 },
      { label: '在籍証明書', up: 1 },
    ];
    const matches = [{ pathname: '/office/members/7/membership-certificates/new', handle: { crumb: '在籍証明書の発行', under } }];
    expect(crumbsOf(matches, { label: 'TOP', to: '/office' })).toEqual([
      { label: 'TOP', to: '/office' },
      { label: '会員情報詳細', to: '/office/members/7' },
      { label: '在籍証明書', to: '/office/members/7/membership-certificates' },
      { label: '在籍証明書の発行', to: '/office/members/7/membership-certificates/new' },
    ]);
  });
});
