"use client";

import { createContext, useContext } from "react";
import type { Kit } from "./kit";
import type { RuleTree } from "./use-rule-tree";

export type Building = RuleTree & {
  kit: Kit;
  /** The node that is being dragged. */
  dragged: string | null;
  drag: (id: string | null) => void;
  /** The node that was added just now: the focus goes there. */
  fresh: React.RefObject<string | null>;
};

export const BuildingContext = createContext<Building | null>(null);

/** What every part of the builder works on. */
export function useBuilding(): Building {
  const building = useContext(BuildingContext);
  if (!building) throw new Error("outside a RuleBuilder");
  return building;
}
