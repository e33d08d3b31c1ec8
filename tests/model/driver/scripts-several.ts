import type { Script } from './script.ts';
import { aoba, kita, minato, written } from './script.ts';

/** Several affiliations of one person, and what they share (`rules.md 1.3`–`1.5, 3.5, 3.6, 4.1`). */

/** A second affiliation beside the first; the shared uppers stay where they are. */
function joins(s: Script, offices: readonly [number, ...number[]], on: string): void {
  const id = s.join(0, offices[0], { wishedOn: on, top: offices.length === 1 ? 3 : 2 });
  for (const office of offices) s.approve(office, id, on);
}

const away = { kind: 'transfer', affiliation: '0/0', wishedOn: '2026-03-01', leaveOn: '2026-02-28' } as const;

export const several: Readonly<Record<string, Script>> = {
  'ほかの所属のある医師会への異動では、新たな所属を作らず、その所属に加わる': written((s) => {
    const id = s.join(0, 14_501, { wishedOn: '2026-01-15', top: 2 });
    for (const office of aoba.slice(0, 3)) s.approve(office, id, '2026-01-15');
    joins(s, [27_001, 27_000], '2026-01-20');
    const move = s.send(0, { ...away, lowest: 27_001 });
    s.approve(14_501, move, '2026-02-28');
    s.approve(0, move, '2026-03-01');
  }),
  '異動先が決まらない異動では退会だけを行い、共有する上層はほかの所属に移せる': written((s) => {
    s.member(0, kita, '2026-01-15');
    joins(s, [minato[0], minato[1]], '2026-01-15');
    const id = s.send(0, { ...away, wishedOn: '2026-02-28', moves: [{ association: 0, to: '0/1' }] });
    s.approve(13_005, id, '2026-02-28');
    s.approve(27_001, id, '2026-02-28');
    s.office(27_000, 'acknowledge', id);
  }),
  '上層の会員資格は、その下層のない所属には移せない(異動)': written((s) => {
    s.member(0, kita, '2026-01-15');
    joins(s, [27_002], '2026-01-15');
    s.send(0, { ...away, wishedOn: '2026-02-28', moves: [{ association: 0, to: '0/1' }] });
    s.send(0, {
      ...away,
      wishedOn: '2026-02-28',
      moves: [
        { association: 27_000, to: '0/1' },
        { association: 0, to: '0/1' },
      ],
    });
  }),
  'ほかの所属の最下層が求める上層は、異動でも終わらせられない': written((s) => {
    s.member(0, kita, '2026-01-15');
    joins(s, [minato[0], minato[1]], '2026-01-15');
    s.settings(13_005, { requiredUpperLayers: 'all' });
    s.send(0, { ...away, wishedOn: '2026-02-28' });
    s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-02-28' });
    s.settings(13_005, { requiredUpperLayers: 'none' });
    s.send(0, { ...away, wishedOn: '2026-02-28' });
  }),
  '申請中の届のある所属には、上層の会員資格を移せない': written((s) => {
    s.member(0, kita, '2026-01-15');
    joins(s, [minato[0], minato[1]], '2026-01-15');
    const busy = s.send(0, { kind: 'change', affiliation: '0/1', newPlace: true, wishedOn: '2026-02-10' });
    const moves = [{ association: 0, to: '0/1' }];
    s.send(0, { ...away, wishedOn: '2026-02-28', moves });
    s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-02-28', moves });
    s.office(13_005, 'cancel', busy);
    s.send(0, { kind: 'withdrawal', affiliation: '0/0', ticked: [27_001], wishedOn: '2026-02-28', moves });
  }),
  '都道府県医師会に直接入会する人にも、その医師会が求める上層がある': written((s) => {
    s.settings(14_000, { directJoin: true, requiredUpperLayers: 'all' });
    const id = s.join(0, 14_000, { wishedOn: '2026-01-15', top: 2 });
    s.approve(14_000, id, '2026-01-15');
    s.approve(0, id, '2026-01-15');
  }),
};
