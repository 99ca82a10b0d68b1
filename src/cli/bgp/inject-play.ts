import {
  BgpError,
  createMessageSplitter,
  createUpdateScan,
  HEADER_LENGTH,
  MAX_MESSAGE_LENGTH,
  MSG_UPDATE,
  scanUpdate,
} from '../../bgp/index.js';
import { AFI_IPV4, type Afi } from '../../inet/index.js';
import { createPrefixScan } from '../../routes/index.js';
import { nameOf, openInput } from '../shared/input.js';
import { CliError, type Io } from '../shared/io.js';
import { type Feed, requireSigned } from './inject-target.js';

/**
 * UPDATEs of a file of BGP messages one behind the other, as they stand. Other messages, and such as the peer cannot take, are
 * passed over.
 */
export function playFeed(file: string, io: Io): Feed {
  return async (target, outlet) => {
    const skipped = new Map<string, number>();
    const splitter = createMessageSplitter(true);
    const isSigned = createSignedScan();
    let routes = 0;
    let afi: Afi = AFI_IPV4;
    const countPrefixes = createPrefixScan((prefix) => {
      routes++;
      afi = prefix.afi;
    });
    let offset = 0;
    const whyNot = (message: Uint8Array): string | undefined => {
      if (message[18] !== MSG_UPDATE) return 'no-update';
      if (message.length > MAX_MESSAGE_LENGTH && !target.extendedMessages) return 'message-too-long';
      routes = 0;
      countPrefixes(message);
      if (routes === 0) return 'no-route';
      if (!target.families.includes(afi)) return 'family-not-negotiated';
      if (!isSigned(message)) return undefined;
      requireSigned(target);
      return target.unsigned[afi] === '' ? undefined : 'bgpsec-not-negotiated';
    };
    try {
      for await (const chunk of openInput(file, io)) {
        splitter.push(chunk);
        for (let message = splitter.next(); message; message = splitter.next()) {
          const why = whyNot(message);
          if (why === undefined) outlet.put(message, routes);
          else skipped.set(why, (skipped.get(why) ?? 0) + 1);
          offset += message.length;
        }
        await outlet.drain();
      }
      if (splitter.pending > 0) {
        await outlet.drain();
        throw new CliError(`${nameOf(file)}: ends inside the message at offset ${offset} (truncated)`);
      }
    } catch (error) {
      if (!(error instanceof BgpError)) throw error;
      throw new CliError(`${nameOf(file)}: message at offset ${offset}: ${error.message} (${error.code})`);
    }
    await outlet.drain();
    return { skipped, code: 0 };
  };
}

/** Whether a message has a BGPsec_PATH. */
function createSignedScan(): (message: Uint8Array) => boolean {
  const scan = createUpdateScan();
  return (message) => {
    scanUpdate(message, HEADER_LENGTH, message.length, scan);
    return scan.bgpsecPath.start >= 0;
  };
}
