/** An SKI of zeros, in base64. */
export const SKI = 'A'.repeat(27);

/** A SLURM text with the given members in place of empty lists. */
export function slurmText(members: Record<string, unknown>, version = 2): string {
  const list = (name: string): Record<string, unknown> => (name in members ? { [name]: members[name] } : {});
  return JSON.stringify({
    slurmVersion: version,
    validationOutputFilters: {
      prefixFilters: [],
      bgpsecFilters: [],
      ...list('prefixFilters'),
      ...list('bgpsecFilters'),
      ...list('aspaFilters'),
    },
    locallyAddedAssertions: {
      prefixAssertions: [],
      bgpsecAssertions: [],
      ...list('prefixAssertions'),
      ...list('bgpsecAssertions'),
      ...list('aspaAssertions'),
    },
  });
}
