import { parentPort, workerData } from 'node:worker_threads';
import {
  answerUpdate,
  createNobleEngine,
  createRouterKeys,
  type ReceivedMessage,
  suite1,
  type Verifier,
  verdictOfUpdate,
} from '../bgpsec/index.js';
import { DecodeError } from '../bytes/index.js';
import {
  type Chunk,
  type Found,
  faultOf,
  messagesOf,
  type Question,
  unpackKeys,
  type WorkerSetup,
} from './bgpsec-work.js';
import { createOpensslEngine } from './openssl-engine.js';

// The program of a thread of `createBgpsecPool`: one chunk in, what was found out.

const { keys, engine, maxKeys, seed }: WorkerSetup = workerData;
const verifier: Verifier = {
  keys: createRouterKeys(unpackKeys(keys), seed === undefined ? {} : { seed }),
  suites: suite1(engine === 'native' ? createOpensslEngine() : createNobleEngine()),
  ...(maxKeys !== undefined && { maxKeys }),
};

function find(message: Uint8Array, { session, answer }: Question): Found {
  try {
    if (answer === undefined) return { value: verdictOfUpdate(message, session, verifier) };
    const { explain, attributeType, extendedMessages } = answer;
    const received: ReceivedMessage = {
      message,
      session,
      ...(attributeType !== undefined && { attributeType }),
      ...(extendedMessages !== undefined && { extendedMessages }),
    };
    return { value: answerUpdate(received, verifier, explain) };
  } catch (error) {
    if (!(error instanceof DecodeError)) return { misuse: error };
    return answer === undefined ? { value: 'session-reset' } : { fault: faultOf(error) };
  }
}

parentPort?.on('message', (chunk: Chunk) => {
  const found = messagesOf(chunk).map((message, i) => find(message, chunk.questions[i] as Question));
  parentPort?.postMessage(found);
});
