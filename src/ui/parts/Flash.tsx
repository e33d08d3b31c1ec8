/** What was just done, e.g. 「保存しました。」; read out, stays until the next page. */
export function Flash({ message }: { message?: string | undefined }) {
  return <div role="status">{message ? <p className="ui-flash">{message}</p> : null}</div>;
}
