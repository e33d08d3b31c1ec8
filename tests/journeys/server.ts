import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { createAccount } from '#features/identity/commands/create-account.ts';
import { registerDoctor } from '#features/person/commands/register-doctor.ts';
import { createStaffMember } from '#features/staff/commands/create-staff-member.ts';
import { as, must, system } from '#main/demo/acting.ts';
import { readSettings } from '#main/config.ts';
import { serve } from '#main/serve.ts';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { openDatabase } from '#platform/db/database.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import { cloneTemplate, prepareTemplate } from '#support/template.ts';
import { openTestServer } from '#support/test-server.ts';
import { doctorLogin, doctors, nameOf, officeLogin, offices, password } from './people.ts';

/**
 * The product for the journeys: a database of its own, persons made by commands, pages and jobs.
 * `node tests/journeys/server.ts PORT [--empty]`; with `--empty` there is nobody yet, as after `npm start -- --no-demo`.
 */

const port = process.argv[2] ?? '3417';
const empty = process.argv.includes('--empty');
const log = (line: string): void => console.log(line);

async function makeOffices(ctx: Context): Promise<void> {
  for (const [name, office] of Object.entries(offices)) {
    const isOffice = (text: string): text is keyof typeof offices => Object.hasOwn(offices, text);
    if (!isOffice(name)) continue;
    const loginId = officeLogin(name);
    const account = must(await createAccount(ctx, { loginId, password }, { kind: 'staff', displayName: '事務 花子', mail: `${loginId}@example.jp` }));
    must(await run(createStaffMember, ctx, {
      accountId: account.accountId, associationId: office.id, role: 'admin', surname: '事務', givenName: '花子', surnameKana: 'ジム', givenNameKana: 'ハナコ', validUntil: '2099-03-31',
    }));
  }
}

async function makeDoctors(ctx: Context): Promise<void> {
  for (const [index, name] of doctors.entries()) {
    const loginId = doctorLogin(name);
    const who = nameOf(name);
    const account = must(await createAccount(ctx, { loginId, password }, { kind: 'doctor', displayName: `${who.surname} ${who.givenName}`, mail: `${loginId}@example.jp` }));
    must(await run(registerDoctor, ctx, {
      ...who, accountId: account.accountId, licenceNumber: String(700_001 + index), licensedOn: '2008-05-01', postalCode: '5300001', prefectureCode: '27',
      addressLine: '大阪市北区梅田1-1-1', tel: '06-1234-5678', mail: `${loginId}@example.jp`, birthOn: '1982-06-01', sex: 'female', mainDepartment: '01', schoolCode: 'N01', graduatedOn: '2008-03',
    }));
  }
}

async function makeFacilities(ctx: Context): Promise<void> {
  const places = [
    { name: '北区さくら診療所', kana: 'キタクサクラシンリョウジョ', prefectureCode: '27', associationId: 27001, address: '大阪府大阪市北区梅田1-1', tel: '06-0000-0001' },
    { name: '青葉台みどり内科', kana: 'アオバダイミドリナイカ', prefectureCode: '14', associationId: 14501, address: '神奈川県横浜市青葉区青葉台1-1', tel: '045-000-0001' },
  ];
  must(await run(addFacilities, ctx, { facilities: places.map((place) => ({ ...place, fax: '', ownerType: '09', beds: '', attached: '', postalCode: '' })) }));
}

const dataDir = mkdtempSync(join(tmpdir(), 'mamis-journeys-'));
const server = await openTestServer(log);
const test = await cloneTemplate(server.adminUrl, await prepareTemplate(server.adminUrl, log));
const settings = readSettings({ PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'warn' }, ['--no-demo'], dataDir);

async function fill(): Promise<void> {
  const database = openDatabase({ url: test.ownerUrl, onError: (error) => console.error(error) });
  const surroundings = {
    database, audit: makeAuditLog(database.system), files: localFileStore(settings.filesDir),
    site: { demo: true, version: '', origin: `http://localhost:${port}`, localMailbox: true },
  };
  const ctx = as(surroundings, system, new Date());
  await makeOffices(ctx);
  await makeFacilities(ctx);
  await makeDoctors(ctx);
  await database.close();
}

if (!empty) await fill();
const product = await serve({ ...settings, ownerUrl: test.ownerUrl, sessionSecret: 'only for the journeys, never anywhere else', demo: true }, log);
log(`journeys: http://localhost:${port}`);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await product.close();
  await test.drop();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
