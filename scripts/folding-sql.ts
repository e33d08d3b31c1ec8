/** The SQL form of `foldName`, from the same tables. */
import { DECOMPOSED_RANGES, FOLD_TABLES, STRIPPED_RANGES } from '../src/kernel/fold-tables.ts';

type Ranges = readonly (readonly [number, number])[];
type Pairs = readonly (readonly [string, string])[];

/** The whole migration text: the function and its comment. */
export function foldingSql(): string {
  return `-- 検索用の氏名畳み込み(rules.md 10)。src/kernel/fold-name.ts の foldName と、すべての文字列で同じ結果を返す。
-- scripts/generate-glyphs.ts --sql で生成。db/masters/glyph_variants.csv を変更したときは、この関数を置き換え、
-- 畳み込み済みの列を計算し直す新しいマイグレーションを追加する(生成列は自動では再計算されない)。
-- 1文字ずつの対応表だけで定義する。Unicodeの版、ロケール、照合順序に依存せず、PostgreSQLを更新しても索引は壊れない。
-- translate() は表の長さに比例して遅いので、表にある文字を含む氏名にだけ表を渡す。
CREATE FUNCTION fold_name(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(translate(translate(
  CASE WHEN ${has([...DECOMPOSED_RANGES, ...STRIPPED_RANGES])}
  THEN (
    -- 合成済みのラテン文字、ローマ数字、①、㈱、互換漢字などを1文字ずつ分解し、アクセントと異体字セレクタを除く。
    SELECT coalesce(string_agg(
      regexp_replace(
        CASE WHEN glyph COLLATE "C" ~ ${characterClass(DECOMPOSED_RANGES)}
        THEN normalize(glyph, NFKD) ELSE glyph END COLLATE "C",
        ${characterClass(STRIPPED_RANGES)}, '', 'g'
      ), '' ORDER BY place), '')
    FROM regexp_split_to_table(name COLLATE "C", '') WITH ORDINALITY AS glyphs (glyph, place)
  ) ELSE name END,
  -- カタカナの小書き、濁点、半濁点
  ${table(FOLD_TABLES.katakana)}),
  -- ひらがな、半角カナ、全角英数記号、英字の大小。末尾の空白、中点、単独の濁点は除く
  ${table(FOLD_TABLES.width)}),
  -- 異体字・旧字体
  ${table(FOLD_TABLES.variants)}
);

COMMENT ON FUNCTION fold_name(text) IS
  '検索用の畳み込み。異体字・旧字体、全角半角、ひらがなとカタカナ、小書き、濁点・半濁点、空白・中点、異体字セレクタ、英字の大小を同一視する。長音は残す。表示・出力には使わない';
`;
}

/** Both tables of one translate(); what is decomposed may bring characters that the name itself does not have. */
function table(pairs: Pairs): string {
  const kept = pairs.filter(([, base]) => base !== '');
  const dropped = pairs.filter(([, base]) => base === '');
  const from = [...kept, ...dropped].map(([character]) => character);
  const used = has([...rangesOf(from), ...DECOMPOSED_RANGES]);
  return `CASE WHEN ${used}
  THEN ${literal(from)} ELSE '' END,
  ${literal(kept.map(([, base]) => base))}`;
}

function has(ranges: Ranges): string {
  return `name COLLATE "C" ~ ${characterClass(ranges)}`;
}

function rangesOf(characters: readonly string[]): Ranges {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0).sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const code of codes) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] + 1 === code) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}

/** A bracket expression as an SQL literal over several lines, in escapes only. */
function characterClass(ranges: Ranges): string {
  const code = (value: number): string =>
    value > 0xffff ? `\\U${value.toString(16).padStart(8, '0')}` : `\\u${value.toString(16).padStart(4, '0')}`;
  const items = ranges.map(([first, last]) => (first === last ? code(first) : `${code(first)}-${code(last)}`));
  return `'[${chunks(items, 16).join("'\n   '")}]'`;
}

/** A long literal over several lines; characters that editors alter or hide are escaped. */
function literal(characters: readonly string[]): string {
  return `E'${chunks(characters.map(escaped), 60).join("'\n   '")}'`;
}

function chunks(items: readonly string[], size: number): string[] {
  const lines: string[] = [];
  for (let start = 0; start < items.length; start += size) lines.push(items.slice(start, start + size).join(''));
  return lines;
}

/** Quote and backslash too: psql reads every line of a continued literal as a plain one. */
function escaped(character: string): string {
  if (!/['\\\p{C}\p{Z}\p{M}\uf900-\ufaff]/u.test(character)) return character;
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
