import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { add, countJourneys, countTests, NOTHING } from './count-tests.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mamis-count-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function report(content: unknown): string {
  const file = join(directory, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const tests = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] };
const journeys = { stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

test('sums what both runners report', () => {
  const sum = add(countTests(report(tests), 0), countJourneys(report(journeys), 0));
  expect(sum).toEqual({ passed: 10, failed: 0, skipped: 1 });
});

test('a file that breaks before its tests, a bad end and a missing report are failures', () => {
  const broken = { ...tests, testResults: [{ status: 'failed', assertionResults: [] }] };
  expect(countTests(report(broken), 1).failed).toBe(1);
  expect(countTests(report(tests), 1).failed).toBe(1);
  expect(countTests(join(directory, 'none.json'), 0)).toEqual({ ...NOTHING, failed: 1 });
});

test('a journey that passes only when repeated has failed', () => {
  expect(countJourneys(report({ ...journeys, stats: { ...journeys.stats, flaky: 1 } }), 0).failed).toBe(1);
});
