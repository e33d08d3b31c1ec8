import type { ReactNode } from 'react';
import { sizeText } from '#ui/fields/FileField.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { ShownPreview } from './load-preview.ts';

/** A file of a case as pictures of its pages, or by its words and tables; the same for doctor and office. */

type Preview = ShownPreview['preview'];
type Block = Extract<Preview, { kind: 'text' }>['blocks'][number];

const fromOffice = 'Word・Excelの内容をページの画像に変換して表示しています。元の文書と見え方が異なることがあります。';
const textOnly = '文字と表だけを表示しています。書式、図、写真は表示されません。正確な内容はダウンロードしてご確認ください。';
const cutSentence = '内容が多いため、途中までを表示しています。';

function PageNotes({ preview }: { preview: Extract<Preview, { kind: 'pages' }> }) {
  const partly = preview.drawn < preview.pageCount;
  if (!partly && preview.from !== 'office') return null;
  return (
    <Notice tone="info" title="表示について">
      {preview.from === 'office' ? <p>{fromOffice}</p> : null}
      {partly ? <p>{`全${preview.pageCount}ページのうち、先頭の${preview.drawn}ページを表示しています。`}</p> : null}
    </Notice>
  );
}

function Pages({ shown, preview, base }: { shown: ShownPreview; preview: Extract<Preview, { kind: 'pages' }>; base: string }) {
  const numbers = Array.from({ length: preview.drawn }, (_none, index) => index + 1);
  return (
    <>
      <PageNotes preview={preview} />
      {numbers.map((page) => (
        <figure className="mb-6" key={page}>
          <img
            className="h-auto max-w-full border border-solid-gray-420"
            loading={page === 1 ? 'eager' : 'lazy'}
            src={`${base}/pages/${page}`}
            alt={`${shown.name}の${page}ページ目の画像`}
          />
          {preview.pageCount > 1 ? <figcaption>{`${page} / ${preview.pageCount}ページ`}</figcaption> : null}
        </figure>
      ))}
    </>
  );
}

function Table({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    // Wide sheets are scrolled, also by key
    <div className="ui-table-scroll mb-6" tabIndex={0} role="region" aria-label={block.title === '' ? '表' : block.title}>
      <table className="ui-table">
        {block.title === '' ? null : <caption>{block.title}</caption>}
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={`${index}`}>
              {row.map((cell, column) => (
                <td className="whitespace-pre-wrap" key={`${column}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TextBlocks({ preview }: { preview: Extract<Preview, { kind: 'text' }> }) {
  return (
    <>
      <Notice tone="info" title="表示について">
        <p>{textOnly}</p>
        {preview.cut ? <p>{cutSentence}</p> : null}
      </Notice>
      {preview.blocks.map((block, index) => {
        const key = `${index}`;
        if (block.kind === 'table') return <Table key={key} block={block} />;
        if (block.kind === 'heading') return <h2 key={key}>{block.text}</h2>;
        return (
          <p className="mb-4 whitespace-pre-wrap" key={key}>
            {block.text}
          </p>
        );
      })}
    </>
  );
}

function content(shown: ShownPreview, base: string): ReactNode {
  const { preview } = shown;
  if (preview.kind === 'pages') return <Pages shown={shown} preview={preview} base={base} />;
  if (preview.kind === 'text') return <TextBlocks preview={preview} />;
  return (
    <Notice tone="warn" title="プレビューを表示できません。">
      <p>ダウンロードしてご確認ください。</p>
    </Notice>
  );
}

/** `base` is the address of the document itself. */
export function DocumentPreview({ shown, base }: { shown: ShownPreview; base: string }) {
  return (
    <>
      <h1>{`${shown.title} プレビュー`}</h1>
      <p className="mb-4">{`${shown.name} ${sizeText(shown.size)}`}</p>
      <p className="mb-6">
        <a className="ui-button" href={`${base}?download=1`}>
          ダウンロード
        </a>
      </p>
      {content(shown, base)}
    </>
  );
}
