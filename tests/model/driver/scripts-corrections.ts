import type { Script } from './script.ts';
import { aoba, kita, minato, written } from './script.ts';

/** 差戻し and what comes back corrected, kind by kind (`rules.md 3.8`). */
export const corrections: Readonly<Record<string, Script>> = {
  退会届の差戻しでは退会希望日を直せる: written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_000], wishedOn: '2026-02-28' });
    s.office(27_001, 'receive', id);
    s.office(27_000, 'return', id);
    s.resubmit(0, id, { wishedOn: '2026-01-14' });
    s.resubmit(0, id, { wishedOn: '2026-03-31' });
    s.approve(27_000, id, '2026-03-31', { confirmed: false });
  }),
  '勤務先を変える異動届は、最下層が承認した後に上層が差戻しても、直して進められる': written((s) => {
    s.member(0, aoba, '2026-01-15');
    const id = s.send(0, { kind: 'change', affiliation: '0/0', newPlace: true, wishedOn: '2026-02-10' }, { 14_501: 1, 14_001: 1 });
    s.approve(14_501, id, '2026-02-10', { which: 1 });
    s.office(14_001, 'return', id);
    s.resubmit(0, id, { wishedOn: '2026-02-12' }, { 14_001: 2 });
    s.office(14_501, 'acknowledge', id);
    s.approve(14_001, id, '2026-02-12', { which: 2, confirmed: false });
  }),
  '異動届の差戻しでは、承認済みの会員区分は変えられず、その先は変えられる': written((s) => {
    s.member(0, aoba, '2026-01-15');
    const id = s.send(0, { kind: 'change', affiliation: '0/0', wishedOn: '2026-02-10' }, { 14_501: 1, 14_000: 1 });
    s.approve(14_501, id, '2026-02-10', { which: 1 });
    s.office(14_000, 'return', id);
    s.resubmit(0, id, {}, { 14_501: 2 });
    s.resubmit(0, id, {}, { 14_001: 1 });
    s.resubmit(0, id, {}, { 14_000: 2 });
    s.approve(14_000, id, '2026-02-10', { which: 2 });
  }),
  '医師会をまたぐ異動の差戻しでは、承認済みの側に確認を求める': written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'transfer', affiliation: '0/0', lowest: 13_005, wishedOn: '2026-04-01', leaveOn: '2026-03-31' });
    s.approve(27_001, id, '2026-03-31');
    s.office(13_005, 'return', id);
    s.resubmit(0, id, { wishedOn: '2026-04-02', leaveOn: '2026-03-30' });
    s.resubmit(0, id, { wishedOn: '2026-04-11', leaveOn: '2026-04-10' }, { 13_005: 1 });
    s.office(27_001, 'acknowledge', id);
    s.office(13_005, 'return', id);
    s.resubmit(0, id, {}, { 13_005: 2 });
    s.approve(13_005, id, '2026-04-11', { gapReason: true, which: 2 });
    s.approve(13_000, id, '2026-04-11');
  }),
  '一時保存した届は、そのとき選んだ医師会だけを申請する': written((s) => {
    const id = s.draft(0, { kind: 'join', lowest: 27_001, top: 3, wishedOn: '2026-02-01' });
    s.settings(27_001, { requiredUpperLayers: 'all' });
    s.doctor(0, 'submit', id);
    s.settings(27_001, { requiredUpperLayers: 'none' });
    s.doctor(0, 'submit', id);
    s.approve(27_001, id, '2026-02-01');
    const waiting = s.draft(0, { kind: 'change', affiliation: '0/0', newPlace: true, wishedOn: '2026-02-10' });
    const upper = s.join(0, 27_001, { wishedOn: '2026-02-01', top: 2 });
    s.approve(27_000, upper, '2026-02-01');
    s.doctor(0, 'submit', waiting);
  }),
  '一時保存の間に異動先に入会していれば、そこには重ねて入会しない': written((s) => {
    s.member(0, kita, '2026-01-15');
    const id = s.draft(0, { kind: 'transfer', affiliation: '0/0', lowest: 13_005, wishedOn: '2026-03-01', leaveOn: '2026-02-28' });
    const second = s.join(0, 13_005, { wishedOn: '2026-01-20' });
    s.approve(minato[0], second, '2026-01-20');
    s.approve(minato[1], second, '2026-01-20');
    s.doctor(0, 'submit', id);
    s.approve(27_001, id, '2026-02-28');
  }),
};
