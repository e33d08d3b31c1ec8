import { SearchField } from '#ui/fields/SearchField.tsx';

type Option = { value: string; label: string; note?: string };

type Props = { label: string; hits: readonly Option[] | undefined; chosen: Option | undefined };

/** A facility of the master, searched for by its name. */
export function OtherFacility({ label, hits, chosen }: Props) {
  return (
    <SearchField
      key={`${hits === undefined ? '' : hits.map((hit) => hit.value).join()} ${chosen?.value ?? ''}`}
      name="otherId"
      label={label}
      required
      hint="施設名の一部を入力してください(部分一致)。フリガナ、電話番号でも検索できます。"
      suggestUrl="/suggest/facilities"
      chosen={chosen}
      hits={hits}
    />
  );
}
