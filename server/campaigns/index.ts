export { withinBook } from "./book";
export { type Chosen, readChosen } from "./chosen";
export { insertDraft } from "./create";
export { checkExportOf, exportCheck } from "./export-check";
export { getCampaign } from "./get";
export { launchCampaign } from "./launch";
export { holdBack } from "./leave-schedule";
export { listCampaigns } from "./list";
export { requireReader } from "./transition";
