import { login, logout, refresh } from "./auth";
import * as callbackWork from "./callback-work";
import { createCallback, getCallbacks, getOneCallback } from "./callbacks";
import { cancel, clone, launch, pause, resume, sendTest } from "./campaign-acts";
import { getAnalytics, getRecipients } from "./campaign-results";
import { createFromTemplate, getRecommendations, getTemplates } from "./campaign-templates";
import { createCampaign, deleteCampaign, getCampaigns, getOneCampaign, putCampaign } from "./campaigns";
import { addConsents, getConsents, getStanding } from "./consents";
import { getConversions, patchConversion, sendConversions } from "./conversions";
import { sendEvents } from "./events";
import { getCustomers } from "./list-customers";
import { deleteCustomer, getOneCustomer, putCustomer } from "./one-customer";
import type { Operation } from "./operation";
import { addPayment, getPayments, putPayment } from "./payments";
import { addPolicy, getOnePolicy, getPolicies, putPolicy } from "./policies";
import { getCount, getMembers, getSegments } from "./segments";
import { patchSettings, readSettings } from "./settings";
import { getSuppressions, sendSuppressions } from "./suppressions";
import { upsertCustomers } from "./upsert-customers";
import { getMe, getUsers } from "./users";

/** Every operation of the REST door: the OpenAPI document describes these, and a test finds each at its address. */
export const operations: readonly Operation[] = [
  login,
  refresh,
  logout,
  createCampaign,
  getCampaigns,
  getTemplates,
  createFromTemplate,
  getRecommendations,
  getOneCampaign,
  putCampaign,
  deleteCampaign,
  launch,
  pause,
  resume,
  cancel,
  clone,
  sendTest,
  getAnalytics,
  getRecipients,
  createCallback,
  getCallbacks,
  callbackWork.claimNext,
  getOneCallback,
  callbackWork.putStatus,
  callbackWork.assign,
  callbackWork.claim,
  callbackWork.addAttempt,
  callbackWork.putAttempt,
  callbackWork.schedule,
  callbackWork.completeOne,
  upsertCustomers,
  getCustomers,
  getOneCustomer,
  putCustomer,
  deleteCustomer,
  getPolicies,
  addPolicy,
  getOnePolicy,
  putPolicy,
  getPayments,
  addPayment,
  putPayment,
  getStanding,
  addConsents,
  getConsents,
  sendEvents,
  sendConversions,
  getConversions,
  patchConversion,
  sendSuppressions,
  getSuppressions,
  getSegments,
  getCount,
  getMembers,
  getUsers,
  getMe,
  readSettings,
  patchSettings,
];
