/** All files that came under a name, one or several. */
export function filesUnder(given: unknown): File[] {
  return (Array.isArray(given) ? given : [given]).filter((one): one is File => one instanceof File);
}
