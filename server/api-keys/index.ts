export { type Answer, claimAnswer, keepAnswer } from "./answers";
export { authenticateKey, type KeyHolder } from "./authenticate";
export { createKey } from "./create";
