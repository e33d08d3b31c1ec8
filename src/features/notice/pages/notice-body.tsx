import type { Block, Inline } from '../body-text.ts';
import { blocksOf } from '../body-text.ts';

/** 本文 as React elements; nothing in it can become markup of its own. */

function Words({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, index) =>
    part.kind === 'text' ? (
      <span key={index}>{part.text}</span>
    ) : (
      <a key={index} href={part.to} target="_blank" rel="noopener noreferrer nofollow" className="break-all">
        {part.text}
        <span className="sr-only">(新しいタブで開きます)</span>
      </a>
    ),
  );
}

function Lines({ lines }: { lines: readonly (readonly Inline[])[] }) {
  return (
    <p className="mt-4">
      {lines.map((line, index) => (
        <span key={index} className="block">
          <Words parts={line} />
        </span>
      ))}
    </p>
  );
}

function Part({ block }: { block: Block }) {
  if (block.kind === 'paragraph') return <Lines lines={block.lines} />;
  if (block.kind === 'heading') {
    const words = <Words parts={block.text} />;
    return block.level === 2 ? <h2 className="mt-6">{words}</h2> : <h3 className="mt-6">{words}</h3>;
  }
  const items = block.items.map((item, index) => (
    <li key={index}>
      <Words parts={item} />
    </li>
  ));
  return block.ordered ? <ol className="mt-4 list-decimal pl-8">{items}</ol> : <ul className="mt-4 list-disc pl-8">{items}</ul>;
}

export function NoticeBody({ body }: { body: string }) {
  return (
    <div className="max-w-3xl break-words">
      {blocksOf(body).map((block, index) => (
        <Part key={index} block={block} />
      ))}
    </div>
  );
}
