import { Link } from 'react-router';

/** 保存した条件 above a list, one press each. */
export function SavedViewLinks({ views, listTo }: { views: readonly { id: string; name: string; conditions: string }[]; listTo: string }) {
  if (views.length === 0) return null;
  return (
    <nav aria-label="保存した条件" className="mb-4">
      <ul className="flex flex-wrap gap-x-6">
        {views.map((view) => (
          <li key={view.id}>
            <Link className="inline-flex min-h-11 items-center" to={`${listTo}${view.conditions}`}>
              {view.name}
            </Link>
          </li>
        ))}
        <li>
          <Link className="inline-flex min-h-11 items-center" to={`${listTo}/views`}>
            保存した条件を整理する
          </Link>
        </li>
      </ul>
    </nav>
  );
}
