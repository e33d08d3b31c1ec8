import type { TestProject } from 'vitest/node';
import { prepareTemplate } from './template.ts';
import { openTestServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: { adminUrl: string; template: string };
  }
}

/** Once per run: a server (started here unless TEST_DATABASE_URL names one) and its template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = (line: string): void => project.vitest.logger.log(line);
  const server = await openTestServer(log);
  try {
    project.provide('testServer', { adminUrl: server.adminUrl, template: await prepareTemplate(server.adminUrl, log) });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
