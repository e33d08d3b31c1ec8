import { must } from './bytes.ts';

const script = /<script|<\?php|<html|<!doctype html|<svg|<iframe|javascript:/i;
/** More pixels than any scanned page has, and enough to exhaust the memory of whoever opens the picture. */
const MOST_PIXELS = 120_000_000;

/** Comments and metadata of a picture are no place for markup that some program might obey. */
export function mustHoldNoScript(bytes: Buffer): void {
  must(!script.test(bytes.toString('latin1')), 'script in the metadata');
}

/** Refuses pictures without area and those that would fill the memory of who opens them. @throws when the file is not to be opened */
export function mustBeViewable(width: number, height: number): void {
  must(width > 0 && height > 0, 'no area');
  must(width * height <= MOST_PIXELS, 'too many pixels');
}
