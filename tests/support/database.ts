import { inject } from 'vitest';
import { cloneTemplate, type TestDatabase } from './template.ts';

/**
 * A database of its own for one test file: migrated, with all masters, no persons.
 * Call in `beforeAll`, close your pools and `drop` it in `afterAll`.
 */
export function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('testServer');
  return cloneTemplate(adminUrl, template);
}
