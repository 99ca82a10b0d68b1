export { exactIdText } from './id-text.js';
export {
  QUESTION_MEMBERS,
  type QuestionKind,
  type QuestionMember,
  type QuestionMemberName,
} from './members.js';
export { readPath } from './path.js';
export {
  isPresent,
  type Members,
  member,
  optional,
  type Place,
  readAfi,
  readAnyAsn,
  readAsn,
  readFields,
  readFlag,
  readList,
  readMembers,
  readNumber,
  readOctets,
  readOneOf,
  readPrefix,
} from './place.js';
export { openQuestion, type Question, type QuestionPlace } from './question.js';
export {
  NEIGHBOR_ROLES,
  type OriginQuestion,
  type PathQuestion,
  PROCEDURES,
  readEgressQuestion,
  readOriginQuestion,
  readPathQuestion,
} from './route-question.js';
export { readAttributeType, readSession, readUpdateQuestion } from './update-question.js';
