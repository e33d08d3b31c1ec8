import type { Attempt } from '../../reference/reference.ts';
import type { Play } from '../stage.ts';
import type { Fields } from './forms.ts';
import type { Sheet } from './browser.ts';

/** What is done with a case that is there, as the forms of its pages. */

type OnCase = Extract<Attempt, { case: number }>;
type Form = Pick<Sheet, 'path' | 'fields' | 'holding' | 'taken'>;

/** Papers are written at the address of the doctor or of the office, everything else at one of them only. */
export function rootOf(by: OnCase['by']): string {
  return 'doctor' in by ? '/my/applications' : '/office/applications';
}

export function leadsTo(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/[?]/g, '\\?')}$`);
}

function atOffice(id: string, page: string, { fields, holding }: { fields: Fields; holding: string }): Form {
  return { path: `/office/applications/${id}/${page}`, fields, holding, taken: new RegExp(`^/office/applications/${id}(\\?|$)`) };
}

function ofApplicant(play: Play, { step, id }: { step: OnCase; id: string }): Form {
  const root = rootOf(step.by);
  switch (step.do) {
    case 'submit':
      return { path: `${root}/${id}/review`, fields: { intent: 'submit' }, holding: 'intent', taken: leadsTo(`${root}/${id}/submitted`) };
    case 'resubmit':
      return { path: `${root}/${id}/review`, fields: { intent: 'resubmit' }, holding: 'intent', taken: leadsTo(`${root}/${id}`) };
    case 'deleteDraft':
      return { path: `${root}/${id}/delete`, fields: {}, holding: 'version', taken: leadsTo(`${root}?tab=draft`) };
    default:
      return {
        path: `/my/applications/${id}/retract`,
        fields: { reason: play.reasons.cancel },
        holding: 'reason',
        taken: leadsTo(`/my/applications/${id}`),
      };
  }
}

function approval({ on, category, confirmed, gapReason }: Extract<OnCase, { do: 'approve' }>['decision']): Fields {
  return {
    intent: 'approve',
    decidedOn: on,
    categoryId: String(category),
    gapReason: gapReason ? '転居のため' : '',
    boardNote: '',
    message: '',
    confirmedFor: on,
    ...(confirmed ? { confirmed: '1' } : {}),
  };
}

/** The form that does a step with this case. */
export function formOf(play: Play, { step, id }: { step: OnCase; id: string }): Form {
  switch (step.do) {
    case 'receive':
      return atOffice(id, 'receive', { fields: {}, holding: 'withoutMail' });
    case 'approve':
      return atOffice(id, 'approve', { fields: approval(step.decision), holding: 'decidedOn' });
    case 'return':
      return atOffice(id, 'return', { fields: { reasons: 'R04', message: 'ご確認ください。' }, holding: 'message' });
    case 'reject':
      return atOffice(id, 'reject', { fields: { reason: play.reasons.reject, message: '見送りとします。' }, holding: 'reason' });
    case 'cancel':
      return atOffice(id, 'cancel', { fields: { reason: play.reasons.cancel, note: '' }, holding: 'reason' });
    case 'acknowledge':
      return atOffice(id, 'acknowledge', { fields: {}, holding: 'version' });
    case 'revoke':
      return atOffice(id, 'revoke', { fields: { reason: '誤って承認したため' }, holding: 'reason' });
    case 'revokeLeave':
      return atOffice(id, 'revoke', { fields: { what: 'leave', reason: play.reasons.revokeLeave, note: '本人の申し出' }, holding: 'note' });
    default:
      return ofApplicant(play, { step, id });
  }
}
