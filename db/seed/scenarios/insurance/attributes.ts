import { instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";

export const occupations = ["salaried", "self-employed", "business owner", "retired", "homemaker"] as const;
export const preferredTimes = ["morning", "afternoon", "evening"] as const;

const definitions = [
  {
    key: "occupation",
    label: "Occupation",
    type: "choice",
    options: [...occupations],
    description: "As stated in the last proposal form",
  },
  {
    key: "dependants",
    label: "Dependants",
    type: "number",
    options: [],
    description: "People who live on the customer's income",
  },
  {
    key: "preferred_time",
    label: "Preferred time for calls",
    type: "choice",
    options: [...preferredTimes],
    description: "",
  },
];

/** What the firm knows of its customers besides the usual fields. */
export const makeAttributeRows = (context: { workspaceId: string; today: string }): SeedRow[] =>
  definitions.map((definition, index) => ({
    ...definition,
    id: seedId("insurance/attributes", index),
    workspace_id: context.workspaceId,
    created_at: instantOn(context.today, -4 * 365 * 1_440),
    archived_at: null,
  }));
