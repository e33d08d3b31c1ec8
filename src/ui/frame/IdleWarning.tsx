import { useCallback, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { Button } from '../parts/Button.tsx';
import { leaveUnasked } from '../unsaved/UnsavedGuard.tsx';
import type { IdleLimit } from './frameData.ts';

const MINUTE = 60_000;
const NOTICE_MINUTES = 5;
const LAST_USE = 'mamis-last-use';

/** The session is over: the page must not stand there with what it shows. */
function endSession(): void {
  leaveUnasked();
  window.location.reload();
}

/** Says five minutes before that the session will end (`screens.md 1.5`). Use in any tab keeps every tab quiet. */
export function IdleWarning({ idle }: { idle: IdleLimit }) {
  const { key } = useLocation();
  const [shown, setShown] = useState(false);
  const [failed, setFailed] = useState(false);
  const used = useCallback(() => {
    localStorage.setItem(LAST_USE, String(Date.now()));
    setShown(false);
    setFailed(false);
  }, []);
  // Every navigation has asked the server, which has prolonged the session.
  useEffect(used, [key, used]);
  useEffect(() => {
    const timer = setInterval(() => {
      const minutes = (Date.now() - Number(localStorage.getItem(LAST_USE))) / MINUTE;
      if (minutes >= idle.minutes) endSession();
      else setShown(minutes >= idle.minutes - NOTICE_MINUTES);
    }, MINUTE / 4);
    return () => clearInterval(timer);
  }, [idle.minutes]);
  const prolong = () => {
    fetch(idle.keepAliveUrl, { headers: { Accept: 'application/json' } }).then(
      (response) => (response.ok ? used() : setFailed(true)),
      () => setFailed(true),
    );
  };
  if (!shown) return null;
  return (
    <div className="ui-idle" role="alert">
      <p>あと5分で自動的にログアウトします。</p>
      {failed ? <p>通信できませんでした。もう一度お試しください。</p> : null}
      <Button type="button" variant="primary" onClick={prolong}>
        続ける
      </Button>
    </div>
  );
}
