import { useState } from 'react';
import { Form } from 'react-router';
import { FormState } from '#ui/fields/formState.tsx';
import { SearchField } from '#ui/fields/SearchField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button, DefaultSubmit } from '#ui/parts/Button.tsx';
import { Card } from '#ui/parts/Card.tsx';
import type { Finder, JoinStart } from '../../queries/join-start.ts';
import { useHitsInView } from './use-hits-in-view.ts';

/** The two ways to an association; GET forms, so that each answer has an address and works without script. */

type Props = { finder: Finder; prefectures: JoinStart['prefectures']; from: string | undefined };

function Kept({ from }: { from: string | undefined }) {
  return (
    <>
      <input type="hidden" name="again" value="1" />
      {from === undefined ? null : <input type="hidden" name="from" value={from} />}
    </>
  );
}

/** 「勤務先から選ぶ」: nobody must know what a layer is. */
export function WorkplaceFinder({ finder, prefectures, from }: Props) {
  const [prefecture, setPrefecture] = useState(finder.facilityPrefecture);
  useHitsInView('facilityId', finder.facilityHits);
  return (
    <Card title="勤務先から選ぶ" level={3}>
      <p className="mb-4">勤務先を選ぶと、申請先の医師会を表示します。医師会の名称がわからない場合も選べます。</p>
      <Form method="get">
        <DefaultSubmit value="workplace" />
        <Kept from={from} />
        <FormState errors={finder.errors} values={{ facilityIdQuery: finder.facilityQuery }}>
          <SelectField
            name="facilityPrefecture"
            label="勤務先の都道府県"
            options={prefectures}
            placeholder="すべての都道府県"
            defaultValue={finder.facilityPrefecture}
            onChange={setPrefecture}
          />
          <SearchField
            key={`${finder.facilityPrefecture}/${finder.facilityQuery}/${finder.facilityHits?.length ?? ''}`}
            name="facilityId"
            label="所属施設"
            hint="所属施設名・フリガナの一部、または電話番号を入力してください(部分一致)"
            suggestUrl={`/suggest/facilities?prefecture=${prefecture}`}
            hits={finder.facilityHits}
          />
        </FormState>
        <Actions>
          <Button variant={finder.associationHits === undefined ? 'primary' : 'secondary'} name="intent" value="workplace">
            この勤務先の医師会を表示する
          </Button>
        </Actions>
      </Form>
    </Card>
  );
}

/** 「医師会を指定する」: prefecture, then the associations one can join there. */
export function AssociationFinder({ finder, prefectures, from }: Props) {
  const [prefecture, setPrefecture] = useState(finder.prefecture);
  useHitsInView('lowestAssociationId', finder.associationHits);
  return (
    <Card title="医師会を指定する" level={3}>
      <p className="mb-4">
        都道府県を選び、医師会の名称で検索してください。名称を入力せずに検索すると、その都道府県の医師会をすべて表示します。
      </p>
      <Form method="get">
        <DefaultSubmit value="association" />
        <Kept from={from} />
        <FormState errors={finder.errors} values={{ prefecture: finder.prefecture, lowestAssociationIdQuery: finder.associationQuery }}>
          <SelectField name="prefecture" label="都道府県" options={prefectures} onChange={setPrefecture} />
          <SearchField
            key={`${finder.prefecture}/${finder.associationQuery}/${finder.associationHits?.length ?? ''}`}
            name="lowestAssociationId"
            label="郡市区等医師会・大学医師会"
            hint="医師会名の一部を入力してください(部分一致)"
            suggestUrl={`/suggest/associations?prefecture=${prefecture}`}
            hits={finder.associationHits}
          />
        </FormState>
        <Actions>
          <Button variant={finder.associationHits === undefined ? 'secondary' : 'primary'} name="intent" value="association">
            この医師会を表示する
          </Button>
        </Actions>
      </Form>
    </Card>
  );
}
