/** What the page asks of the thread that unpacks. */
export interface ToUnpack {
  readonly file: File;
  /** Octets that are unpacked; of more the first. */
  readonly most: number;
}

/** What the thread tells: octets in their order, then one of the others. */
export type FromUnpack =
  | { readonly kind: 'octets'; readonly octets: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'done'; readonly cut: boolean }
  | { readonly kind: 'failed'; readonly message: string };
