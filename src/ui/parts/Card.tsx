import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** A box with a heading; `level` keeps the heading order of the page. */
export function Card(props: { title?: ReactNode; level?: 2 | 3; children?: ReactNode }) {
  const Heading = props.level === 3 ? 'h3' : 'h2';
  return (
    <div className="ui-card">
      {props.title ? <Heading>{props.title}</Heading> : null}
      {props.children}
    </div>
  );
}

/** Cards or doors side by side, as many as fit. */
export function CardGrid({ children }: { children: ReactNode }) {
  return <div className="ui-cards">{children}</div>;
}

/** A large button that leads to a task. */
export function Door({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link className="ui-door" to={to}>
      {children}
    </Link>
  );
}

/** A part of a page with its h2; `id` for links to it. */
export function Section(props: { title: ReactNode; id?: string; children: ReactNode }) {
  return (
    <section className="ui-section" id={props.id}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}

/** A count that leads to its list: 「3件 を表示する」. */
export function CountLink({ to, count, label }: { to: string; count: number; label?: string }) {
  return (
    <Link className="inline-flex min-h-11 items-baseline gap-2" to={to}>
      {label ? <span>{label}</span> : null}
      <span className="ui-big-number">{`${count.toLocaleString('ja-JP')}件`}</span>
      {label ? null : <span>を表示する</span>}
    </Link>
  );
}
