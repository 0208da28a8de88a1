export { listen, listenAgain } from "./listen";
export { matchChanges } from "./match-changes";
export { interestIn, matchEvents } from "./match-events";
export { noticeExits } from "./notice-exits";
export { segmentProblems } from "./segment-problems";
export { stepProblems } from "./step-problems";
export { TO_SEAL, wakeSender } from "./wake-sender";
