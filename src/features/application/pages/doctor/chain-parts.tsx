import type { ReactNode } from 'react';
import type { Refusal } from '#kernel/refusal.ts';
import { AssociationsLink } from '#features/association/pages/associations-link.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { textsOf } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { categoryField } from '../../schema.ts';
import type { ChainLine, JoinChain } from '../../queries/join-chain.ts';
import type { JoinStart } from '../../queries/join-start.ts';
import { AssociationFinder, WorkplaceFinder } from './finders.tsx';

/** What the choice of associations consists of: in 入会届, and for the destination of 異動届. */

/** The lines as they were sent, when the form comes back with messages. */
export function sentLines(chain: JoinChain, values: FormValues | undefined): readonly ChainLine[] {
  if (values === undefined) return chain.lines;
  const ticked = textsOf(values['ticked']);
  return chain.lines.map((line) => ({
    ...line,
    ticked: line.status === 'open' && (line.locked || ticked.includes(String(line.associationId))),
    categoryId: textsOf(values[`categories.${categoryField(line.associationId)}`])[0] ?? '',
  }));
}

/** The chain that was found. */
export function Chain({ start, chain }: { start: JoinStart; chain: JoinChain }) {
  const names = chain.lines.map((line) => line.name).join(' → ');
  const again = start.from === undefined ? '?again=1' : `?again=1&from=${start.from}`;
  return (
    <Section title="1. 該当する医師会">
      <p className="text-lg font-bold">{names}</p>
      {start.chosen?.workplace === undefined ? null : <p>{`勤務先:${start.chosen.workplace.name}`}</p>}
      {start.fixed ? (
        <p>差戻しの修正では、申請先の医師会は変更できません。</p>
      ) : (
        <Actions>
          <LinkButton to={again} size="small">
            医師会を選び直す
          </LinkButton>
        </Actions>
      )}
    </Section>
  );
}

/** 入会の案内文 as the associations of the chain have written it (`screens.md O-19`). */
function Guides({ chain }: { chain: JoinChain }) {
  if (chain.guides.length === 0) return null;
  return (
    <Section title="医師会からのご案内">
      {chain.guides.map((guide) => (
        <div key={guide.associationName} className="mb-4">
          <h3>{guide.associationName}</h3>
          <p className="whitespace-pre-line">{guide.text}</p>
        </div>
      ))}
    </Section>
  );
}

/** The papers of each association of the chain; `verb` as the form calls it: 入会, 異動. */
export function PapersAsked({ chain, verb }: { chain: JoinChain; verb: string }) {
  return (
    <>
      <Guides chain={chain} />
      <Section title="必要な書類">
        {chain.papers.length === 0 ? (
          <p>提出が必要な書類の登録はありません。</p>
        ) : (
          <DefinitionTable
            items={chain.papers.map((row) => ({ label: row.associationName, value: row.papers, key: row.associationName }))}
          />
        )}
        <p className="mt-4">
          {`○${verb}する医師会によって${verb}申請時にご提出いただく書類が異なります。申請される前にお電話またはメールにてお問合せください。`}
        </p>
        <p>
          <AssociationsLink />
        </p>
      </Section>
    </>
  );
}

/** One line for each category of the JMA. */
export function CategoryHelp({ chain }: { chain: JoinChain }) {
  if (chain.help.length === 0) return null;
  return (
    <div className="my-4">
      <h3>会員区分の説明(日本医師会)</h3>
      <DefinitionTable items={chain.help.map((row) => ({ label: row.label, value: row.description, key: row.label }))} />
    </div>
  );
}

type FindersProps = {
  start: JoinStart;
  verb: string;
  backTo: string;
  /** A third way, before the notes. */
  children?: ReactNode;
};

/** Question 1: the ways to an association. */
export function Finders({ start, verb, backTo, children }: FindersProps) {
  return (
    <Section title="1. 該当する医師会を選択してください">
      <p className="mb-4">
        {children ? '次のいずれかの方法で選択してください。' : '次のどちらかの方法で選択してください。'}
        <span className="ui-required">必須</span>
      </p>
      <WorkplaceFinder finder={start.finder} prefectures={start.prefectures} from={start.from} />
      <AssociationFinder finder={start.finder} prefectures={start.prefectures} from={start.from} />
      {children}
      <p>{`○${verb}する医師会によって${verb}申請時にご提出いただく書類が異なります。申請される前にお電話またはメールにてお問合せください。`}</p>
      <p>
        <AssociationsLink />
      </p>
      <Actions>
        <LinkButton to={backTo}>{backTo === '/my' ? 'マイページTOPへ戻る' : '戻る'}</LinkButton>
      </Actions>
    </Section>
  );
}

/** The same message stands at several lines: the summary says at which. */
export function summaryOf(refusal: Refusal | undefined, chain: JoinChain | undefined): Refusal | undefined {
  if (refusal?.fields === undefined || chain === undefined) return refusal;
  const nameOf = (code: string) => chain.lines.find((line) => code === `categories.${categoryField(line.associationId)}`)?.name;
  const named = Object.entries(refusal.fields).map(([code, messages]) => {
    const name = nameOf(code);
    return [code, name === undefined ? messages : messages.map((message) => `${name}:${message}`)] as const;
  });
  return { ...refusal, fields: Object.fromEntries(named) };
}
