/** A name with its kana above, as papers have it; the glyphs are the true ones. */
export function PersonName({ name, kana }: { name: string; kana: string }) {
  return (
    <span className="ui-name">
      <span className="ui-name-kana">{kana}</span>
      {name}
    </span>
  );
}
