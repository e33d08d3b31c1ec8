import type { Day } from '#kernel/day.ts';
import type { Layer } from '#kernel/actor.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { SettingField } from '#features/association/settings-fields.ts';
import { paperSentence, settingFields } from '#features/association/settings-fields.ts';
import type { ApplicationKind } from './flow.ts';

/** 適用した環境設定 of a case, one plain sentence for each setting (`screens.md O-05, D-07`). */

export type AppliedSettings = {
  associationId: number;
  associationName: string;
  version: number;
  startsOn: Day;
  sentences: readonly string[];
};

/** What only the association settles where the case begins; the same setting of those above decides nothing here. */
const ofLowest: readonly string[] = [
  'requiredUpperLayers',
  'allowUpperOnlyWithdrawal',
  'transferOrder',
  'transferWithdrawal',
  'wishWindow',
];

function isLayer(value: number): value is Layer {
  return value >= 1 && value <= 4;
}

function sentencesOf(
  field: SettingField,
  settings: AssociationSettings,
  about: { layer: Layer; kind: ApplicationKind },
): readonly string[] {
  if (field.code === 'boardMeetings' && settings.boardMeetings.length === 0) return [];
  return field.code === 'requiredDocuments' ? [paperSentence(settings, about.kind)] : field.sentences(settings, about.layer);
}

/** All settings of one association that work on a case of this kind. `isLowest`: the case begins there. */
export function settingSentences(
  settings: AssociationSettings,
  about: { layer: number; kind: ApplicationKind; isLowest: boolean },
): string[] {
  const { layer, kind, isLowest } = about;
  if (!isLayer(layer)) throw new RangeError(`no such layer: ${layer}`);
  return settingFields(layer)
    .filter((field) => field.internal !== true && (isLowest || !ofLowest.includes(field.code)))
    .flatMap((field) => sentencesOf(field, settings, { layer, kind }));
}

/** The pinned version of every association of a case, in the order of its steps, each association once. */
export function appliedSettings(
  kind: ApplicationKind,
  steps: readonly { associationId: number; associationName: string; layer: number }[],
  pins: readonly PinnedSettings[],
): AppliedSettings[] {
  const lowest = Math.max(...steps.map((step) => step.layer));
  const once = steps.filter((step, place) => steps.findIndex((one) => one.associationId === step.associationId) === place);
  return once.flatMap(({ associationId, associationName, layer }) => {
    const pin = pins.find((one) => one.associationId === associationId);
    if (pin === undefined) return [];
    const sentences = settingSentences(pin.settings, { layer, kind, isLowest: layer === lowest });
    return [{ associationId, associationName, version: pin.version, startsOn: pin.startsOn, sentences }];
  });
}
