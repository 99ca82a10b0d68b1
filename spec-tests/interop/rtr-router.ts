import type { AspaPayload, RouterKey, Vrp } from 'pathsec/payload';
import type { Peer } from './place.js';

/** A router implementation that is fed by our cache. */
export interface Router extends Peer {
  readonly name: string;
  /** Protocol versions that it can speak with a cache that speaks all. */
  readonly versions: readonly number[];
  /** The form of the ASPA PDU that it speaks in version 2, where it is not the current one. */
  readonly aspaLayout?: '8210bis-10';
  /** It keeps VRPs that the data after a Cache Reset lacks: a fault of its own, shown in the matrix. */
  readonly keepsAfterReset?: true;
  /** What of its state is compared. */
  readonly compared: string;
  start(port: number, folder: string, version: number): Promise<RunningRouter>;
}

/** What a cache serves. */
export interface Data {
  readonly vrps: readonly Vrp[];
  readonly aspas: readonly AspaPayload[];
  readonly routerKeys: readonly RouterKey[];
}

export interface RunningRouter {
  /** Undefined when the router holds exactly these payloads, as far as it can, else what it holds instead. */
  differs(data: Data): Promise<string | undefined>;
  stop(): Promise<void>;
}
