import type { ReactNode } from 'react';
import type { ProfileOptions } from '../queries/profile-options.ts';
import { AddressFields } from './address-fields.tsx';
import { AttributeFields, ContactFields, LicenceFields, NameFields } from './name-fields.tsx';
import type { ProfileView } from './profile-entries.ts';
import { DepartmentFields, SchoolFields, SocietyFields } from './study-fields.tsx';

type Props = {
  view: ProfileView;
  options: ProfileOptions;
  /** The checked address, shown and not asked, with what leads to its change. */
  mail: ReactNode;
  /** Instead of the number's fields, where they are shown and not asked. */
  licence?: ReactNode;
  /** Instead of the name, where it is shown and not asked. */
  name?: ReactNode;
  /** Instead of the day of birth, where it is shown and not asked. */
  birth?: ReactNode;
};

/** The profile field set of A-07; stands inside the form and FormState of registration, first login, D-03 and O-09. */
export function ProfileFields({ view, options, mail, licence, name, birth }: Props) {
  return (
    <>
      {licence ?? <LicenceFields />}
      <NameFields fixed={name} />
      <AddressFields options={options} />
      <ContactFields mail={mail} />
      <AttributeFields birth={birth} />
      <DepartmentFields options={options} />
      <SchoolFields extras={view.extras} />
      <SocietyFields extras={view.extras} />
    </>
  );
}
