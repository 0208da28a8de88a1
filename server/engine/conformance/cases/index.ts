import type { Case } from "../case";
import { answerCases } from "./answers";
import { apiCases } from "./api";
import { callCases } from "./calls";
import { cancelCases } from "./cancels";
import { endCases } from "./ends";
import { errorCases } from "./errors";
import { eventCases } from "./events";
import { expressionCases } from "./expressions";
import { finerFlowCases } from "./finer-flow";
import { finerGateCases } from "./finer-gates";
import { finerStepCases } from "./finer-steps";
import { flowCases } from "./flow";
import { gateCases } from "./gates";
import { invokeCases } from "./invokes";
import { keyCases } from "./keys";
import { limitCases } from "./limits";
import { ownKeyCases } from "./own-keys";
import { parallelCases } from "./parallel";
import { refusalCases } from "./refusals";
import { registrationCases } from "./registration";
import { stepCases } from "./steps";
import { triggerCases } from "./triggers";
import { waitCases } from "./waits";
import { wireCases } from "./wire";

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
  ...finerStepCases,
  ...finerGateCases,
  ...endCases,
  ...limitCases,
  ...registrationCases,
  ...keyCases,
  ...wireCases,
  ...answerCases,
  ...callCases,
  ...eventCases,
  ...finerFlowCases,
  ...ownKeyCases,
  ...refusalCases,
];
