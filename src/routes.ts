import type { RouteConfig } from '@react-router/dev/routes';
import applicationDoctor from './features/application/routes-doctor.ts';
import applicationOffice from './features/application/routes-office.ts';
import association from './features/association/routes.ts';
import auditTrail from './features/audit-trail/routes.ts';
import bulk from './features/bulk/routes.ts';
import certificate from './features/certificate/routes.ts';
import filingSheet from './features/filing-sheet/routes.ts';
import deskDoctor from './features/desk/routes-doctor.ts';
import deskOffice from './features/desk/routes-office.ts';
import entrance from './features/entrance/routes.ts';
import exports from './features/export/routes.ts';
import facility from './features/facility/routes.ts';
import facilityProposal from './features/facility-proposal/routes.ts';
import inquiry from './features/inquiry/routes.ts';
import help from './features/help/routes.ts';
import identity from './features/identity/routes.ts';
import memberNotification from './features/member-notification/routes.ts';
import mailDelivery from './features/mail-delivery/routes.ts';
import mailbox from './features/mailbox/routes.ts';
import membershipOffice from './features/membership/routes-office.ts';
import notice from './features/notice/routes.ts';
import ownList from './features/own-list/routes.ts';
import person from './features/person/routes.ts';
import profile from './features/profile/routes.ts';
import serviceNotice from './features/service-notice/routes.ts';
import staff from './features/staff/routes.ts';

/** Every page of the product; each feature brings its own. */
export default [
  ...identity,
  ...entrance,
  ...staff,
  ...deskDoctor,
  ...deskOffice,
  ...applicationDoctor,
  ...applicationOffice,
  ...auditTrail,
  ...bulk,
  ...certificate,
  ...filingSheet,
  ...help,
  ...serviceNotice,
  ...inquiry,
  ...exports,
  ...membershipOffice,
  ...association,
  ...facility,
  ...facilityProposal,
  ...notice,
  ...ownList,
  ...person,
  ...memberNotification,
  ...profile,
  ...mailbox,
  ...mailDelivery,
] satisfies RouteConfig;
