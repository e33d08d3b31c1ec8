import { data } from 'react-router';

/** What was typed, by field name, to fill the form again; several for check boxes. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;

export type ParsedForm = {
  /** For `run`: `a.b` nested, repeated names as arrays, `items.0.name` as an array of objects, files as `File`. */
  input: Readonly<Record<string, unknown>>;
  /** For `refusalData`: the same by full name, without files and passwords. */
  values: FormValues;
  /** The idempotency key of the form (`FormGuard`). */
  key: string | undefined;
  /** Which button was pressed: the field `intent`. */
  intent: string;
};

const mostFields = 2_000;
const deepest = 6;
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

type Value = string | File;
type Tree = { [name: string]: Value | Value[] | Tree | Tree[] };

/** A request that no form of ours makes: answered with 400. */
function unreadable(): never {
  throw data({}, { status: 400 });
}

function isTree(value: Tree[string] | undefined): value is Tree {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof File);
}

function place(tree: Tree, path: readonly string[], values: Value[]): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    const [first] = values;
    tree[name] = values.length === 1 && first !== undefined ? first : values;
    return;
  }
  const inner = tree[name] ?? {};
  if (!isTree(inner)) unreadable();
  tree[name] = inner;
  place(inner, rest, values);
}

/** `{ 0: a, 1: b }` becomes `[a, b]`, in every depth. */
function withArrays(tree: Tree): unknown {
  const entries = Object.entries(tree).map(([name, value]) => [name, isTree(value) ? withArrays(value) : value] as const);
  const isList = entries.length > 0 && entries.every(([name]) => /^\d{1,4}$/.test(name));
  if (!isList) return Object.fromEntries(entries);
  return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
}

function collect(form: FormData): Map<string, Value[]> {
  const fields = new Map<string, Value[]>();
  let count = 0;
  for (const [name, value] of form) {
    count += 1;
    if (count > mostFields) unreadable();
    // An untouched file field arrives as an empty file without a name.
    if (value instanceof File && value.size === 0 && value.name === '') continue;
    if (typeof value === 'string' && value.includes('\0')) unreadable();
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
}

const choiceText = /^(.+)QueryChosen$/;

/**
 * What was chosen with a SearchField stands only as long as the text it was chosen under: without script nobody else sees
 * that another name was typed over it, and the old choice would be sent in silence.
 */
function dropOldChoices(fields: Map<string, Value[]>): Map<string, Value[]> {
  for (const [mark, texts] of fields) {
    const name = choiceText.exec(mark)?.[1];
    if (name === undefined) continue;
    fields.delete(mark);
    const [typed] = textsOf(fields.get(`${name}Query`) ?? []);
    if (typed !== undefined && typed.trim() !== textsOf(texts)[0]?.trim()) fields.set(name, ['']);
  }
  return fields;
}

function textsOf(values: readonly Value[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

function valuesOf(fields: ReadonlyMap<string, Value[]>): FormValues {
  const shown = [...fields].flatMap(([name, values]) => {
    const texts = textsOf(values);
    if (/password/i.test(name) || forbiddenNames.has(name) || texts.length === 0) return [];
    const [only] = texts;
    return [[name, texts.length === 1 && only !== undefined ? only : texts] as const];
  });
  return Object.fromEntries(shown);
}

/** Reads form fields that are already in memory (the query of a GET form, a test). */
export function readFields(form: FormData): ParsedForm {
  const fields = dropOldChoices(collect(form));
  const tree: Tree = {};
  for (const [name, values] of fields) {
    const path = name.split('.');
    if (path.length > deepest || path.some((part) => forbiddenNames.has(part))) unreadable();
    place(tree, path, values);
  }
  const only = (name: string) => textsOf(fields.get(name) ?? [])[0];
  return {
    input: Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, isTree(value) ? withArrays(value) : value])),
    values: valuesOf(fields),
    key: only('idempotencyKey') || undefined,
    intent: only('intent') ?? '',
  };
}

/**
 * The form of a request, urlencoded or multipart; the door has already limited its size (`limits.bodyBytes`). Anything
 * else (wrong content type, damaged multipart, NUL) is answered with 400.
 */
export async function parseForm(request: Request): Promise<ParsedForm> {
  const form = await request.formData().catch((error: unknown) => {
    if (error instanceof TypeError || error instanceof SyntaxError) return unreadable();
    throw error;
  });
  return readFields(form);
}
