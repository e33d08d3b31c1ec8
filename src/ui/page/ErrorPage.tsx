import { useEffect } from 'react';
import { Actions, LinkButton } from '../parts/Button.tsx';
import type { ErrorDetails } from './errorDetails.ts';
import { errorTexts, type ErrorStatus } from './errorTexts.ts';

type Props = {
  status: number;
  /** The top of the person's own pages. */
  homeTo?: string | undefined;
} & ErrorDetails;

/** Seconds between two tries of a page that is not available. */
const RETRY_SECONDS = 20;

/** The page for a status of `screens.md 1.6`; unknown statuses read as 404 (4xx) or 500. */
export function ErrorPage(props: Props) {
  const status = knownStatus(props.status);
  const { heading, text } = errorTexts(status, props);
  return (
    <>
      <title>{`${heading} | MAMIS`}</title>
      <h1>{heading}</h1>
      {text === '' ? null : <p>{text}</p>}
      {status === 503 ? <Retry /> : null}
      <Actions>
        <WayOut status={status} homeTo={props.homeTo ?? '/'} />
      </Actions>
    </>
  );
}

function knownStatus(status: number): ErrorStatus {
  if (status === 401 || status === 403 || status === 409 || status === 413 || status === 429 || status === 503) return status;
  if (status === 400 || status === 422) return 400;
  return status >= 500 ? 500 : 404;
}

function WayOut({ status, homeTo }: { status: ErrorStatus; homeTo: string }) {
  // The present address again, asked anew from the server; an empty link keeps path and query without script too.
  if (status === 500 || status === 503 || status === 429 || status === 409) {
    return (
      <a className="ui-button ui-button-primary" href="">
        再読み込み
      </a>
    );
  }
  if (status === 413 || status === 400) {
    return (
      <a className="ui-button ui-button-primary" href="">
        入力画面に戻る
      </a>
    );
  }
  if (status === 401) {
    return (
      <LinkButton variant="primary" to="/login" reloadDocument>
        ログイン
      </LinkButton>
    );
  }
  return (
    <LinkButton variant="primary" to={homeTo} reloadDocument>
      TOPに戻る
    </LinkButton>
  );
}

/** Comes back by itself: with script without a flash of the browser, without it by the browser's own refresh. */
function Retry() {
  useEffect(() => {
    const timer = setInterval(() => {
      fetch(window.location.href, { headers: { Accept: 'text/html' } }).then(
        (response) => {
          if (response.status !== 503) window.location.reload();
        },
        // The server is away altogether; the next turn asks again.
        () => undefined,
      );
    }, RETRY_SECONDS * 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content={String(RETRY_SECONDS)} />
      </noscript>
      <p role="status">再開すると、自動的に表示が切り替わります。</p>
    </>
  );
}
