/** Counts the PDUs of one version 2 response that break the order of 8210bis §11.2. */
export interface OrderCheck {
  readonly violations: number;
  /**
   * The next payload PDU. Where type and flag are those of the PDU before, `values` compares with its value: above 0 when
   * the one before should have come later.
   */
  next(type: number, announce: boolean, values: () => number): void;
}

/** A check for one response. */
export function createOrderCheck(): OrderCheck {
  let [lastType, lastAnnounce, violations] = [-1, true, 0];
  return {
    get violations() {
      return violations;
    },
    next(type, announce, values) {
      // Types ascend; of one type announcements come first.
      let order = lastType !== type ? lastType - type : Number(announce) - Number(lastAnnounce);
      if (order === 0) order = values();
      if (order > 0) violations++;
      lastType = type;
      lastAnnounce = announce;
    },
  };
}
