/** What a thrown response may add to its error page. */
export type ErrorDetails = {
  requestId?: string | undefined;
  retryAfterSeconds?: number | undefined;
  resumesAt?: string | undefined;
};

/** Reads `data({ requestId, retryAfterSeconds, resumesAt }, { status })`; anything else in it is ignored. */
export function errorDetails(data: unknown): ErrorDetails {
  if (typeof data !== 'object' || data === null) return {};
  return {
    ...('requestId' in data && typeof data.requestId === 'string' ? { requestId: data.requestId } : {}),
    ...('retryAfterSeconds' in data && typeof data.retryAfterSeconds === 'number' ? { retryAfterSeconds: data.retryAfterSeconds } : {}),
    ...('resumesAt' in data && typeof data.resumesAt === 'string' ? { resumesAt: data.resumesAt } : {}),
  };
}
