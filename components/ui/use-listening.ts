"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * Whether the page hears what is typed. Until then a field with a value of ours is only read: what somebody typed into the
 * server's page before React came would be on screen, and never saved.
 */
export function useListening(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
