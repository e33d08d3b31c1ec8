import { Link } from 'react-router';
import { inquiryTexts as texts } from '../messages.ts';

/** Above every form: look at よくある質問 first (`screens.md A-15`). */
export function BeforeAsking() {
  return (
    <p>
      {texts.beforeAsking}{' '}
      <Link className="inline-flex min-h-11 items-center" to="/help">
        よくある質問
      </Link>
    </p>
  );
}
