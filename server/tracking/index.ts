export { clickUrl, openUrl, unsubscribeUrl } from "./links";
