import type { AssociationSettings, RequiredDocument } from '#features/association/schema.ts';

/** The papers that the chosen associations want for a kind of application, each once; required if one of them requires it. */
export function neededDocuments(
  settings: readonly AssociationSettings[],
  kind: RequiredDocument['kind'],
): { code: string; title: string; required: boolean; note: string }[] {
  const found = new Map<string, { code: string; title: string; required: boolean; note: string }>();
  for (const paper of settings.flatMap((one) => one.requiredDocuments).filter((one) => one.kind === kind)) {
    const known = found.get(paper.code);
    found.set(paper.code, {
      code: paper.code,
      title: paper.title,
      note: known?.note ?? paper.note,
      required: paper.required || known?.required === true,
    });
  }
  return [...found.values()];
}
