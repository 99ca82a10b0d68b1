import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait for other programs most of the time. */
const WAITING =
  /\/spec-tests\/(?:interop|live-page)\/|\/cli\/words\/contents\.|\/hostile-programs\.|router-hostile\.|\/python-runner\./;
/** Other files of half a minute and more. */
const COMPUTING =
  /\/spec-tests\/(?:fuzz|site)\/|\/conformance\/(?:naming-|generators|adapters|bgpsec-vectors)|\/readme\.|\/flood\.|\/curve-trials\.|\/payload-pieces\./;

/**
 * Begins with the files that take long, so that no core is left idle at the end: without times of earlier runs the order is by
 * size, and the longest are short as texts. One that waits comes after two that compute, so that a core has something to do.
 */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waiting = sorted.filter(({ moduleId }) => WAITING.test(moduleId));
    const computing = sorted.filter(({ moduleId }) => COMPUTING.test(moduleId) && !WAITING.test(moduleId));
    const long = computing.flatMap((file, i) => (i % 2 === 1 ? [file, ...waiting.splice(0, 1)] : [file]));
    long.push(...waiting);
    const begun = new Set(long);
    return [...long, ...sorted.filter((file) => !begun.has(file))];
  }
}
