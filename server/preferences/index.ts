export { changePreferences } from "./change";
export { getPreferences } from "./get";
export { customerPreferencesUrl } from "./token";
