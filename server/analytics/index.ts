export { exportTable } from "./export";
export { sharedReport } from "./share";
