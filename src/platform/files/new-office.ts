import { must } from './bytes.ts';
import type { Verdict } from './verdict.ts';
import { readZipEntry, zipEntries } from './zip.ts';

const CONTENT_TYPES = '[Content_Types].xml';

/** Macros, controls, embedded programs and packages: parts that act or hide. */
const dangerousParts =
  /(?:^|\/)(?:vbaproject|vbadata|vbaprojectsignature[^/]*)\.|(?:^|\/)(?:activex|macrosheets|dialogsheets|attachedtoolbars)(?:\/|\.)|\.(?:bin|exe|dll|js|vbs|hta|lnk|scr|jar|html?|mht(?:ml)?|svg)$/i;
/** Excel keeps printer settings as .bin; they are data only. */
const printerSettings = /^(?:word|xl)\/printerSettings\/printerSettings\d*\.bin$/i;
const dangerousTypes = /macroEnabled|vbaProject|ms-office\.activeX|oleObject|ms-excel\.sheet\.binary/i;
/** Anything from elsewhere but a link to click on: templates, frames and objects are fetched without asking. */
const relationship = /<(?:[\w.-]+:)?Relationship\b[^>]*>/g;
const harmlessOutside = /\bType\s*=\s*["'][^"']*\/(?:hyperlink|externalLinkPath|xlExternalLinkPath\/\w+)["']/;
/** Word notes on which of the writer's own drives the template lay. */
const ownDrive = /\bTarget\s*=\s*["']file:\/\/\/[A-Za-z]:[^"']*["']/;
/** Another way to write a word that the checks here would not recognise. */
const disguise = /&#|<!DOCTYPE|<!ENTITY/i;

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

/** Word and Excel since 2007, which are zip files: without macros, controls, embedded objects. @throws DamagedFile */
export async function checkNewOffice(bytes: Uint8Array): Promise<Verdict> {
  const { reader, entries } = zipEntries(bytes);
  if (!entries.some((entry) => entry.name === CONTENT_TYPES)) return 'otherType';
  let types = '';
  for (const entry of entries) {
    if (dangerousParts.test(entry.name) && !printerSettings.test(entry.name)) return 'unsafe';
    const content = await readZipEntry(reader, entry);
    if (entry.name === CONTENT_TYPES) types = plainXml(content);
    if (entry.name.toLowerCase().endsWith('.rels') && reachesOutside(plainXml(content))) return 'unsafe';
  }
  if (dangerousTypes.test(types)) return 'unsafe';
  const [word, excel] = [types.includes(`"${WORD}"`), types.includes(`"${EXCEL}"`)];
  if (word === excel) return word ? 'unsafe' : 'otherType';
  const part = word ? 'word/' : 'xl/';
  must(
    entries.some((entry) => entry.name.startsWith(part)),
    'main part',
  );
  return word ? 'docx' : 'xlsx';
}

/** The text of a directory part; these are always UTF-8 without tricks. */
function plainXml(content: Buffer): string {
  must(content[0] !== 0xfe && content[0] !== 0xff && !content.includes(0), 'UTF-8');
  const text = content.toString('utf8');
  must(!disguise.test(text), 'plain XML');
  return text;
}

function reachesOutside(relations: string): boolean {
  return [...relations.matchAll(relationship)].some(([tag]) => {
    const outside = /TargetMode\s*=\s*["']External["']/i.test(tag) || /Target\s*=\s*["'](?:https?|ftp|file|mhtml|\\\\)/i.test(tag);
    return outside && !harmlessOutside.test(tag) && !ownDrive.test(tag);
  });
}
