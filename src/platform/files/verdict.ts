export type FileKind = 'jpeg' | 'gif' | 'png' | 'pdf' | 'doc' | 'docx' | 'xls' | 'xlsx';

/** What looking inside says: a kind we take, a kind we do not take, or something not safe to hand on. */
export type Verdict = FileKind | 'otherType' | 'unsafe';
