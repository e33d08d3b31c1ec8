/** What every changing form carries (`rules.md 3.11`): its key, the version it saw and the hat it was opened with. */
export function FormGuard(props: {
  /** Made by the loader, one per opened form. */
  idempotencyKey: string;
  /** Version of the row that is being changed; left out for new things. */
  version?: number | undefined;
  /** Which office the form acts for; left out for doctors. */
  hat?: string | undefined;
}) {
  return (
    <>
      <input type="hidden" name="idempotencyKey" value={props.idempotencyKey} />
      {props.version === undefined ? null : <input type="hidden" name="version" value={props.version} />}
      {props.hat === undefined ? null : <input type="hidden" name="hat" value={props.hat} />}
    </>
  );
}
