export { createBackup } from "./create";
export { restoreBackup } from "./restore";
