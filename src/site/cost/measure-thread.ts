import type { FromMeasure, MeasuredName, ToMeasure } from './measure-messages.js';
import { aspaVerification, originValidation, portableVerification, type SignedOctets } from './operations.js';
import { measureRounds, type Operation } from './rounds.js';

// The thread that measures, so that the page stays alive and can end it.

/** About four seconds for four operations. */
const PLAN = { sampleMs: 80, rounds: 10, discard: 1 };
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

const tell = (message: FromMeasure): void => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<ToMeasure>) => {
  measure(data).catch((error: unknown) =>
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});

async function measure({ pathLengths }: ToMeasure): Promise<void> {
  const started = performance.now();
  const { operation, signed } = portableVerification();
  const operations = [
    ...(await webCryptoVerification(signed)),
    operation,
    originValidation(),
    aspaVerification(pathLengths),
  ];
  const measured = await measureRounds(
    operations,
    PLAN,
    () => performance.now(),
    (done, of) => tell({ kind: 'round', done, of }),
  );
  tell({ kind: 'done', costs: { measured, seconds: (performance.now() - started) / 1000 } });
}

/** Verification one after the other by the browser itself; none where the page may not: outside of https and this machine. */
async function webCryptoVerification({
  octets,
  signature,
  spki,
}: SignedOctets): Promise<readonly Operation<MeasuredName>[]> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined) return [];
  const key = await subtle.importKey('spki', spki, ALGORITHM, false, ['verify']);
  const run = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      if (!(await subtle.verify(ALGORITHM, key, signature, octets)))
        throw new TypeError('a good signature is refused');
    }
  };
  return [{ name: 'P-256, WebCrypto', run }];
}
