import type { Script } from './script.ts';
import { aoba, kita, minato, written } from './script.ts';
import { corrections } from './scripts-corrections.ts';
import { several } from './scripts-several.ts';
import { twoAndNights } from './scripts-two-and-nights.ts';

/** What must be met for sure, whatever the random steps meet: the guideline's examples and the rules that planted defects break. */

export const scripts: Readonly<Record<string, Script>> = {
  '入会は下層から順に承認され、上層の日付は下層より早くならない': written((s) => {
    const id = s.join(0, 27_001, { wishedOn: '2026-04-01' });
    s.approve(27_000, id, '2026-04-01');
    s.approve(27_001, id, '2026-04-20', { confirmed: false });
    s.approve(27_001, id, '2026-04-20', { category: 1 });
    s.approve(27_001, id, '2025-01-01');
    s.approve(27_001, id, '2026-04-20');
    s.doctor(0, 'retract', id);
    s.approve(27_000, id, '2026-04-01');
    s.office(27_000, 'receive', id);
    s.approve(27_000, id, '2026-04-20');
    s.approve(0, id, '2026-05-01', { confirmed: false });
    s.approve(0, id, '2026-05-01', { which: 1 });
  }),
  '処理中の入会届が作った所属には、ほかの届を出せない': written((s) => {
    const id = s.join(0, 27_001, { wishedOn: '2026-01-20' });
    s.approve(27_001, id, '2026-01-20');
    s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-02-20' });
    s.office(27_000, 'cancel', id);
    s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-02-20' });
  }),
  '先の日付の退会は上層にも及び、その日までは会員に数えられる(G§9)': written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-03-31' });
    s.approve(27_001, id, '2026-01-14');
    s.approve(27_001, id, '2026-03-31');
    s.days(80);
  }),
  '入会日に退会でき、その日は会員である': written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-01-15' });
    s.approve(27_001, id, '2026-01-15');
  }),
  '上層だけの退会では、最下層は受付だけをする': written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_000], wishedOn: '2026-02-28' });
    s.approve(27_000, id, '2026-02-28');
    s.office(27_001, 'cancel', id);
    s.office(27_001, 'receive', id);
    s.office(27_001, 'cancel', id);
    s.approve(27_000, id, '2026-02-28');
    s.settings(27_001, { allowUpperOnlyWithdrawal: false });
    s.member(1, kita, '2026-01-15');
    s.send(1, { kind: 'withdrawal', affiliation: '1/0', ticked: [0], wishedOn: '2026-02-28' });
  }),
  '共有する上層の会員資格は、翌日からもう一つの所属に移る': written((s) => {
    s.member(0, kita, '2026-01-15');
    const second = s.join(0, 13_005, { wishedOn: '2026-01-15' });
    s.approve(13_005, second, '2026-01-15');
    s.approve(13_000, second, '2026-01-15');
    const id = s.send(0, {
      kind: 'withdrawal',
      affiliation: '0/0',
      ticked: [27_001],
      wishedOn: '2026-02-28',
      moves: [{ association: 0, to: '0/1' }],
    });
    s.approve(27_001, id, '2026-02-28');
  }),
  '3月31日に退会し4月1日に入会する異動は、最後の承認で一度に有効になる(G§7)': written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'transfer', affiliation: '0/0', lowest: 13_005, wishedOn: '2026-04-01', leaveOn: '2026-03-31' }, { 0: 1 });
    s.approve(13_005, id, '2026-04-01');
    s.approve(27_001, id, '2026-03-30');
    s.approve(27_001, id, '2026-03-31');
    s.approve(13_000, id, '2026-04-01');
    s.approve(0, id, '2026-04-01', { which: 1 });
  }),
  空きのある異動は理由があればできる: written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'transfer', affiliation: '0/0', lowest: 27_002, top: 2, wishedOn: '2026-03-01', leaveOn: '2026-02-28' });
    s.approve(27_001, id, '2026-02-28');
    s.approve(27_001, id, '2026-02-28', { gapReason: true });
    s.approve(27_002, id, '2026-03-02', { gapReason: true });
  }),
  '退会が先・入会が先の順序に従い、断られれば何も残らない': written((s) => {
    s.settings(27_001, { transferOrder: 'leave_first' });
    s.settings(13_005, { transferOrder: 'join_first' });
    s.member(0, kita, '2026-01-15');
    s.member(1, minato, '2026-01-15');
    const first = s.send(0, { kind: 'transfer', affiliation: '0/0', lowest: 13_005, wishedOn: '2026-03-01', leaveOn: '2026-02-28' });
    s.approve(13_005, first, '2026-03-01');
    s.approve(27_001, first, '2026-02-28');
    s.approve(13_005, first, '2026-03-01');
    s.office(13_000, 'reject', first);
    const second = s.send(1, { kind: 'transfer', affiliation: '1/0', lowest: 27_001, wishedOn: '2026-03-01', leaveOn: '2026-02-28' });
    s.approve(13_005, second, '2026-02-28');
    s.approve(27_001, second, '2026-03-01');
    s.approve(27_000, second, '2026-03-01');
    s.approve(13_005, second, '2026-02-28');
    s.days(50);
    const third = s.send(1, { kind: 'transfer', affiliation: '1/1', lowest: 13_005, wishedOn: '2026-03-20', leaveOn: '2026-03-19' });
    s.approve(27_001, third, '2026-03-19');
    s.approve(13_005, third, '2026-03-20');
    s.approve(13_000, third, '2026-03-20');
  }),
  '並行する異動で片側が断られると、もう片側の段階も閉じる': written((s) => {
    s.member(0, aoba, '2026-01-15');
    const id = s.send(0, { kind: 'transfer', affiliation: '0/0', lowest: 27_001, wishedOn: '2026-03-01', leaveOn: '2026-02-28' });
    s.office(14_501, 'receive', id);
    s.office(27_001, 'reject', id);
  }),
  '異動届では会員区分の変わる医師会と最下層が承認し、入会日は変わらない': written((s) => {
    s.member(0, aoba, '2026-01-15');
    const id = s.send(0, { kind: 'change', affiliation: '0/0', newPlace: true, wishedOn: '2026-02-10' }, { 14_501: 1, 0: 1 });
    s.approve(14_001, id, '2026-02-10');
    s.approve(14_501, id, '2026-02-10', { which: 1 });
    s.approve(0, id, '2026-02-15', { which: 1 });
    const again = s.send(0, { kind: 'change', affiliation: '0/1', wishedOn: '2026-03-10' }, { 14_000: 1 });
    s.approve(14_501, again, '2026-03-10', { which: 1 });
    s.approve(14_000, again, '2026-03-10', { which: 1 });
  }),
  '受付を自動にした医師会では、届いた届は受付済みになる': written((s) => {
    s.settings(27_000, { autoReceive: true });
    s.settings(27_001, { autoReceive: true });
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_000], wishedOn: '2026-02-28' });
    s.office(27_001, 'receive', id);
    s.approve(27_000, id, '2026-02-28');
  }),
  '受付を自動にした医師会では、差戻しから戻った届も受付済みになる': written((s) => {
    s.settings(27_001, { autoReceive: true });
    const id = s.join(0, 27_001, { wishedOn: '2026-02-01' });
    s.office(27_001, 'return', id);
    s.resubmit(0, id);
    s.approve(27_001, id, '2026-02-01');
    s.approve(27_000, id, '2026-02-01');
  }),
  '差戻しのあとは差戻した医師会に戻り、承認は残る': written((s) => {
    const id = s.join(0, 14_501, { wishedOn: '2026-02-01' });
    s.approve(14_501, id, '2026-02-01');
    s.office(14_001, 'return', id);
    s.approve(14_001, id, '2026-02-01');
    s.resubmit(1, id);
    s.resubmit(0, id);
    s.approve(14_001, id, '2026-02-01');
    s.office(14_000, 'cancel', id);
  }),
  '承認取消は、次の層が決めるまで、完了した届では効力の生じる日の前まで': written((s) => {
    const id = s.join(0, 27_001, { wishedOn: '2026-02-01' });
    s.approve(27_001, id, '2026-02-01');
    s.office(27_001, 'revoke', id);
    s.approve(27_001, id, '2026-02-01');
    s.approve(27_000, id, '2026-02-01');
    s.office(27_001, 'revoke', id);
    s.approve(0, id, '2026-02-01');
    s.office(0, 'revoke', id);
    s.approve(0, id, '2026-02-01');
    s.days(20);
    s.office(0, 'revoke', id);
  }),
  '退会取消は退会日まで。会員資格は続き、上層は改めて確認する': written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-02-28' });
    s.approve(27_001, id, '2026-02-28');
    s.office(27_000, 'acknowledge', id);
    s.office(27_000, 'revokeLeave', id);
    s.office(27_001, 'revokeLeave', id);
    s.office(27_000, 'acknowledge', id);
    const again = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-01-31' });
    s.approve(27_001, again, '2026-01-31');
    s.days(20);
    s.office(27_001, 'revokeLeave', again);
  }),
  '異動届の承認取消は、その医師会が決めたことだけを取り消す': written((s) => {
    s.member(0, aoba, '2026-01-15');
    const id = s.send(0, { kind: 'change', affiliation: '0/0', newPlace: true, wishedOn: '2026-02-10' }, { 14_001: 1 });
    s.approve(14_501, id, '2026-02-10');
    s.approve(14_001, id, '2026-02-12', { which: 1 });
    s.office(14_501, 'revoke', id);
    s.office(14_001, 'revoke', id);
    s.office(14_501, 'revoke', id);
    s.approve(14_501, id, '2026-02-20');
  }),
  '完了した異動の承認取消は、両側を元に戻す': written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'transfer', affiliation: '0/0', lowest: 13_005, wishedOn: '2026-04-01', leaveOn: '2026-03-31' });
    s.approve(27_001, id, '2026-03-31');
    s.approve(13_005, id, '2026-04-01');
    s.approve(13_000, id, '2026-04-01');
    s.office(13_005, 'revoke', id);
    s.office(13_000, 'revoke', id);
    s.approve(13_000, id, '2026-04-01');
  }),
  '上層の会員期間が残る日には、下層を退会できない': written((s) => {
    s.member(0, kita, '2026-01-15');
    const upper = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_000], wishedOn: '2026-06-30' });
    s.office(27_001, 'receive', upper);
    s.approve(27_000, upper, '2026-06-30');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-03-31' });
    s.approve(27_001, id, '2026-03-31');
    s.approve(27_001, id, '2026-06-30');
  }),
  '訂正が承認済みの医師会にも関わるときは、その医師会に確認を求める': written((s) => {
    const id = s.join(0, 27_001, { wishedOn: '2026-02-01' });
    s.approve(27_001, id, '2026-02-01');
    s.office(27_000, 'return', id);
    s.resubmit(0, id, { wishedOn: '2026-02-03' });
    s.office(27_001, 'acknowledge', id);
    s.approve(27_000, id, '2026-02-03');
    s.office(0, 'return', id);
    s.resubmit(0, id);
    s.approve(0, id, '2026-02-03');
  }),
  '古い画面からの決定は、どの届でも受け付けられない': written((s) => {
    const stale = { stale: true };
    const id = s.join(0, 27_001, { wishedOn: '2026-01-15' });
    s.office(27_001, 'receive', id);
    s.approve(27_001, id, '2026-01-15', stale);
    s.office(27_001, 'return', id, stale);
    s.office(27_001, 'return', id);
    s.doctor(0, 'retract', id, stale);
    s.resubmit(0, id);
    s.approve(27_001, id, '2026-01-15');
    s.approve(27_000, id, '2026-01-15', stale);
    s.office(27_000, 'reject', id, stale);
    s.office(27_000, 'cancel', id, stale);
    s.office(27_001, 'revoke', id, stale);
    s.approve(27_000, id, '2026-01-15');
  }),
  ...corrections,
  ...several,
  ...twoAndNights,
};
