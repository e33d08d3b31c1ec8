import { Link } from 'react-router';
import { ask } from '#platform/command/query.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { FormState } from '#ui/fields/formState.tsx';
import { sizeText } from '#ui/fields/FileField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import type { Route } from './+types/help.ts';
import { isForDoctors, isForOffices } from '../labels.ts';
import { questionsName } from '../manual.ts';
import type { ManualPdf } from '../manual.server.ts';
import { manualPage, manualPages, manualPdf, manualSections } from '../manual.server.ts';
import type { Block } from '../markdown.ts';
import type { FaqEntry } from '../queries/faq.ts';
import { faqEntries } from '../queries/faq.ts';
import type { Hit, Section as SearchedSection } from '../search.ts';
import { searchSections } from '../search.ts';
import { MarkdownView } from './markdown-view.tsx';

export const handle = definePage({
  id: 'A-16-help',
  title: 'よくある質問・操作の手引き',
  who: everybody,
  audit: { none: 'a text for everybody' },
});

export const meta = () => [{ title: 'よくある質問 | MAMIS' }];

const longest = 100;

/** What desks have added, to be found like the manual; its page is this one. */
function sectionOf({ id, question, answer }: FaqEntry): SearchedSection {
  return { page: '', title: 'よくある質問', heading: question, id: `faq-${id}`, sentences: answer.split('\n') };
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const q = (new URL(request.url).searchParams.get('q') ?? '').slice(0, longest);
  // The manual is part of the build: it is read while the database is away, too.
  const asked = await ask(faqEntries, contextOf(context), {});
  const added = asked.ok ? asked.value : [];
  return {
    q,
    hits: q.trim() === '' ? undefined : searchSections([...added.map(sectionOf), ...manualSections], q),
    added: added.map(({ id, question, answer }) => ({ id, question, answer })),
    questions: (manualPage(questionsName) ?? []).slice(1),
    pages: manualPages.filter((page) => page.name !== questionsName),
    pdfs: { doctors: manualPdf('doctors'), offices: manualPdf('offices') },
  };
}

type Question = { question: string; id: string; answer: Block[] };

/** Headings are the questions; what follows until the next one is the answer. */
function questionsOf(blocks: readonly Block[]): Question[] {
  const found: Question[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') found.push({ question: block.text, id: block.id, answer: [] });
    else found.at(-1)?.answer.push(block);
  }
  return found;
}

type Added = { id: string; question: string; answer: string };

function Questions({ blocks, added }: { blocks: readonly Block[]; added: readonly Added[] }) {
  return (
    <Section title="よくある質問">
      {questionsOf(blocks).map(({ question, id, answer }) => (
        <details key={id} className="border-b border-solid-gray-420">
          <summary className="min-h-11 cursor-pointer py-3 font-bold">{question}</summary>
          <div className="pb-4">
            <MarkdownView blocks={answer} />
          </div>
        </details>
      ))}
      {added.map(({ id, question, answer }) => (
        <details key={id} id={`faq-${id}`} className="border-b border-solid-gray-420">
          <summary className="min-h-11 cursor-pointer py-3 font-bold">{question}</summary>
          <p className="whitespace-pre-line pb-4">{answer}</p>
        </details>
      ))}
    </Section>
  );
}

/** An added question stands on this page, open or not. */
const placeOf = (hit: Hit) => (hit.page === '' ? `/help#${hit.id}` : `/help/${hit.page}#${hit.id}`);

function Hits({ hits }: { hits: readonly Hit[] }) {
  return (
    <Section title={`検索結果 ${hits.length}件`}>
      {hits.length === 0 ? <EmptyState>該当する説明はありません。言葉を変えてお試しください。</EmptyState> : null}
      <ul>
        {hits.map((hit) => (
          <li key={`${hit.page} ${hit.id}`} className="border-b border-solid-gray-420 py-3">
            <Link className="inline-flex min-h-11 items-center font-bold" to={placeOf(hit)}>
              {hit.heading === hit.title ? hit.title : `${hit.title} > ${hit.heading}`}
            </Link>
            <p>{hit.excerpt}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

type Page = { name: string; title: string; audience: string };

/** The pages of one kind of reader as a book. */
function Book({ title, pdf }: { title: string; pdf: ManualPdf }) {
  return (
    <p>
      <a
        className="inline-flex min-h-11 items-center"
        href={pdf.to}
        type="application/pdf"
        aria-label={`${title}の操作の手引きをPDFで開く`}
      >
        PDFで開く
      </a>
      {`(${sizeText(pdf.bytes)})`}
    </p>
  );
}

/** Pages for one kind of reader; who else is meant stands beside the title. */
function Pages({ title, pages, pdf }: { title: string; pages: readonly Page[]; pdf: ManualPdf | undefined }) {
  return (
    <>
      <h3>{title}</h3>
      {pdf === undefined ? null : <Book title={title} pdf={pdf} />}
      <ul className="mb-6">
        {pages.map((page) => (
          <li key={page.name}>
            <Link className="inline-flex min-h-11 items-center" to={`/help/${page.name}`}>
              {page.title}
            </Link>
            {isForDoctors(page) || page.audience === '医師会事務局' ? null : `(${page.audience})`}
          </li>
        ))}
      </ul>
    </>
  );
}

/** よくある質問, and the manual with a search in it. */
export default function Help({ loaderData }: Route.ComponentProps) {
  const { q, hits, questions, added, pages, pdfs } = loaderData;
  return (
    <>
      <h1>よくある質問・操作の手引き</h1>
      <FormState values={{ q }}>
        <FilterPanel keep={[]}>
          <TextField name="q" label="調べたい言葉" width="wide" hint="例:パスワード、退会 期限" autoComplete="off" />
        </FilterPanel>
      </FormState>
      {hits === undefined ? <Questions blocks={questions} added={added} /> : <Hits hits={hits} />}
      <Section title="操作の手引き">
        <Pages title="医師の方" pages={pages.filter(isForDoctors)} pdf={pdfs.doctors} />
        <Pages title="医師会事務局の方" pages={pages.filter(isForOffices)} pdf={pdfs.offices} />
      </Section>
      <p>
        解決しないときは、<Link to="/contact">お問合せフォーム</Link>(ログインしている方はメニューの「お問合せ」)からお問い合わせください。
      </p>
    </>
  );
}
