import type { Script } from './script.ts';
import { kita, written } from './script.ts';

/** 2名での承認 and 自動確認 (`rules.md 3.13, 4.1`). */
export const twoAndNights: Readonly<Record<string, Script>> = {
  '2名での承認: 同じ人の二度目は効かず、日付が違えば数え直す': written((s) => {
    s.settings(27_001, { twoPersonDecision: ['join'] });
    const id = s.join(0, 27_001, { wishedOn: '2026-02-01' });
    s.approve(27_001, id, '2026-02-01');
    s.approve(27_000, id, '2026-02-01');
    s.approve(27_001, id, '2026-02-01');
    s.approve(27_001, id, '2026-02-01', { person: 1, which: 1, confirmed: false });
    s.approve(27_001, id, '2026-02-01', { person: 1, which: 1 });
    s.approve(27_001, id, '2026-02-01', { which: 1 });
    s.approve(27_000, id, '2026-02-01');
    s.office(27_001, 'revoke', id);
  }),
  '2名での承認: 差戻しのあとは数え直す': written((s) => {
    s.settings(27_001, { twoPersonDecision: ['withdrawal'] });
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-02-28' });
    s.approve(27_001, id, '2026-02-28');
    s.office(27_001, 'return', id);
    s.resubmit(0, id);
    s.approve(27_001, id, '2026-02-28', { person: 1 });
    s.approve(27_001, id, '2026-02-28');
  }),
  '2名での承認: 一人しかいない事務局では一人で決まる': written((s) => {
    s.settings(27_002, { twoPersonDecision: ['join'] });
    const id = s.join(0, 27_002, { wishedOn: '2026-02-01', top: 3 });
    s.approve(27_002, id, '2026-02-01');
  }),
  '確認は、環境設定の日数が過ぎた夜に自動で済む': written((s) => {
    s.settings(27_000, { acknowledgeDays: 14 });
    s.member(0, kita, '2026-01-15');
    const id = s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-03-31' });
    s.approve(27_001, id, '2026-03-31');
    s.days(13);
    s.days(1);
    s.office(27_000, 'acknowledge', id);
    s.days(20);
    s.office(27_001, 'revokeLeave', id);
    s.days(14);
  }),
  '申請者のもとにある間は、確認の日数も進まない': written((s) => {
    const id = s.join(0, 27_001, { wishedOn: '2026-02-01' });
    s.approve(27_001, id, '2026-02-01');
    s.office(27_000, 'return', id);
    s.resubmit(0, id, { wishedOn: '2026-02-03' });
    s.days(10);
    s.office(27_000, 'return', id);
    s.days(40);
    s.resubmit(0, id);
    s.days(19);
    s.days(1);
  }),
};
