import { hardResetContent, notificationName, shutdownCommunication } from '../bgp/index.js';
import { quoted } from '../bytes/index.js';
import type { SessionEnd } from './output.js';

const WORDS = {
  stopped: 'stopped',
  collision: 'another connection with the peer stays (RFC 4271 §6.8)',
  'hold-timer': 'nothing came within the hold time',
  'send-hold-timer': 'the peer reads nothing',
  'fsm-error': 'a message came that does not belong in this state',
} as const;

const REFUSED = {
  'peer-as': 'the peer has another AS',
  'bgp-identifier': 'the peer has our BGP Identifier',
  'role-mismatch': 'the role of the peer does not fit ours',
  'conflicting-roles': 'the peer sent several roles',
  'role-missing': 'the peer sent no role',
} as const;

/** Why a session ended, in words on one line; what a peer wrote is escaped (RFC 9003 §6). */
export function describeEnd(end: SessionEnd): string {
  switch (end.code) {
    case 'fault':
      return `${end.fault.message} (${end.fault.code})`;
    case 'open-refused':
      return `${REFUSED[end.reason]} (${end.reason})`;
    case 'connection':
      return end.cause === undefined ? 'connection lost' : `connection lost: ${end.cause}`;
    case 'notification': {
      const { notification } = end;
      const inner = hardResetContent(notification) ?? notification;
      const text = shutdownCommunication(inner);
      const name = notificationName(notification);
      const { code, subcode } = notification;
      const said = text === undefined || text === '' ? '' : `: ${quoted(text)}`;
      return `the peer says ${name} (${code}/${subcode})${said}`;
    }
    default:
      return WORDS[end.code];
  }
}
