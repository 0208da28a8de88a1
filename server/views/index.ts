export { forgetView, keepView, readViews } from "./views";
