export { advisedCases } from './advice.js';
export { answerRequest } from './answer.js';
export { type Diagnosis, isOpen, isWrong } from './diagnose.js';
export { explainRequest } from './explain.js';
export { type Capabilities, HELLO, readHello } from './hello.js';
export { type CaseResult, type CaseVerdict, judgeReply, type Mismatch, type Reply } from './judge.js';
export type { Picture } from './picture.js';
export type { Remark } from './remarks.js';
export { type ConformanceReport, type RequirementResult, reportOf } from './report.js';
export { type Answer, RequestError } from './request.js';
export { type Question, questionsOf } from './requests.js';
export {
  type RouterAbilities,
  type RouterNeighbor,
  type RtrAbilities,
  VERDICT_KIND,
  VERDICT_VALUE,
  type VerdictKind,
} from './router/abilities.js';
export type { Random } from './router/chance.js';
export { heldRouteFiles } from './router/held-routes.js';
export type { RtrObservation } from './router/judge-rtr.js';
export { judgeRouterRun, type RtrObservations } from './router/judge-run.js';
export type {
  PlayedAsk,
  PlayedCase,
  PlayedRoute,
  PlayedSession,
  RouteAnswer,
  RouteAsk,
  RouterAnswers,
  RouterPlan,
  RouterRound,
} from './router/plan.js';
export { planRouterRun } from './router/plan-run.js';
export { randomOriginFile } from './router/random-origins.js';
export { type RandomRouteOptions, randomPathFile } from './router/random-paths.js';
export { type RouterHello, readRouterHello } from './router/router-hello.js';
export type { ShownRoute } from './router/rtr-shown.js';
export type { RtrSession, RtrStep } from './router/stage-rtr.js';
export { outOfScope, strangersIn } from './scope.js';
export {
  type Fields,
  type Json,
  type Request,
  SUITES,
  type Suite,
  type VectorCase,
  type VectorFile,
  type VectorGroup,
  type VectorNote,
} from './vector.js';
