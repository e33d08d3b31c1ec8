import type { Day } from '#kernel/day.ts';
import type { Deed, NotificationKind } from './labels.ts';

/** Which offices are told what about a case (`screens.md O-15`). Never the one that did it. Pure. */

export type NewsStep = {
  id: string;
  associationId: number;
  layer: number;
  leg: 'join' | 'leave' | 'change';
  role: string;
  decidedOn: Day | null;
  /** Categories before and after the decision; the former from the ledger. */
  categoryBefore: number | null;
  categoryAfter: number | null;
};

export type NewsCase = {
  kind: string;
  steps: readonly NewsStep[];
  proxyAssociationId: number | null;
  /** 所在不明 is the ground of the paper. */
  missing: boolean;
  diedOn: Day | null;
  /** Associations of which the person is, or will be, a member. */
  members: readonly number[];
  /** Associations above the acting one in the tree, itself left out. */
  above: readonly number[];
};

export type Notice = {
  associationId: number;
  kind: NotificationKind;
  deed: Deed;
  aboutId: number | null;
  also: readonly number[];
  on: Day | null;
  categoryBefore: number | null;
  categoryAfter: number | null;
};

/** What becomes of a case. */
export type CaseNews = 'approved' | 'rejected' | 'revoked' | 'objected' | 'submitted' | 'died' | 'deathWithdrawn';

type About = Omit<Notice, 'associationId' | 'kind'>;

const deedOfLeg = { join: 'joined', leave: 'left', change: 'moved' } as const;

function plain(deed: Deed, aboutId: number | null): About {
  return { deed, aboutId, also: [], on: null, categoryBefore: null, categoryAfter: null };
}

function aboutDecision(target: NewsCase, acting: NewsStep): About {
  const cascade = target.steps.filter((step) => step.id !== acting.id && step.leg === 'leave' && step.role === 'acknowledge');
  return {
    deed: target.kind === 'change' ? 'categoryChanged' : deedOfLeg[acting.leg],
    aboutId: acting.associationId,
    also: acting.leg === 'leave' ? cascade.map((step) => step.associationId) : [],
    on: acting.decidedOn,
    categoryBefore: acting.categoryBefore,
    categoryAfter: acting.leg === 'leave' ? null : acting.categoryAfter,
  };
}

/** Offices of a join that have the person already: those below, and those above that another group made members of (`rules.md 1.4`). */
function joinNotices(target: NewsCase, acting: NewsStep, about: About): Notice[] {
  const members = new Set(target.members);
  const inCase = new Set(target.steps.map((step) => step.associationId));
  const lowest = target.steps.every((step) => step.layer <= acting.layer);
  const shared = target.above.filter((id) => members.has(id) && !inCase.has(id));
  const kind = lowest && about.deed === 'joined' ? ('otherAffiliation' as const) : ('layers' as const);
  return [
    ...[...inCase].filter((id) => members.has(id)).map((associationId) => ({ ...about, associationId, kind: 'layers' as const })),
    ...shared.map((associationId) => ({ ...about, associationId, kind })),
  ];
}

function kindOfSide(target: NewsCase, acting: NewsStep, step: NewsStep): NotificationKind {
  return target.kind === 'transfer' && step.leg !== acting.leg && step.leg !== 'change' ? 'otherSide' : 'layers';
}

/** The other offices of the case: the other side of a transfer hears of it as such. */
function sideNotices(target: NewsCase, acting: NewsStep, about: About): Notice[] {
  return target.steps.map((step) => ({ ...about, associationId: step.associationId, kind: kindOfSide(target, acting, step) }));
}

function decisionNotices(target: NewsCase, acting: NewsStep, completed: boolean): Notice[] {
  const about = aboutDecision(target, acting);
  if (target.kind === 'join') return joinNotices(target, acting, about);
  if (target.kind === 'change') {
    // A change of workplace alone is for 確認 in O-03.
    if (acting.categoryBefore === acting.categoryAfter) return [];
    return target.steps.map((step) => ({ ...about, associationId: step.associationId, kind: 'category' as const }));
  }
  const notices = sideNotices(target, acting, about);
  // Until the last office has decided, a transfer has changed nothing for the own side.
  return target.kind === 'transfer' && !completed ? notices.filter((one) => one.kind === 'otherSide') : notices;
}

function undoneNotices(target: NewsCase, acting: NewsStep, deed: 'rejected' | 'revoked'): Notice[] {
  const about = plain(deed, acting.associationId);
  return target.kind === 'join' ? joinNotices(target, acting, about) : sideNotices(target, acting, about);
}

/** Everybody who has the person, or a part in the case. */
function everybody({ steps, members, proxyAssociationId }: NewsCase): number[] {
  const entered = proxyAssociationId === null ? [] : [proxyAssociationId];
  return [...steps.map((step) => step.associationId), ...members, ...entered];
}

/** Each office once, and never the one that did it. */
function withoutSource(notices: readonly Notice[], source: number | null): Notice[] {
  const seen = new Set<number | null>([source]);
  return notices.filter(({ associationId }) => {
    const fresh = !seen.has(associationId);
    seen.add(associationId);
    return fresh;
  });
}

export type Telling = { source: 'person' | 'office' | 'system'; sourceAssociationId: number | null; notices: Notice[] };

/** What is told about a case, to whom, and in whose name; undefined where nothing is. */
export function tellingOf(news: CaseNews, target: NewsCase, about: { stepId: string; completed: boolean }): Telling | undefined {
  const acting = target.steps.find((step) => step.id === about.stepId);
  const { proxyAssociationId } = target;
  switch (news) {
    case 'approved':
    case 'rejected':
    case 'revoked': {
      if (acting === undefined) return undefined;
      const notices = news === 'approved' ? decisionNotices(target, acting, about.completed) : undoneNotices(target, acting, news);
      return { source: 'office', sourceAssociationId: acting.associationId, notices: withoutSource(notices, acting.associationId) };
    }
    case 'objected': {
      const told = everybody({ ...target, members: [] }).map((associationId) => ({
        ...plain('objected', proxyAssociationId),
        associationId,
        kind: 'objection' as const,
      }));
      return { source: 'person', sourceAssociationId: null, notices: withoutSource(told, null) };
    }
    default: {
      if (proxyAssociationId === null || (news === 'submitted' && !target.missing)) return undefined;
      const deed = news === 'submitted' ? 'missing' : news;
      const what = { ...plain(deed, proxyAssociationId), on: deed === 'died' ? target.diedOn : null };
      const told = everybody(target).map((associationId) => ({ ...what, associationId, kind: 'death' as const }));
      return { source: 'office', sourceAssociationId: proxyAssociationId, notices: withoutSource(told, proxyAssociationId) };
    }
  }
}

/** 会費免除・研修修了 are told so many days before they end. */
export const endingNoticeDays = 60;
