import { Form } from 'react-router';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { SearchField } from '#ui/fields/SearchField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, DefaultSubmit } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { sectionLabels, sectionSubjects } from '../labels.ts';
import { inquiryTexts as texts } from '../messages.ts';
import type { InquiryView } from '../queries/inquiry.ts';
import { passByEnter } from './pass-by-enter.ts';
import type { Acted } from './take-act.ts';

type Props = { view: InquiryView; guardKey: string; base: string; acted: Acted | undefined };

function sectionOptions(view: InquiryView, all: boolean) {
  const sections = view.sections.map((one) => ({ value: one, label: `${sectionLabels[one]}(${sectionSubjects[one]})` }));
  if (!all) return sections;
  return [
    ...sections,
    ...(view.passableToOperations ? [{ value: 'operations', label: 'コールセンター(操作方法)' }] : []),
    ...(view.application === undefined ? [] : [{ value: 'holder', label: '対応中の医師会(届出中の申請)' }]),
  ];
}

/** 医師会へ回す: any association, found by its name. */
function ToOffice({ acted }: Pick<Props, 'acted'>) {
  return (
    <>
      <SearchField
        key={`pass-${acted?.chosen?.value ?? ''}-${acted?.hits === undefined ? '' : 'hits'}`}
        name="associationId"
        label="回す医師会"
        hint="医師会名の一部を入力して検索し、候補から選択してください。"
        suggestUrl="/suggest/offices"
        chosen={acted?.chosen}
        hits={acted?.hits}
      />
      <Actions>
        <Button name="intent" value="pass:office">
          医師会へ回す
        </Button>
      </Actions>
    </>
  );
}

/** 別の担当へ回す (O-26, P-05): the reason is for the next desk, who asked does not read it. */
export function PassForm({ view, guardKey, base, acted }: Props) {
  const atDesk = base.startsWith('/operations');
  return (
    <Section title="別の担当へ回す">
      <Form method="post">
        <DefaultSubmit value={passByEnter} />
        <FormGuard idempotencyKey={guardKey} version={view.version} />
        <TextField
          name="reason"
          label={texts.reason}
          required
          width="wide"
          hint="次の担当への申し送りです。お問合せをされた方には表示されません。200文字以内"
          autoComplete="off"
        />
        <SelectField name="to" label={atDesk ? '担当課' : '日本医師会の担当課'} options={sectionOptions(view, atDesk)} />
        <Actions>
          <Button name="intent" value="pass:section">
            {atDesk ? '担当課へ回す' : '日本医師会の担当課へ回す'}
          </Button>
          {!atDesk && view.passableToOperations ? (
            <Button name="intent" value="pass:operations">
              運営事務局へ回す
            </Button>
          ) : null}
        </Actions>
        {atDesk ? <ToOffice acted={acted} /> : null}
      </Form>
    </Section>
  );
}
