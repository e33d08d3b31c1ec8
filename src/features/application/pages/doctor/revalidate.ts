/**
 * Whatever was answered, also a refusal: the draft may have been kept or somebody may have been faster. The next press must
 * carry the present version.
 */
export function revalidateAfterAction({
  actionStatus,
  defaultShouldRevalidate,
}: {
  actionStatus?: number;
  defaultShouldRevalidate: boolean;
}): boolean {
  return actionStatus !== undefined || defaultShouldRevalidate;
}
