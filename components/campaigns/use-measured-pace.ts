import { useEffect, useRef, useState } from "react";

/** What is older says nothing about now (ms). */
const WINDOW_MS = 15_000;
/** A rate over less is chance (ms). */
const LEAST_MS = 2_000;

/** Messages a second, from how a count rose while somebody looked; null until that is long enough, and when it rests. */
export function useMeasuredPace(count: number): number | null {
  const seen = useRef<{ at: number; count: number }[]>([]);
  const [pace, setPace] = useState<number | null>(null);
  useEffect(() => {
    const measure = () => {
      const now = performance.now();
      seen.current = [...seen.current.filter(({ at }) => now - at <= WINDOW_MS), { at: now, count }];
      const [first] = seen.current;
      const rose = first ? count - first.count : 0;
      setPace(first && now - first.at >= LEAST_MS && rose > 0 ? (rose * 1_000) / (now - first.at) : null);
    };
    measure();
    const timer = setInterval(measure, LEAST_MS);
    return () => clearInterval(timer);
  }, [count]);
  return pace;
}
