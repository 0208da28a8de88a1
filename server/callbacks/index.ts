export { assignCallback, editCallback } from "./arrange";
export { assignEverywhere } from "./assign-waiting";
export { cancelCallback } from "./close";
export { type CustomerPage, doCustomerWish, getCustomerPage } from "./customer-page";
export { type ExpectedCallbacks, expectCallbacks } from "./expect";
export { letGoEverywhere } from "./let-go-ended";
export { getCallMeForm, submitCallMe } from "./public-form";
export { requestIn } from "./request";
export { tellOfClock } from "./tell";
