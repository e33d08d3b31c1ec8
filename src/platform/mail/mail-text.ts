import { mailTexts } from './messages.ts';

const LONGEST_SUBJECT = 200;
const LONGEST_ADDRESS = 254;

// Every control, format and line-separating character: none has business in a header.
const unfitForHeader = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const addressShape = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;

/** The subject with its mark. @throws RangeError for anything that could become a second header line. */
export function mailSubject(subject: string): string {
  if (subject.trim() === '' || subject.length > LONGEST_SUBJECT) throw new RangeError('mail subject is empty or too long');
  if (unfitForHeader.test(subject)) throw new RangeError('mail subject holds a character that no header may have');
  return `${mailTexts.subjectMark}${subject}`;
}

/** Body with the foot, lines ended by \n alone. */
export function mailBody(body: string): string {
  const lines = body.replaceAll(/\r\n?/g, '\n').replaceAll('\u0000', '').trimEnd();
  return `${lines}\n\n${mailTexts.rule}\n${mailTexts.foot}\n`;
}

/** One plain address: no name, no list, no line end. */
export function isMailAddress(address: string): boolean {
  return address.length <= LONGEST_ADDRESS && addressShape.test(address);
}
