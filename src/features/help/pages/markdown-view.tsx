import { Fragment } from 'react';
import { Link } from 'react-router';
import type { Block, Inline } from '../markdown.ts';

/** A page of the manual on the screen. */

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'code':
      return <code>{part.text}</code>;
    case 'link':
      return <Link to={part.to}>{part.text}</Link>;
    case 'picture':
      return <img className="my-4 max-w-full border border-solid-gray-420" src={part.source} alt={`画面:${part.text}`} loading="lazy" />;
    default:
      return part.text;
  }
}

function Line({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, place) => (
    <Fragment key={place}>
      <Part part={part} />
    </Fragment>
  ));
}

function Heading({ block, offset }: { block: Extract<Block, { kind: 'heading' }>; offset: number }) {
  const level = block.level + offset;
  if (level <= 1) return <h1>{block.text}</h1>;
  if (level === 2) return <h2 id={block.id}>{block.text}</h2>;
  return level === 3 ? <h3 id={block.id}>{block.text}</h3> : <h4 id={block.id}>{block.text}</h4>;
}

function Table({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <div className="ui-table-scroll my-4 overflow-x-auto">
      <table className="ui-table">
        <thead>
          <tr>
            {block.head.map((cell, place) => (
              <th key={place} scope="col">
                <Line parts={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={column}>
                  <Line parts={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Items({ block }: { block: Extract<Block, { kind: 'list' }> }) {
  const items = block.items.map((parts, place) => (
    <li key={place} className="whitespace-pre-line">
      <Line parts={parts} />
    </li>
  ));
  if (!block.ordered) return <ul className="my-4 list-disc pl-8">{items}</ul>;
  return (
    <ol className="my-4 list-decimal pl-8" start={block.start}>
      {items}
    </ol>
  );
}

function BlockView({ block, offset }: { block: Block; offset: number }) {
  switch (block.kind) {
    case 'heading':
      return <Heading block={block} offset={offset} />;
    case 'list':
      return <Items block={block} />;
    case 'table':
      return <Table block={block} />;
    case 'quote':
      return (
        <blockquote className="my-4 border-l-4 border-solid-gray-420 pl-4">
          <Line parts={block.parts} />
        </blockquote>
      );
    default:
      return (
        <p className="my-4">
          <Line parts={block.parts} />
        </p>
      );
  }
}

/** `offset` moves the headings down where the page has one of its own. */
export function MarkdownView({ blocks, offset = 0 }: { blocks: readonly Block[]; offset?: number }) {
  return blocks.map((block, place) => <BlockView key={place} block={block} offset={offset} />);
}
