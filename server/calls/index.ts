export { sweepCalls } from "./ask";
export { hearReceipts } from "./hear-receipts";
