import type { PacketPlace } from './packet.js';

/** Takes the octets of one direction of a TCP connection, in order. */
export interface DirectionSink {
  /** The next octets, of the packet at `place`; `at` is where they stand in the input. They stay as they are. */
  data(octets: Uint8Array, at: number, place: PacketPlace): void;
  /** So many octets are missing here; undefined where the direction goes on elsewhere. `cut`: the capture cut a packet short. */
  gap(missing: number | undefined, cut: boolean, place: PacketPlace): void;
  /** A packet repeats octets that were there before as others. */
  overlap(place: PacketPlace): void;
}

/** What is counted over all directions: octets that wait for others. */
export interface Waiting {
  octets: number;
  readonly limit: number;
}

/** One direction of a TCP connection (RFC 9293 §3.4), put in order again. */
export interface TcpDirection {
  /** Whether a SYN told where it begins. */
  readonly known: boolean;
  /** Whether it is taken to begin somewhere: there, or with the first payload. */
  readonly begun: boolean;
  /** SYN: the octet with the number `sequence` is the first. */
  begin(sequence: number): void;
  /** Whether a SYN that names `sequence` as the first is of this direction. */
  beginsAt(sequence: number): boolean;
  /** A payload, which begins with number `sequence` and at `at` of the input, and of which `cut` octets are missing at its end. */
  take(sequence: number, payload: Uint8Array, cut: number, at: number, place: PacketPlace): void;
  /** Nothing more comes: what waits for octets that are missing is given. */
  end(): void;
  /** What comes is not wanted: forgets everything. */
  ignore(): void;
}

/** A payload that came before others that belong in front of it. */
interface Part {
  readonly sequence: number;
  readonly payload: Uint8Array;
  readonly cut: number;
  readonly at: number;
  readonly place: PacketPlace;
}

/** NON-SPEC: octets of one direction that wait before what is missing counts as lost; what a part costs beside its octets. */
const MAX_WAITING = 1 << 20;
const PART_COST = 128;
/** NON-SPEC: octets that are remembered, to be compared with repetitions. */
const REMEMBERED = 1 << 14;
/** NON-SPEC: numbers so far behind are no repetition but another stream. */
const FAR_BEHIND = 1 << 24;

/** A {@link TcpDirection} of which nothing is known. */
export function createTcpDirection(sink: DirectionSink, waiting: Waiting): TcpDirection {
  let first: number | undefined; // number of the first octet, where SYN told it
  let next: number | undefined; // number of the next octet
  let parts: Part[] = []; // in the order of their numbers
  let held = 0;
  let remembered = new Uint8Array(0); // ring of the last octets that were given
  let inMind = 0; // octets in it
  let newest = 0; // where the next octet goes

  const remember = (octets: Uint8Array): void => {
    const tail = octets.subarray(Math.max(0, octets.length - REMEMBERED));
    if (remembered.length < REMEMBERED && inMind + tail.length > remembered.length) {
      const grown = new Uint8Array(
        Math.min(REMEMBERED, Math.max(512, 2 * remembered.length, inMind + tail.length)),
      );
      for (let i = 0; i < inMind; i++) {
        grown[i] = remembered[(newest - inMind + i + remembered.length) % remembered.length] as number;
      }
      remembered = grown;
      newest = inMind % grown.length;
    }
    const { length } = remembered;
    for (let done = 0; done < tail.length; ) {
      const piece = tail.subarray(done, done + length - newest);
      remembered.set(piece, newest);
      newest = (newest + piece.length) % length;
      done += piece.length;
    }
    inMind = Math.min(length, inMind + tail.length);
  };
  /** Whether the payload, which begins `behind` octets before the next one, repeats what is remembered as it was. */
  const repeats = (payload: Uint8Array, behind: number): boolean => {
    const end = Math.min(payload.length, behind);
    for (let i = Math.max(0, behind - inMind); i < end; i++) {
      const at = (newest - behind + i + remembered.length) % remembered.length;
      if (remembered[at] !== payload[i]) return false;
    }
    return true;
  };
  const gap = (missing: number | undefined, cut: boolean, place: PacketPlace): void => {
    inMind = 0;
    sink.gap(missing, cut, place);
  };
  /** Gives a payload of which some octets may have been given before. */
  const give = ({ sequence, payload, cut, at, place }: Part): void => {
    const behind = -((sequence - (next as number)) | 0);
    // RFC 9293 §3.8.4: a keep-alive may repeat one octet, whatever it is.
    const isProbe = behind === 1 && payload.length === 1;
    if (behind > 0 && !isProbe && !repeats(payload, behind)) sink.overlap(place);
    if (behind >= payload.length + cut) return;
    const fresh = payload.subarray(Math.min(behind, payload.length));
    if (fresh.length > 0) {
      remember(fresh);
      sink.data(fresh, at + payload.length - fresh.length, place);
    }
    const missing = cut - Math.max(0, behind - payload.length);
    next = (sequence + payload.length + cut) >>> 0;
    if (missing > 0) gap(missing, true, place);
  };
  const giveReady = (): void => {
    let ready = 0;
    for (; ready < parts.length; ready++) {
      const part = parts[ready] as Part;
      if (((part.sequence - (next as number)) | 0) > 0) break;
      held -= part.payload.length + PART_COST;
      waiting.octets -= part.payload.length + PART_COST;
      give(part);
      if (parts.length === 0) return; // the sink wants no more
    }
    parts.splice(0, ready);
  };
  /** What is missing in front of the first part is lost. */
  const giveUp = (): void => {
    const [part] = parts;
    if (part === undefined) return;
    gap((part.sequence - (next as number)) >>> 0, false, part.place);
    next = part.sequence;
    giveReady();
  };
  const wait = (part: Part): void => {
    let index = parts.length;
    while (index > 0 && ((part.sequence - (parts[index - 1] as Part).sequence) | 0) < 0) index--;
    const before = parts[index - 1];
    // The same packet twice, as when two interfaces are listened on.
    if (before?.sequence === part.sequence && before.payload.length === part.payload.length) {
      if (before.payload.some((octet, i) => octet !== part.payload[i])) sink.overlap(part.place);
      return;
    }
    parts.splice(index, 0, part);
    held += part.payload.length + PART_COST;
    waiting.octets += part.payload.length + PART_COST;
    while (parts.length > 0 && (held > MAX_WAITING || waiting.octets > waiting.limit)) giveUp();
  };
  const forget = (): void => {
    waiting.octets -= held;
    held = 0;
    parts = [];
    inMind = 0;
  };
  return {
    get known() {
      return first !== undefined;
    },
    get begun() {
      return next !== undefined;
    },
    begin(sequence) {
      first = sequence;
      next = sequence;
    },
    beginsAt: (sequence) => first === sequence,
    take(sequence, payload, cut, at, place) {
      if (payload.length === 0 && cut === 0) return;
      next ??= sequence;
      const part = { sequence, payload, cut, at, place };
      const ahead = (sequence - next) | 0;
      if (ahead > 0) {
        wait(part);
        return;
      }
      if (-ahead > FAR_BEHIND) {
        while (parts.length > 0) giveUp();
        gap(undefined, false, place);
        next = sequence;
      }
      give(part);
      giveReady();
    },
    end() {
      while (parts.length > 0) giveUp();
      forget();
    },
    ignore() {
      forget();
      remembered = new Uint8Array(0);
      newest = 0;
    },
  };
}
