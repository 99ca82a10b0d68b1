import { useEffect, useState } from 'preact/hooks';

const NARROW = '(max-width: 480px)';

/** Whether the screen is so narrow that a picture is turned instead of shrunk. */
export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const look = (): void => setNarrow(query.matches);
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return narrow;
}
