import { login, logout, refresh } from "./auth";
import { getConversions, patchConversion, sendConversions } from "./conversions";
import { sendEvents } from "./events";
import { getCustomers } from "./list-customers";
import { deleteCustomer, getOneCustomer, putCustomer } from "./one-customer";
import type { Operation } from "./operation";
import { getSuppressions, sendSuppressions } from "./suppressions";
import { upsertCustomers } from "./upsert-customers";

/** Every operation of the REST door: the OpenAPI document describes these, and a test finds each at its address. */
export const operations: readonly Operation[] = [
  login,
  refresh,
  logout,
  sendEvents,
  upsertCustomers,
  getCustomers,
  getOneCustomer,
  putCustomer,
  deleteCustomer,
  sendConversions,
  getConversions,
  patchConversion,
  sendSuppressions,
  getSuppressions,
];
