export { createBackup } from "./create";
export { restoreBackup } from "./restore";
export { stopSending } from "./stop-sending";
