import { parentPort, workerData } from 'node:worker_threads';
import {
  answerUpdate,
  type BgpsecSession,
  createNobleEngine,
  createRouterKeys,
  type ReceivedMessage,
  suite1,
  type Verifier,
  verdictOfUpdate,
} from '../bgpsec/index.js';
import { DecodeError } from '../bytes/index.js';
import {
  type AnswerForm,
  type Chunk,
  type Found,
  faultOf,
  messagesOf,
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

function find(message: Uint8Array, session: BgpsecSession, form: AnswerForm | undefined): Found {
  try {
    if (form === undefined) return verdictOfUpdate(message, session, verifier);
    const { explain, attributeType, extendedMessages } = form;
    const received: ReceivedMessage = {
      message,
      session,
      ...(attributeType !== undefined && { attributeType }),
      ...(extendedMessages !== undefined && { extendedMessages }),
    };
    return { answer: answerUpdate(received, verifier, explain) };
  } catch (error) {
    if (!(error instanceof DecodeError)) return { misuse: error };
    return form === undefined ? 'session-reset' : { fault: faultOf(error) };
  }
}

parentPort?.on('message', (chunk: Chunk) => {
  const { sessions, sessionOf, forms } = chunk;
  const found = messagesOf(chunk).map((message, i) =>
    find(message, sessions[sessionOf[i] as number] as BgpsecSession, forms[i]),
  );
  parentPort?.postMessage(found);
});
