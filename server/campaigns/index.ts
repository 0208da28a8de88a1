export { getCampaign } from "./get";
export { launchCampaign } from "./launch";
export { listCampaigns } from "./list";
