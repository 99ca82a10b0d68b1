interface Waiting<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers questions that are asked one by one, and answers up to `most` of them in one call: when so many are there, or when the
 * asker waits for an answer.
 */
export function answeringTogether<Q, A>(
  answerAll: (questions: readonly Q[]) => readonly A[],
  most: number,
): (question: Q) => Promise<A> {
  let waiting: Waiting<Q, A>[] = [];
  const answerNow = (): void => {
    const all = waiting;
    waiting = [];
    if (all.length === 0) return;
    try {
      const answers = answerAll(all.map(({ question }) => question));
      for (const [i, { resolve }] of all.entries()) resolve(answers[i] as A);
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  };
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (waiting.length === 1) setImmediate(answerNow);
      if (waiting.length >= most) answerNow();
    });
}
