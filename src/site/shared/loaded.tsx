import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/**
 * A component of a file of its own, which is asked for once the page has shown something, so that nothing is asked for because of
 * what somebody does.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): (props: Props) => JSX.Element {
  let loaded: ComponentType<Props> | undefined;
  const loading = afterFirstView().then(load);
  loading.then(
    (view) => {
      loaded = view;
    },
    () => undefined, // told where it is shown
  );
  return function Later(props: Props): JSX.Element {
    const [View, setView] = useState(() => loaded);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      loading.then(
        (view) => setView(() => view),
        () => setFailed(true),
      );
    }, []);
    if (failed) return <p class="problem">A part of this page could not be loaded. Reload it.</p>;
    if (View !== undefined) return <View {...props} />;
    return (
      <p class="quiet" aria-busy="true">
        One moment…
      </p>
    );
  };
}

/** When the page has shown something: what comes later is asked for then. */
export function afterFirstView(): Promise<void> {
  return new Promise((done) => {
    if (document.readyState === 'complete') done();
    else addEventListener('load', () => done(), { once: true });
  });
}
