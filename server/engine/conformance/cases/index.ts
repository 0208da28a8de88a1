import type { Case } from "../case";
import { apiCases } from "./api";
import { cancelCases } from "./cancels";
import { errorCases } from "./errors";
import { expressionCases } from "./expressions";
import { flowCases } from "./flow";
import { gateCases } from "./gates";
import { invokeCases } from "./invokes";
import { parallelCases } from "./parallel";
import { stepCases } from "./steps";
import { triggerCases } from "./triggers";
import { waitCases } from "./waits";

/** Every behaviour that the embedded engine and Inngest have in common, and a few that only ours promises. */
export const allCases: Case[] = [
  ...stepCases,
  ...parallelCases,
  ...errorCases,
  ...waitCases,
  ...triggerCases,
  ...cancelCases,
  ...flowCases,
  ...gateCases,
  ...invokeCases,
  ...expressionCases,
  ...apiCases,
];
