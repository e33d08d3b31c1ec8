import { Form } from 'react-router';
import type { Refusal } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { texts } from '../messages.ts';
import type { ConsentTexts, Edition } from '../queries/terms.ts';

/** One of the two texts, with the version and the day from which it holds. */
function Text({ to, title, text: { version, effectiveOn } }: { to: string; title: string; text: Edition }) {
  return (
    <li className="mb-3">
      <a href={to} target="_blank" rel="noreferrer">
        {`${title}(新しいタブで開きます)`}
      </a>
      <span className="block">{`第${version}版 ${formatDayPlain(effectiveOn)}施行`}</span>
    </li>
  );
}

/** The box of A-03, also at the first login of a migrated doctor. */
export function ConsentForm({ editions, refusal }: { editions: ConsentTexts; refusal: Refusal | undefined }) {
  return (
    <>
      <p>{texts.consentInstruction}</p>
      <ul className="ui-links mb-6">
        <Text to="/terms" title="利用規約" text={editions.terms} />
        <Text to="/privacy" title="個人情報の取り扱いについて" text={editions.privacy} />
      </ul>
      <ErrorSummary refusal={refusal} />
      <Form method="post">
        <FormState errors={refusal?.fields}>
          <Checkbox name="agree" label="利用規約・個人情報の取り扱いに同意する" required />
        </FormState>
        <Actions>
          <Button variant="primary" size="large">
            次へ
          </Button>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
